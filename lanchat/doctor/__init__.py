"""The doctor at work in a running host: asked from the page, and with the eyes of the devices that are here."""
