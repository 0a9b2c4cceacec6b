"""Owns people: their accounts, how they prove who they are, and their sessions."""
