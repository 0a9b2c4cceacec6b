"""What becomes of guests: they stay as long as they come back, and may make their account one to log in to."""

from datetime import timedelta
from functools import partial

from lanchat.accounts.errors import RegistrationClosed
from lanchat.accounts.hooks import forgotten, traces
from lanchat.accounts.models import Session, User
from lanchat.accounts.models import guests as models
from lanchat.accounts.schemas.incoming import Upgrade
from lanchat.accounts.schemas.outgoing import OwnUserPayload
from lanchat.accounts.service.open_session import REMEMBERED_LIFE
from lanchat.accounts.service.registration import REGISTRATIONS
from lanchat.accounts.service.updates import update
from lanchat.core.chat import Chat, Identity
from lanchat.core.hooks import Tell
from lanchat.host.policy import Policy

MAX_SILENT = 1000  # guests who are known without having left anything; beyond, who was here last stays
FORGOTTEN_AT_ONCE = 100  # a look comes once a minute, and nobody else writes meanwhile
DAY = timedelta(days=1)  # a session is prolonged once a day, not at every look


async def upgrade(chat: Chat, identity: Identity, form: Upgrade, address: str) -> OwnUserPayload:
    """Turn a guest, or who came from elsewhere, into somebody with a password; all else of them stays as it is.

    Raises RegistrationClosed, NotAGuest, EmailTaken or TooMany.
    """
    if identity.is_guest and not chat.part(Policy).registration_open:
        raise RegistrationClosed
    chat.limits.hit(REGISTRATIONS, address)
    password_hash = await chat.passwords.hash(form.password, identity.user_id)
    make = partial(User.make_account, identity.user_id, form.email, password_hash)
    return await update(chat, identity.user_id, make, partial(chat.hub.make_account, identity.user_id))


def prolong(chat: Chat, session_ids: set[int]) -> None:
    """Guests who are here stay for another month; on the writer thread."""
    Session.prolong_guests(
        session_ids, soon=chat.clock.steady(REMEMBERED_LIFE - DAY), expires_at=chat.clock.steady(REMEMBERED_LIFE)
    )


async def forget(chat: Chat) -> int:
    """Forget guests who never said or made anything: with their session, or where they are too many.

    Returns how many; their names are free, and rooms hear that they left.
    """
    now, steady, online = chat.clock.now(), chat.clock.steady(), {socket.user_id for socket in chat.hub.sockets()}

    def remove() -> tuple[list[int], list[Tell]]:
        conditions = traces.all(chat.fillings)
        ids = models.gone_without_trace(steady, conditions, FORGOTTEN_AT_ONCE)
        ids = ids or models.silent_beyond(MAX_SILENT, conditions, online, FORGOTTEN_AT_ONCE)
        tells = forgotten.all(chat.fillings, ids, now) if ids else []
        models.remove(ids)
        return ids, tells

    removed, _ = await chat.db.write(remove, then=lambda done: [tell(chat) for tell in done[1]])
    return len(removed)
