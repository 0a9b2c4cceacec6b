"""The schema, one step a file, run in order by `core/storage/migrator.py`; a step that shipped never changes."""
