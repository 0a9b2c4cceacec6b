"""What everything may use: errors, texts, the clock, the log. Knows neither network nor disk nor feature."""
