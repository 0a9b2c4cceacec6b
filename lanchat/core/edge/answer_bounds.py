"""Owns how many bytes an answer may have, by REST or as an acknowledgement; the larger bound must be asked for."""

SMALL_ANSWER = 64 << 10  # unless the route or event says another
LONG_ANSWER = 4 << 20  # of what grows with others' words: 512 KB of these, however they are escaped, and what is around
MESSAGE_ANSWER = 128 << 10  # of one message: its words, however they are escaped, and 2000 ids of who reacted
ROOM_ANSWER = 32 << 10  # of one room: its description, however it is escaped, and the nine people of a direct one
