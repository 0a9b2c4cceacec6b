"""How many rooms there may be: each is shown to everybody, and guests cost nothing."""

MAX_OWNED = 500  # by a person
MAX_OWNED_BY_GUEST = 50
MAX_JOINED = 1000  # by a person: all of them are told at each connection
MAX_JOINED_BY_GUEST = 200
MAX_DIRECT = 1000  # direct rooms made by a person
MAX_DIRECT_BY_GUEST = 100
MAX_ROOMS = 5000  # of a host, but for direct ones
MAX_ROOMS_OF_GUESTS = 1000  # made by guests, and there still
DIRECT_LISTED = 500  # direct rooms in one answer, the newest
LISTED_AT_ONCE = 1000  # rooms to join in one answer, if their descriptions leave room for so many
AROUND_ROOM = 1300  # bytes that a room takes in an answer beside its description
