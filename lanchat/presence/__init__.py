"""Owns who is here: sockets coming and going, who is online, who is typing."""
