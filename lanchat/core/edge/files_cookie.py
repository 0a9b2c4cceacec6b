"""Owns the cookie that lets browsers load files by their address: its name, and which ones a request brings."""

from quart import request

from lanchat.core.edge.rest import current_chat

NAMES = 32  # that the accounts in one browser share: it sends all of them, and a school's computer sees many guests


def name_for(user_id: int) -> str:
    """Of an account, so that each tab of a browser reads with its own."""
    return f"{_stem()}_{user_id % NAMES}"


def values() -> list[str]:
    """Those of this request, of one account each; `?as=` of a user id picks one."""
    user_id = request.args.get("as", type=int)
    if user_id is not None:
        names = [name_for(user_id)]
    else:
        names = [
            _stem(),
            *(f"{_stem()}_{number}" for number in range(NAMES)),
        ]  # the first: as earlier versions called it
    return [value for name in names if (value := request.cookies.get(name))]


def _stem() -> str:
    """Of an installation: cookies know hosts but not ports, and a host may run several.

    By HTTPS with the prefix that no plain HTTP of the same host, whoever speaks it, can set or read.
    """
    prefix = "__Secure-" if request.scheme == "https" else ""
    return f"{prefix}lanchat_files_{current_chat().installation_id[:8]}"
