"""Owns how people show themselves to each other: the directory, profile cards, and what one changes of oneself."""
