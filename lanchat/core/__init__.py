"""Plumbing: the database, the hub, the wire. Knows no feature."""
