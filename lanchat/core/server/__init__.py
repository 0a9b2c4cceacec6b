"""What stands before any framework: listening, who may ask, how many at once, the access log."""
