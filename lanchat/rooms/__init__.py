"""Owns rooms, who is a member of which, and what each may do there."""
