"""Signing in on a further device by a code that a device shows on which one is signed in already."""

from datetime import timedelta

from lanchat.accounts.errors import DeviceCodeUnknown
from lanchat.accounts.keyed_codes import Codes
from lanchat.accounts.models import DeviceCode
from lanchat.accounts.schemas.device_codes import (
    DeviceCodeOwnerPayload,
    DeviceCodePayload,
    DeviceCodeStatePayload,
    DeviceSignedIn,
)
from lanchat.accounts.service.open_session import REMEMBERED_LIFE, Device, Opened, open_session
from lanchat.accounts.user_agents import in_words
from lanchat.core.base.rate_limits import Rate
from lanchat.core.chat import Chat, Identity
from lanchat.core.security.typed_codes import new_code
from lanchat.host.addresses import ways_to

CODE_LIFE = timedelta(minutes=5)

DEVICE_CODES = Rate("device_codes", 20, 60)  # of a user
WRONG_DEVICE_CODES = Rate("wrong_device_codes", 10, 60)  # of an address


async def give_code(chat: Chat, identity: Identity) -> DeviceCodePayload:
    """A new code in place of the user's last one. Raises TooMany."""
    chat.limits.hit(DEVICE_CODES, identity.user_id)
    code = new_code()
    digested = chat.part(Codes).digest_of_device(code)
    expires_at = chat.clock.steady(CODE_LIFE)
    await chat.db.write(DeviceCode.give_out, identity.user_id, identity.session_id, digested, expires_at)
    path = f"/device#{code}"
    addresses = await ways_to(chat.host, path)
    return DeviceCodePayload(code=code, path=path, lasts=int(CODE_LIFE.total_seconds()), addresses=addresses)


async def look_at_code(chat: Chat, user_id: int) -> DeviceCodeStatePayload:
    """For a page that was out of reach and may have missed that its code was used."""
    is_open = await chat.db.read(DeviceCode.is_open, user_id, chat.clock.steady())
    return DeviceCodeStatePayload(is_open=is_open)


async def withdraw_code(chat: Chat, user_id: int) -> None:
    await chat.db.write(DeviceCode.withdraw, user_id)


async def read_code(chat: Chat, code: str, address: str) -> DeviceCodeOwnerPayload:
    """Whose code it is. Else a link with a stranger's would sign people in as somebody that they don't know.

    Raises DeviceCodeUnknown, DeviceCodeExpired or TooMany.
    """
    async with chat.limits.guessing(WRONG_DEVICE_CODES, address, DeviceCodeUnknown):
        owner = await chat.db.read(DeviceCode.owner, chat.part(Codes).digest_of_device(code), chat.clock.steady())
    return DeviceCodeOwnerPayload(**owner._asdict())


async def sign_in(chat: Chat, code: str, device: Device) -> Opened:
    """A session of its own for the device that brings a code, and word of it to the user's others.

    Raises DeviceCodeUnknown, DeviceCodeExpired or TooMany.
    """
    digested, now = chat.part(Codes).digest_of_device(code), chat.clock.steady()
    told = DeviceSignedIn(device=in_words(device.user_agent), address=device.address)

    def who() -> int:
        return DeviceCode.take(digested, now)

    def tell(user_id: int) -> None:
        chat.hub.to_user(user_id, "device_signed_in", told)

    async with chat.limits.guessing(WRONG_DEVICE_CODES, device.address, DeviceCodeUnknown):
        return await open_session(chat, device, REMEMBERED_LIFE, who, tell)
