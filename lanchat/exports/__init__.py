"""Taking it with you: a room, or all that is mine, as one archive that opens without LanChat."""
