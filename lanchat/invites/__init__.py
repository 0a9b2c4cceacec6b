"""Owns how people are brought into a room: links that let somebody in."""
