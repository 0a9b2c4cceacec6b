"""Owns where what is being done came from, as far as limits must know: guests cost nothing, addresses do."""

from contextvars import ContextVar

ORIGIN: ContextVar[str] = ContextVar("origin", default="")
"""The plain address of who asked; set at the edge, by each request and each event that runs in a task of its own.

A context and no parameter: whatever counts takes a rate and its key, and need not be told for whom else it counts.
"""
