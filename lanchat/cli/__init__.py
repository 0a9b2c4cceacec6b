"""The command line: one command a function, which imports what it needs when it runs."""
