"""Socket.IO events for presence."""

from lanchat.core.chat import Chat
from lanchat.core.delivery.hub import Socket
from lanchat.core.edge.events import Events
from lanchat.presence import service
from lanchat.presence.schemas import OnlineIds, OnlineUsers, TypingUpdate, UserStatus
from lanchat.rooms.schemas.incoming import RoomRef

events = Events(
    typing_update=TypingUpdate,
    user_status_update=UserStatus,
    online_users_update=OnlineUsers,
    online_ids_update=OnlineIds,
)


@events.on("typing_start", RoomRef)
async def start_typing(chat: Chat, socket: Socket, room: RoomRef) -> None:
    await service.start_typing(chat, socket, room.room_id)


@events.on("typing_stop", RoomRef)
async def stop_typing(chat: Chat, socket: Socket, room: RoomRef) -> None:
    await service.stop_typing(chat, socket, room.room_id)
