"""Owns what whoever runs a host does with it: its administrators, its backups, its figures."""
