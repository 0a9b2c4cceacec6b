"""The use cases of messages, a file for each family of verbs."""
