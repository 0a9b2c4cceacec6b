"""Owns how large an answer may become: what grows with others' words is cut, and says that there is more."""

MAX_ANSWER = 512 << 10  # bytes of texts and of what surrounds them
AROUND = 600  # bytes that an entry takes beside its text, unless it says otherwise
FILE = 900  # bytes that a file takes, with a long name


class Space:
    """What is left of an answer. Its first entry always fits, so that whoever asks for the rest gets on."""

    def __init__(self, size: int = MAX_ANSWER, around: int = AROUND) -> None:
        self._left = size
        self._around = around
        self._is_empty = True
        self.is_full = False

    def takes(self, text: str, files: int = 0) -> bool:
        """Whether one more entry fits; once one hasn't, none does."""
        self._left -= self._around + len(text.encode("utf-8", "surrogatepass")) + files * FILE
        self.is_full = self.is_full or (self._left < 0 and not self._is_empty)
        self._is_empty = False
        return not self.is_full
