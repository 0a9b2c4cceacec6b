"""Owns what is said: sending, history, and catching up after an absence."""
