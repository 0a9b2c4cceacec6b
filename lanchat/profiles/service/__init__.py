"""The use cases of profiles, a file for each family of verbs."""
