"""Owns what accounts leave to those above them."""

from lanchat.core.hooks import Hook, Tell

registered: Hook[[int, str], Tell] = Hook("registered")
"""(user id, now): in the transaction that makes an account, by a running server or beside it."""
