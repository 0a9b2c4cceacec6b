"""The answer to what needs none but that it was done."""

from pydantic import ConfigDict

from lanchat.core.base.i18n import translate
from lanchat.core.base.schemas import Payload
from lanchat.core.edge.rest import current_language


class DonePayload(Payload):
    """A sentence for the person who asked, in their language."""

    model_config = ConfigDict(title="Done")

    message: str
    """In the reader's language."""


def done(sentence: str, **values: object) -> DonePayload:
    """`sentence` is a key below `done.` in the locales."""
    return DonePayload(message=translate(f"done.{sentence}", current_language(), values))
