"""Finding what was said: an index of tokens beside the messages, and the queries on it."""
