"""Where requests and events come in: parsing them once, authenticating them, and putting errors into words."""
