"""Keeping somebody out of a room; out of the lobby means out of the host."""

from collections.abc import Sequence
from typing import NamedTuple

from lanchat.accounts.errors import Forbidden
from lanchat.accounts.models import Session, User
from lanchat.core.base.lists import ListQuery, page
from lanchat.core.base.moments import require_future
from lanchat.core.chat import Chat
from lanchat.rooms.authorise import authorise, authorise_upon
from lanchat.rooms.models import Ban, BanRow
from lanchat.rooms.permissions import Action, Standing
from lanchat.rooms.rates import ROOM_ACTIONS
from lanchat.rooms.schemas.incoming import BanDraft
from lanchat.rooms.schemas.outgoing import BanPayload, BansPayload
from lanchat.rooms.service.deed import Deed
from lanchat.rooms.service.going import Gone, go, tell_gone
from lanchat.rooms.service.known import require_known


async def ban(chat: Chat, user_id: int, room_id: int, other_id: int, draft: BanDraft) -> BanPayload:
    """Take somebody out, if they are in, and let them in no more; in the lobby, disable their account.

    Raises NotAMember, Forbidden, CannotTouchOwner, UserNotFound, or InvalidInput for a time that is over.
    """
    chat.limits.hit(ROOM_ACTIONS, user_id)
    now = chat.clock.now()
    require_future("until", draft.until, now)
    row = BanRow(other_id, draft.reason, draft.until, user_id, now)

    def store() -> tuple[KeptOut, BanPayload]:
        mine, other = authorise_upon(user_id, other_id, Action.MANAGE, room_id, now)
        if not (other.is_member or Ban.stands(room_id, other_id)):
            require_known(chat, user_id, {other_id})  # the answer shows who it is
        kept_out = keep_out(Deed(chat.fillings, room_id, user_id, now), mine, other, row)
        return kept_out, _payloads([row])[0]

    return (await chat.db.write(store, then=lambda stored: tell_kept_out(chat, stored[0])))[1]


class KeptOut(NamedTuple):
    user_id: int
    gone: Gone | None
    is_of_host: bool


def keep_out(deed: Deed, mine: Standing, other: Standing, row: BanRow) -> KeptOut:
    """In a transaction: as `ban`, by somebody who may. Raises Forbidden for who may not keep people out of the host."""
    is_of_host = mine.kind == "lobby"
    deed.note("banned", row.user_id, {"reason": row.reason, "until": row.until})
    if is_of_host:
        _require_administrator(mine)
        User.disable(row.user_id, row.until, row.reason)
        Session.revoke_others(row.user_id, None, deed.now)  # or the end of the ban would bring them back
    Ban.put(deed.room_id, row)
    gone = go(deed, row.user_id, "banned") if other.is_member and not is_of_host else None
    return KeptOut(row.user_id, gone, is_of_host)


def tell_kept_out(chat: Chat, kept_out: KeptOut) -> None:
    tell_gone(chat, kept_out.gone)
    if kept_out.is_of_host:
        chat.hub.end([s for s in chat.hub.sockets() if s.user_id == kept_out.user_id], "account_disabled")


async def unban(chat: Chat, user_id: int, room_id: int, other_id: int) -> None:
    """Let somebody come in again; nothing happens where nothing kept them out. Raises as `ban`."""
    chat.limits.hit(ROOM_ACTIONS, user_id)
    now = chat.clock.now()

    def store() -> None:
        mine = authorise(user_id, Action.MANAGE, room_id, now)
        if mine.kind == "lobby":
            _require_administrator(mine)
            User.enable(other_id)
        if Ban.lift(room_id, other_id):
            Deed(chat.fillings, room_id, user_id, now).note("unbanned", other_id)

    await chat.db.write(store)


async def list_bans(chat: Chat, user_id: int, room_id: int, query: ListQuery) -> BansPayload:
    """For managers; those of the lobby, who are kept out of the host, for administrators."""
    now = chat.clock.now()

    def find() -> BansPayload:
        mine = authorise(user_id, Action.MANAGE, room_id, now)
        if mine.kind == "lobby":
            _require_administrator(mine)
        rows = Ban.list_of(room_id, now, query.moment_after(), query.limit + 1)
        found, next_cursor = page(rows, query.limit, lambda row: [row.at, row.user_id])
        return BansPayload(bans=_payloads(found), next_cursor=next_cursor)

    return await chat.db.read(find)


def _payloads(rows: Sequence[BanRow]) -> list[BanPayload]:
    people = {user.id: user for user in User.payloads([each for row in rows for each in (row.user_id, row.banned_by)])}
    return [
        BanPayload(
            user=people[row.user_id],
            reason=row.reason,
            until=row.until,
            banned_by=people[row.banned_by],
            at=row.at,
        )
        for row in rows
    ]


def _require_administrator(standing: Standing) -> None:
    if not standing.is_administrator:
        raise Forbidden
