"""What the operating system offers: signals, sleep, log-in, notifications. Knows nothing of a chat."""
