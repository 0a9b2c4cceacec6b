"""Owns LanChat's own window: one for each data folder, with the server behind it on a thread of its own."""
