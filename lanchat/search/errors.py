"""Why a search is refused."""

from lanchat.core.base.errors import ChatError


class EmptyQuery(ChatError):
    """Nothing to look for; exclusions alone are nothing."""

    code, status = "empty_query", 400
