"""What comes in about running a host."""

from pydantic import Field

from lanchat.core.schemas import Input


class ClaimForm(Input):
    """The code that the host shows at its start while it has no administrator."""

    code: str = Field(min_length=1, max_length=64)
