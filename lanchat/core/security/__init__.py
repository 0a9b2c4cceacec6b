"""Secrets and proofs: passwords, tokens, typed codes, certificates."""
