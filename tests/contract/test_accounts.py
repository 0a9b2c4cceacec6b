"""The contract's section on authentication."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.people import PASSWORD, People

ME_FIELDS = {"id": int, "username": str, "email": str, "is_online": bool, "created_at": str, "last_seen": str}


def form(**changes: object) -> dict[str, object]:
    return {"username": "nobody_yet", "email": "", "password": PASSWORD, "password2": PASSWORD, **changes}


@pytest.mark.parametrize("slash", ["", "/"])
async def test_registering_makes_an_account_that_is_logged_in(people: People, slash: str):
    ann = people.newcomer("ann")
    answer = await ann.post(f"/api/auth/register{slash}", form(username=ann.name, email=f"{ann.name}@example.org"))

    body = answer.expect(201)
    assert body["username"] == ann.name
    assert body["email"] == f"{ann.name}@example.org"
    assert body["token_type"] == "bearer"
    assert "password" not in answer.text
    ann.token = body["access_token"]
    assert (await ann.get("/api/auth/me")).expect(200)["id"] == body["id"]


async def test_an_email_may_be_left_out(people: People):
    ann, bob = people.newcomer("ann"), people.newcomer("bob")
    for person in (ann, bob):
        body = {"username": person.name, "password": PASSWORD, "password2": PASSWORD}
        assert (await person.post("/api/auth/register", body)).expect(201)["email"] == ""


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"username": "a"}, "username"),
        ({"username": "a" * 21}, "username"),
        ({"username": "with space"}, "username"),
        ({"username": "___"}, "username"),
        ({"username": "ann\u200b"}, "username"),
        ({"username": "\u202eann"}, "username"),
        ({"username": "a<b>c"}, "username"),
        ({"username": "zal\u0335\u0321\u0322\u0327go"}, "username"),
        ({"username": "\u0301ab"}, "username"),
        ({"username": "_\u0301_a"}, "username"),
        ({"username": "LANCHAT"}, "username"),
        ({"username": 17}, "username"),
        ({"username": None}, "username"),
        ({"email": "no address"}, "email"),
        ({"email": "a@b\n"}, None),
        ({"email": "@example.org"}, "email"),
        ({"email": ["a@example.org"]}, "email"),
        ({"password": "12345", "password2": "12345"}, "password"),
        ({"password": "x" * 257, "password2": "x" * 257}, "password"),
        ({"password": "nul\0nul", "password2": "nul\0nul"}, "password"),
        ({"password2": "something else"}, "body"),
        ({"password2": None}, "password2"),
    ],
)
async def test_a_registration_that_cannot_be_is_explained_by_field(
    people: People, changes: dict[str, object], field: str | None
):
    ann = people.newcomer("ann")
    answer = await ann.post("/api/auth/register", {**form(username=ann.name), **changes})

    if field is None:
        answer.expect(201)
        return
    error = answer.expect(400)["error"]
    assert error["code"] == "invalid_input"
    assert field in error["details"]["fields"]
    assert str(changes.get("password", PASSWORD)) not in answer.text


@pytest.mark.parametrize("username", ["王小明", "Ольга_1", "محمد", "مُحَمَّد", "हिन्दी", "น้ำทิพย์", "Zoë", "ab", "a" * 20])
async def test_user_names_of_any_script_can_register_and_log_in(people: People, username: str):
    ann = people.newcomer()
    (await ann.post("/api/auth/register", form(username=username))).expect(201)
    body = (await ann.post("/api/auth/login", data={"username": username, "password": PASSWORD})).expect(200)
    assert body["user"]["username"] == username


@pytest.mark.parametrize("twist", [str.upper, lambda name: name.replace("a", "ａ")])
async def test_names_that_look_the_same_are_the_same(people: People, twist):
    ann = await people.one("ann")
    answer = await ann.post("/api/auth/register", form(username=twist(ann.name)))
    assert answer.expect(409)["error"]["code"] == "username_taken"


async def test_an_email_belongs_to_one_account(people: People):
    ann, bob = people.newcomer("ann"), people.newcomer("bob")
    email = f"{ann.name}@example.org"
    (await ann.post("/api/auth/register", form(username=ann.name, email=email))).expect(201)
    answer = await bob.post("/api/auth/register", form(username=bob.name, email=email.upper()))
    assert answer.expect(409)["error"]["code"] == "email_taken"


@pytest.mark.parametrize("slash", ["", "/"])
async def test_logging_in_by_form_gives_a_bearer_token(people: People, slash: str):
    ann = await people.one("ann")
    answer = await ann.post(f"/api/auth/login{slash}", data={"username": ann.name, "password": PASSWORD})

    body = answer.expect(200)
    assert isinstance(body["access_token"], str)
    assert body["token_type"] == "bearer"
    ann.token = body["access_token"]
    assert (await ann.get("/api/auth/me")).expect(200)["id"] == ann.id


async def test_the_files_cookie_is_out_of_reach_of_scripts_and_other_sites(people: People):
    ann = await people.one("ann")
    answer = await ann.post("/api/auth/login", data={"username": ann.name, "password": PASSWORD})
    cookie = answer.headers["Set-Cookie"]
    for part in ("HttpOnly", "SameSite=Strict", "Path=/files/"):
        assert part in cookie
    assert "Secure" not in cookie  # over plain HTTP it would not be kept
    again = (await ann.get("/api/auth/me")).headers["Set-Cookie"]  # after another's, or by the other scheme
    assert again.partition("=")[0] == cookie.partition("=")[0]
    value = cookie.partition("=")[2].partition(";")[0]
    refused = await ann.get("/api/auth/me", headers={"Authorization": f"Bearer {value}"})
    assert refused.expect(401)["error"]["code"] == "not_authenticated"


@pytest.mark.parametrize(("remember", "life"), [("true", timedelta(days=30)), ("", timedelta(hours=12))])
async def test_remember_me_makes_a_session_last(people: People, remember: str, life: timedelta):
    ann = await people.one("ann")
    fields = {"username": ann.name, "password": PASSWORD} | ({"remember": remember} if remember else {})
    body = (await ann.post("/api/auth/login", data=fields)).expect(200)
    left = datetime.fromisoformat(body["expires_at"]) - datetime.now(UTC)
    assert abs(left - life) < timedelta(minutes=5)


async def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(people: People):
    ann = await people.one("ann")
    wrong = await ann.post("/api/auth/login", data={"username": ann.name, "password": "wrong!"})
    unknown = await ann.post("/api/auth/login", data={"username": "nobody_here", "password": PASSWORD})
    assert wrong.status == unknown.status == 401
    assert wrong.body == unknown.body


@pytest.mark.parametrize("fields", [{}, {"username": "ann"}, {"password": PASSWORD}, {"username": "", "password": ""}])
async def test_an_incomplete_log_in_is_a_400(people: People, fields: dict[str, str]):
    answer = await people.newcomer().post("/api/auth/login", data=fields)
    assert answer.expect(400)["error"]["code"] == "invalid_input"


async def test_me_has_every_documented_field_and_my_own_address(people: People):
    ann = people.newcomer("ann")
    registered = await ann.post("/api/auth/register", form(username=ann.name, email=f"{ann.name}@example.org"))
    ann.token = registered.expect(201)["access_token"]

    me = (await ann.get("/api/auth/me")).expect(200)

    assert {name: type(me[name]) for name in ME_FIELDS} == ME_FIELDS
    assert "avatar_url" in me
    assert me["email"] == f"{ann.name}@example.org"
    assert me["is_online"] is False
    assert me["is_admin"] is False
    await ann.connect()
    assert (await ann.get("/api/auth/me")).expect(200)["is_online"] is True


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Bearer nonsense", "Basic YTpi", "Bearer a.b", "Bearer " + "é" * 9]
)
async def test_without_a_good_token_nothing_is_told(people: People, header: str):
    answer = await people.newcomer().get("/api/auth/me", headers={"Authorization": header} if header else {})
    assert answer.expect(401)["error"]["code"] == "not_authenticated"
    assert answer.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize(("language", "message"), [("zh-CN", "成功登出"), ("en", "Logged out")])
async def test_logging_out_says_so(people: People, language: str, message: str):
    ann = await people.one("ann")
    answer = await ann.post("/api/auth/logout", headers={"Accept-Language": language})
    assert answer.expect(200) == {"message": message}


async def test_logging_out_ends_the_token_and_its_sockets_but_no_other_session(people: People):
    ann = await people.one("ann")
    other = await ann.log_in()
    mine, others = await ann.connect(), await ann.connect(token=other)

    (await ann.post("/api/auth/logout")).expect(200)

    assert (await mine.hears("session_revoked"))["reason"] == "logged_out"
    await mine.until_gone()
    assert (await ann.get("/api/auth/me")).status == 401
    assert (await ann.get("/api/auth/me", headers={"Authorization": f"Bearer {other}"})).status == 200
    await others.catch_up()
