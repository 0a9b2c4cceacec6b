"""Owns how people are brought in: links into a room, and codes for one's own further device."""
