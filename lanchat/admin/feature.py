"""What running a host brings to the program."""

from lanchat.admin import api, host, service
from lanchat.admin.claim import Claim
from lanchat.core.chat import Chat
from lanchat.core.feature import Feature


async def start(chat: Chat) -> None:
    await host.recall(chat)
    await service.open_claim(chat)


admin = Feature(
    "admin",
    routes=(api.routes, api.figures),
    rates=(service.WRONG_CODES,),
    parts=(Claim,),
    start=start,
)
