"""The use cases of keeping order, a file for each family of verbs."""
