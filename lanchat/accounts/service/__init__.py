"""The use cases of accounts, a file for each family of verbs."""
