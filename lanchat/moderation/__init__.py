"""What members report, and what those who keep order decide about it."""
