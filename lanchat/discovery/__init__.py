"""Being found on the local network, finding others there, and saying why it fails."""
