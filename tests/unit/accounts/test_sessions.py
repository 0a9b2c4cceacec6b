"""Sessions: what opens one, and what ends it."""

import asyncio
from datetime import timedelta

import pytest

from lanchat.accounts import sessions
from lanchat.accounts.errors import AccountDisabled, RegistrationClosed, WrongCredentials, WrongPassword
from lanchat.accounts.schemas.incoming import Login, PasswordChange
from lanchat.accounts.service import open_session
from lanchat.accounts.service.identity import authenticate, authenticate_cookie
from lanchat.accounts.service.login import log_in, log_out
from lanchat.accounts.service.open_session import Device
from lanchat.core.base.errors import NotAuthenticated
from lanchat.core.chat import Chat
from lanchat.core.delivery.hub import Socket
from tests.unit.recording import PASSWORD, House, house_in

DEVICE = Device("127.0.0.1", "test")


async def holder(chat: Chat, token: str) -> int:
    return (await authenticate(chat, token)).user_id


async def test_a_revoked_session_ends_its_token_and_its_sockets_at_once(house: House):
    ann = await house.person("ann")
    session = await authenticate(house.chat, ann.access_token)
    house.chat.hub.connect(Socket("tab", ann.id, "ann", session.session_id, "en"), [])
    await log_out(house.chat, session.session_id)
    assert house.delivery.of("tab", "session_revoked") == [{"reason": "logged_out"}]
    assert house.chat.hub.socket("tab") is None
    with pytest.raises(NotAuthenticated):
        await authenticate(house.chat, ann.access_token)


async def test_a_session_expires(house: House, monkeypatch: pytest.MonkeyPatch):
    ann = await house.person("ann")
    steady = house.chat.clock.steady
    ahead = timedelta(hours=12, seconds=1)
    monkeypatch.setattr(house.chat.clock, "steady", lambda offset=timedelta(): steady(offset + ahead))
    with pytest.raises(NotAuthenticated):
        await authenticate(house.chat, ann.access_token)


@pytest.mark.parametrize("where", [0, 5, -1, -10])
async def test_a_changed_token_opens_nothing(house: House, where: int):
    token = (await house.person("ann")).access_token
    changed = list(token)
    changed[where] = "A" if changed[where] != "A" else "B"
    if "".join(changed)[:-1] == token[:-1]:  # the last letter of base64 has spare bits
        changed[where - 1] = "_" if changed[where - 1] != "_" else "-"
    with pytest.raises(NotAuthenticated):
        await authenticate(house.chat, "".join(changed))


async def test_the_files_cookie_is_no_access_token_nor_the_other_way_round(house: House):
    await house.person("ann")
    opened = await log_in(house.chat, Login(username="ann", password=PASSWORD), DEVICE)
    with pytest.raises(NotAuthenticated):
        await authenticate(house.chat, opened.files_cookie)
    with pytest.raises(NotAuthenticated):
        await authenticate_cookie(house.chat, opened.payload.access_token)
    assert await holder(house.chat, opened.payload.access_token) == opened.payload.user.id


async def test_whose_account_is_disabled_neither_logs_in_nor_uses_what_was_open(house: House):
    ann = await house.person("ann")
    await house.sql("UPDATE account SET disabled_until = '9999' WHERE id = ?", ann.id)
    with pytest.raises(NotAuthenticated):
        await authenticate(house.chat, ann.access_token)
    with pytest.raises(AccountDisabled):
        await log_in(house.chat, Login(username="ann", password=PASSWORD), DEVICE)
    with pytest.raises(WrongCredentials):
        await log_in(house.chat, Login(username="ann", password="guessed"), DEVICE)


async def test_no_token_or_password_is_in_the_database(house: House):
    ann = await house.person("ann")
    content = house.chat.settings.database_path.read_bytes()
    wal = house.chat.settings.database_path.with_name("lanchat.db-wal")
    content += wal.read_bytes() if wal.exists() else b""
    assert b"ann" in content
    key = house.chat.tokens.read(ann.access_token)
    assert key is not None
    for secret in (PASSWORD, key.secret, ann.access_token, *ann.access_token.split(".")):
        assert secret.encode() not in content


async def test_the_system_s_account_cannot_log_in(house: House):
    for password in ("", "nobody", PASSWORD):
        with pytest.raises(WrongCredentials):
            await log_in(house.chat, Login.model_construct(username="LanChat", password=password), DEVICE)


async def test_a_host_may_take_no_new_accounts(tmp_path):
    async with house_in(tmp_path, allow_registration=False) as house:
        with pytest.raises(RegistrationClosed):
            await house.person("ann")


async def test_a_socket_does_not_outlive_its_session(house: House, monkeypatch: pytest.MonkeyPatch):
    ann, bob = await house.person("ann"), await house.person("bob")
    for person in (ann, bob):
        session = await authenticate(house.chat, person.access_token)
        house.chat.hub.connect(Socket(person.username, person.id, person.username, session.session_id, "en"), [])
    await house.sql("UPDATE session SET expires_at = '2099-01-01' WHERE user_id = ?", bob.id)
    steady = house.chat.clock.steady
    monkeypatch.setattr(
        house.chat.clock, "steady", lambda offset=timedelta(): steady(offset + timedelta(hours=12, seconds=1))
    )
    watching = asyncio.create_task(sessions.watch(house.chat))
    async with asyncio.timeout(20):
        while house.chat.hub.socket("ann") is not None:  # noqa: ASYNC110, the hub tells only the socket
            await asyncio.sleep(0.01)
    watching.cancel()
    assert house.delivery.of("ann", "session_revoked") == [{"reason": "expired"}]
    assert house.chat.hub.socket("bob") is not None


@pytest.mark.parametrize(
    "change", ["UPDATE account SET password_hash = 'new'", "UPDATE account SET disabled_until = '9999'"]
)
async def test_what_ends_all_sessions_ends_a_log_in_under_way_too(
    house: House, monkeypatch: pytest.MonkeyPatch, change: str
):
    ann = await house.person("ann")
    guess = house.chat.passwords.guess

    async def meanwhile(*args, **kwargs):
        is_right = await guess(*args, **kwargs)
        await house.sql(f"{change} WHERE id = ?", ann.id)
        return is_right

    monkeypatch.setattr(house.chat.passwords, "guess", meanwhile)
    with pytest.raises(WrongCredentials):
        await log_in(house.chat, Login(username="ann", password=PASSWORD), DEVICE)
    assert await house.sql("SELECT count(*) FROM session") == [(1,)]  # that of the registration


async def test_of_two_new_passwords_only_one_is_taken(house: House):
    ann = await house.person("ann")
    me = await authenticate(house.chat, ann.access_token)

    def changing(password: str):
        form = PasswordChange(current_password=PASSWORD, password=password, password2=password)
        return sessions.change_password(house.chat, me, form, "127.0.0.1")

    outcomes = await asyncio.gather(changing("the first one"), changing("the second one"), return_exceptions=True)
    assert [type(outcome) for outcome in outcomes].count(WrongPassword) == 1


async def test_with_one_session_too_many_the_one_used_longest_ago_ends(house: House, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(open_session, "MAX_SESSIONS", 3)
    ann, bob = await house.person("ann"), await house.person("bob")
    tokens = [ann.access_token]
    for day in (2, 3):
        opened = await log_in(house.chat, Login(username="ann", password=PASSWORD), DEVICE)
        tokens.append(opened.payload.access_token)
        session = await authenticate(house.chat, tokens[-1])
        used = f"2026-01-0{day}T00:00:00.000000Z"
        await house.sql("UPDATE session SET last_used_at = ? WHERE id = ?", used, session.session_id)
    oldest = await authenticate(house.chat, tokens[1])
    house.chat.hub.connect(Socket("tab", ann.id, "ann", oldest.session_id, "en"), [])
    newest = await log_in(house.chat, Login(username="ann", password=PASSWORD), DEVICE)
    assert house.delivery.of("tab", "session_revoked") == [{"reason": "ended_elsewhere"}]
    with pytest.raises(NotAuthenticated):
        await authenticate(house.chat, tokens[1])
    for token in (tokens[0], tokens[2], newest.payload.access_token, bob.access_token):
        await authenticate(house.chat, token)


async def test_who_logs_in_and_out_all_day_leaves_no_rows_behind(house: House):
    await house.person("ann")
    for _ in range(4):
        opened = await log_in(house.chat, Login(username="ann", password=PASSWORD), DEVICE)
        session = await authenticate(house.chat, opened.payload.access_token)
        await log_out(house.chat, session.session_id)
    assert await house.sql("SELECT count(*) FROM session") == [(2,)]  # that of the registration, and the last
