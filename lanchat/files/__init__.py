"""Owns uploads: how a file comes in, where it lies, and who may read it."""
