"""The schema, one step a file, run in order by `core/migrate.py`; a step that shipped never changes."""
