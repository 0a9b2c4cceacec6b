"""Owns pictures: which we show, what they tell in secret, and their small copies."""
