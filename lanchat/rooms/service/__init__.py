"""The use cases of rooms, a file for each family of verbs."""
