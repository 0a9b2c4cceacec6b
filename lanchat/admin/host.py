"""What administrators change about their host while it runs: its name, and whom it lets in.

It is kept in the database, where it wins over the settings that the host was started with.
"""

import logging

from pydantic import ValidationError

from lanchat.accounts.errors import Forbidden
from lanchat.accounts.models import User
from lanchat.accounts.models.look_alikes import look_alikes
from lanchat.admin.models import keep, kept
from lanchat.admin.schemas import HostChange, HostPayload, LookAlikePayload, LookAlikesPayload
from lanchat.core.chat import Chat
from lanchat.host.policy import Policy
from lanchat.rooms.models import Room

log = logging.getLogger(__name__)


async def recall(chat: Chat) -> None:
    """What was decided before this start, but for what may not be decided (any more): that keeps no host closed."""
    for name, value in (await chat.db.read(kept)).items():
        try:
            _apply(chat, HostChange.model_validate({name: value}))
        except ValidationError:
            log.warning("what was decided as this host's %s can't be; it is as the settings say", name)


async def show_host(chat: Chat, user_id: int) -> HostPayload:
    """Raises Forbidden for all but administrators."""
    if not await chat.db.read(User.is_administrator, user_id):
        raise Forbidden
    return _now(chat)


async def list_look_alikes(chat: Chat, user_id: int) -> LookAlikesPayload:
    """Raises Forbidden for all but administrators."""

    def find() -> list[LookAlikePayload]:
        if not User.is_administrator(user_id):
            raise Forbidden
        users = [LookAlikePayload(kind="user", name=name, other=other) for name, other in look_alikes()]
        rooms = [LookAlikePayload(kind="room", name=name, other=other) for name, other in Room.look_alikes()]
        return users + rooms

    return LookAlikesPayload(names=await chat.db.read(find))


async def change_host(chat: Chat, user_id: int, change: HostChange) -> HostPayload:
    """In effect at once; mDNS follows within seconds. Raises Forbidden for all but administrators."""

    def store() -> None:
        if not User.is_administrator(user_id):
            raise Forbidden
        keep(change.model_dump(exclude_none=True))

    await chat.db.write(store, then=lambda _: _apply(chat, change))
    return _now(chat)


def _apply(chat: Chat, change: HostChange) -> None:
    policy = chat.part(Policy)
    if change.name is not None:
        chat.host.name = change.name
    if change.guests_allowed is not None:
        policy.guests_allowed = change.guests_allowed
    if change.registration_open is not None:
        policy.registration_open = change.registration_open
    if change.recall_minutes is not None:
        policy.recall_minutes = change.recall_minutes
    if change.directory is not None:
        policy.directory = change.directory
    if change.direct_messages is not None:
        policy.direct_messages = change.direct_messages


def _now(chat: Chat) -> HostPayload:
    policy = chat.part(Policy)
    return HostPayload(
        name=chat.host.name,
        guests_allowed=policy.guests_allowed,
        registration_open=policy.registration_open,
        recall_minutes=policy.recall_minutes,
        directory=policy.directory,
        direct_messages=policy.direct_messages,
    )
