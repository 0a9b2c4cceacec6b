"""Owns whose host this is: its name, whom it lets in, its addresses, and why it can be trusted."""
