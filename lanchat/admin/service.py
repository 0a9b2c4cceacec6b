"""Becoming the first administrator, and being one."""

from lanchat.accounts.errors import AccountNeeded, Forbidden
from lanchat.accounts.models import User
from lanchat.accounts.schemas.outgoing import OwnUserPayload
from lanchat.accounts.service.updates import update
from lanchat.admin.claim import Claim
from lanchat.admin.errors import AlreadyClaimed, WrongClaimCode
from lanchat.core.base.rate_limits import Rate
from lanchat.core.chat import Chat

WRONG_CODES = Rate("claim_codes", 10, 60)  # wrong ones, by all together: there is one code


async def open_claim(chat: Chat) -> None:
    """Make a new claim code, unless there is an administrator."""
    if not await chat.db.read(User.has_administrator, chat.clock.now()):
        chat.part(Claim).open()


def claim_code(chat: Chat) -> str | None:
    """What the host shows to whoever sits there, and no log; None once there is an administrator."""
    return chat.part(Claim).code


def entrance(chat: Chat) -> str:
    """The path that whoever hosts opens: the claim code is behind the `#`, which browsers keep to themselves."""
    code = claim_code(chat)
    return "/" if code is None else f"/#claim={code}"


def is_claimable(chat: Chat) -> bool:
    return claim_code(chat) is not None


async def claim_host(chat: Chat, user_id: int, code: str) -> OwnUserPayload:
    """Become the first administrator. Raises AlreadyClaimed, WrongClaimCode, AccountNeeded or TooMany."""
    claim = chat.part(Claim)
    if claim.code is None:
        raise AlreadyClaimed
    chat.limits.check(WRONG_CODES, "")
    if not claim.is_right(code):
        chat.limits.count(WRONG_CODES, "")
        raise WrongClaimCode

    def promote() -> None:
        if User.has_administrator(chat.clock.now()):
            raise AlreadyClaimed
        if User.is_guest_now(user_id):  # or the host's only administrator would be gone with a session
            raise AccountNeeded
        User.set_administrator(user_id, True)

    return await update(chat, user_id, promote, claim.close)


async def require_administrator(chat: Chat, user_id: int) -> None:
    """Raises Forbidden."""
    if not await chat.db.read(User.is_administrator, user_id):
        raise Forbidden
