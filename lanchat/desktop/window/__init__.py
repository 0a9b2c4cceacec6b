"""The native window: its toolkits, its menu, and the bridge to the page that it shows."""
