"""How many rooms there may be: each is shown to everybody, and guests cost nothing."""

MAX_OWNED = 500  # by a person
MAX_OWNED_BY_GUEST = 50
MAX_JOINED = 1000  # by a person: all of them are told at each connection
MAX_JOINED_BY_GUEST = 200
MAX_ROOMS = 5000  # of a host
MAX_ROOMS_OF_GUESTS = 1000  # made by guests, and there still
LISTED_AT_ONCE = 1000  # rooms to join in one answer, if their descriptions leave room for so many
AROUND_ROOM = 1000  # bytes that a room takes in an answer beside its description
