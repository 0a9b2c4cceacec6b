"""Deleting one's account: at once for everybody's eyes, and what is left of it portion by portion.

At once: the name (which nobody else takes for 30 days, but a guest's), display and real name, picture, e-mail,
words about oneself, status, preferences, password, sessions, devices and their codes, invitations, an administrator's
rights.
Afterwards, in a job that survives a restart: memberships with their receipts, mutes and bans, blocks from both sides,
what was saved, what counted as a mention, uploads that were never sent, and with `recall` every message as one's own
recall takes it, and every reaction.

What stays: direct rooms for the others, who see a former member in them; without `recall` messages, files in them and
reactions, of a former member; what others said, also where they call the person by name; what the log of a room and
reports say was done, by or to a former member, with the copies that reports hold for 30 days at most; rooms, which pass
to the eldest moderator, else the eldest member, else go with all that is in them, as notes to oneself do.
"""

import asyncio
import logging
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from lanchat.accounts.errors import WrongPassword
from lanchat.accounts.hooks import rooms_of
from lanchat.accounts.models import Credentials, User
from lanchat.accounts.models.former import end_sessions, former_name, is_last_administrator, make_former
from lanchat.accounts.models.names import FORMER_NAME_LIFE
from lanchat.accounts.schemas.outgoing import OwnUserPayload
from lanchat.accounts.sessions import require_password
from lanchat.core.base.errors import ChatError
from lanchat.core.base.rate_limits import Rate
from lanchat.core.chat import Chat, Part
from lanchat.core.delivery.hub import Resync
from lanchat.files.hooks import used
from lanchat.files.models import Attachment
from lanchat.files.pictures import forget
from lanchat.files.service import discard
from lanchat.invites.models import Invite
from lanchat.messages.erasing import Erasing
from lanchat.messages.models.former import (
    drop_some,
    forget_kept,
    next_said,
    rename_lines,
    rooms_spoken_in,
    take_back_reactions,
)
from lanchat.messages.service.recall import Recalled, take_back
from lanchat.moderation.errors import LastAdministrator
from lanchat.moderation.models import Deletion, DeletionRow
from lanchat.moderation.schemas import AccountDeletion
from lanchat.rooms.models.former import forget_standing, next_room
from lanchat.rooms.service.forget import Parted, part_with, tell_parted
from lanchat.uploads.service import drop_all_of

DELETIONS = Rate("account_deletions", 10, 3600)  # of a user
PORTION = 20  # messages, reactions or files in one transaction; everybody else's come between two
ROWS = 500  # of what takes no more than a statement
AGAIN_AFTER = 60.0  # s after the database could not be written

log = logging.getLogger(__name__)


class Deletions(Part, scope="process"):
    """Whether there is something to do."""

    def __init__(self, chat: Chat) -> None:
        super().__init__(chat)
        self.is_due = asyncio.Event()


class Begun(NamedTuple):
    former: OwnUserPayload
    room_ids: list[int]  # whose members see them


async def delete_account(chat: Chat, user_id: int, form: AccountDeletion, address: str) -> None:
    """From now on nobody comes in by it, and others see a former member. Guests need no password.

    Raises WrongPassword, LastAdministrator or TooMany.
    """
    chat.limits.hit(DELETIONS, user_id)
    found = await chat.db.read(User.find_credentials_of, user_id)
    if found.password_hash is not None:
        found = await require_password(chat, user_id, form.password, address)

    def tell(begun: Begun) -> None:
        seen = begun.former.seen_by_others()
        chat.hub.end([socket for socket in chat.hub.sockets() if socket.user_id == user_id], "account_deleted")
        chat.hub.to_rooms(begun.room_ids, "user_updated", seen, and_to=user_id)
        chat.part(Deletions).is_due.set()

    await chat.db.write(partial(_begin, chat, found, form.content == "recall"), then=tell)


def _begin(chat: Chat, found: Credentials, takes_words: bool) -> Begun:
    user_id, now = found.user_id, chat.clock.now()
    if not User.is_unchanged(found):
        raise WrongPassword
    if is_last_administrator(user_id, chat.clock.steady()):
        raise LastAdministrator
    room_ids = [each for rooms in rooms_of.all(chat.fillings, user_id) for each in rooms]
    end_sessions(user_id)
    Invite.revoke_all_of(user_id)
    forget(make_former(user_id, now, chat.clock.steady(FORMER_NAME_LIFE)))
    Deletion.begin(user_id, takes_words, now)
    former = User.find_own(user_id)
    assert former is not None
    return Begun(former, room_ids)


async def keep_deleting(chat: Chat) -> None:
    """For ever; begins with what a former run left undone."""
    is_due = chat.part(Deletions).is_due
    is_due.set()
    while True:
        await is_due.wait()
        is_due.clear()
        try:
            await delete_what_is_left(chat)
        except ChatError as error:
            log.warning("accounts could not be deleted wholly, next time in a minute: %s", error)
            await asyncio.sleep(AGAIN_AFTER)
            is_due.set()


async def delete_what_is_left(chat: Chat) -> None:
    for row in await chat.db.read(Deletion.under_way):
        await _Leaving(chat, row).run()


class _Leaving:
    """One account's job. Each step does a portion and says whether more is left, so that it can begin anew anywhere."""

    def __init__(self, chat: Chat, row: DeletionRow) -> None:
        self._chat, self._row = chat, row
        self._rooms: set[int] = set()  # whose members are to ask anew
        self._said_id = self._line_id = self._room_id = 0  # up to where

    async def run(self) -> None:
        chat, user_id = self._chat, self._row.user_id
        self._rooms.update(await chat.db.read(rooms_spoken_in, user_id))
        words = [self._take_back, self._take_back_reactions] if self._row.takes_words else []
        for step in (*words, self._leave, self._rename_lines, self._forget_files):
            while await step():
                pass
        await drop_all_of(chat, user_id)
        await self._while_any(forget_kept, user_id, ROWS)
        await chat.db.write(forget_standing, user_id)
        await chat.db.write(Deletion.end, user_id)
        chat.part(Erasing).is_due.set()
        for room_id in self._rooms:
            chat.hub.to_room(room_id, "resync", Resync(room_id=room_id))

    async def _take_back(self) -> bool:
        """What was said, as its author recalls it: text, former texts, search entry and file."""
        chat, user_id, now = self._chat, self._row.user_id, self._chat.clock.now()

        def store() -> list[Recalled]:
            said = next_said(user_id, self._said_id, PORTION)
            return [take_back(chat.fillings, user_id, message, now) for message in said]

        recalled = await chat.db.write(store)
        for each in recalled:
            self._said_id = max(self._said_id, each.changed.message.id)
            for name in each.files:
                await discard(chat, name)
        return bool(recalled)

    async def _take_back_reactions(self) -> bool:
        found = await self._chat.db.write(take_back_reactions, self._row.user_id, PORTION)
        self._rooms.update(found)
        return bool(found)

    async def _leave(self) -> bool:
        """One room; a direct one stays for the others, and one that is left to nobody goes."""
        chat, user_id = self._chat, self._row.user_id
        room = await chat.db.read(next_room, user_id, self._room_id)
        if room is None:
            return False
        self._rooms.add(room.id)
        goes = room.is_alone and room.kind != "lobby"
        if goes:
            await self._while_any(drop_some, room.id, ROWS)

        def store() -> Parted | None:
            still = next_room(user_id, self._room_id)
            if still is None or still.id != room.id or (still.kind == "direct" and not goes):
                return None
            return part_with(user_id, room.id, chat.clock.now(), goes=goes and still.is_alone)

        await chat.db.write(store, then=partial(tell_parted, chat))
        self._room_id = room.id
        return True

    async def _rename_lines(self) -> bool:
        user_id = self._row.user_id
        reached = await self._chat.db.write(rename_lines, user_id, former_name(user_id), self._line_id, ROWS)
        self._line_id = reached or self._line_id
        return reached is not None

    async def _forget_files(self) -> bool:
        """That nobody is shown: uploaded, and never sent."""
        chat = self._chat
        names = await chat.db.write(Attachment.forget_unsent_of, self._row.user_id, used.all(chat.fillings), PORTION)
        for name in names:
            await discard(chat, name)
        return bool(names)

    async def _while_any(self, step: Callable[[int, int], bool], of: int, most: int) -> None:
        while await self._chat.db.write(step, of, most):
            pass
