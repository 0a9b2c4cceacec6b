"""Letting sockets in, seeing them off, and typing."""

from lanchat.accounts.models import ActiveSession
from lanchat.accounts.service.identity import find_session
from lanchat.core.base.errors import NotAuthenticated, TooMany
from lanchat.core.base.rate_limits import Rate
from lanchat.core.chat import Chat, Hello
from lanchat.core.delivery.hub import Gone, Socket
from lanchat.core.edge.events import RETURN
from lanchat.presence.board import Board
from lanchat.presence.typing import Typing
from lanchat.rooms.authorise import refusal_to_outsider
from lanchat.rooms.models import Membership

TYPING = Rate("typing", 300, 10)  # of a user


async def come_online(chat: Chat, sid: str, hello: Hello) -> None:
    """Let a socket hear all rooms of the user who holds its token.

    Raises NotAuthenticated, or TooMany with so many sockets open already.
    """
    if chat.tokens.read(hello.token) is None:  # anybody may knock, and the writer has others to serve
        raise NotAuthenticated
    find = find_session(chat, hello.token)

    def look() -> tuple[ActiveSession, list[int]]:
        session = find()
        return session, Membership.heard_by(session.user_id)

    def admit(found: tuple[ActiveSession, list[int]]) -> None:
        session, room_ids = found
        try:
            chat.limits.check(RETURN, (session.user_id, session.user_id))
        except TooMany:
            return
        if chat.settings.limits and chat.hub.count_sockets(session.user_id) >= chat.settings.sockets_per_user:
            return
        who = session.user_id, session.username, session.session_id
        socket = Socket(
            sid, *who, hello.language, hello.wants_ids, hello.address, session.is_guest, session.display_name
        )
        board = chat.part(Board)
        chat.hub.connect(socket, room_ids)
        board.socket_came(socket)

    # Through the writer, though nothing is written: whoever is let in hears exactly the rooms of
    # that moment, and every join, leave or revocation committed later finds the socket here.
    await chat.db.write(look, then=admit)
    if not chat.hub.is_open(sid):
        if gone := chat.hub.disconnect(sid):
            chat.part(Board).socket_gone(gone)
        raise NotAuthenticated
    if chat.hub.socket(sid) is None:
        raise TooMany(retry_after=5)


async def start(chat: Chat) -> None:
    chat.part(Board).start()


async def stop(chat: Chat) -> None:
    """Before the database closes."""
    chat.part(Board).stop()


async def go(chat: Chat, gone: Gone) -> None:
    """A socket has left; its user stays online while another is open."""
    chat.part(Board).socket_gone(gone)
    if gone.was_last:
        chat.part(Typing).stop_everywhere(gone.socket.user_id)


async def start_typing(chat: Chat, socket: Socket, room_id: int) -> None:
    """Raises RoomNotFound or NotAMember."""
    await _require_hearing(chat, socket, room_id)
    chat.part(Typing).start(socket, room_id)


async def stop_typing(chat: Chat, socket: Socket, room_id: int) -> None:
    """Raises RoomNotFound or NotAMember."""
    await _require_hearing(chat, socket, room_id)
    chat.part(Typing).stop(socket.user_id, room_id)


async def _require_hearing(chat: Chat, socket: Socket, room_id: int) -> None:
    chat.limits.hit(TYPING, socket.user_id)
    if not chat.hub.hears(socket.user_id, room_id):
        raise await chat.db.read(refusal_to_outsider, socket.user_id, room_id, chat.clock.now())
