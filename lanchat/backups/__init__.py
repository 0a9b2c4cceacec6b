"""Owns copies of a whole installation: making them, keeping them, and going back to one."""
