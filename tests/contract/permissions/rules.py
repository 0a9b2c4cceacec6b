"""Who may do what, as the contract says it in words: what a cell of the table must be, whatever the code says.

A rule gives "ok", or status and code of the refusal, by role and kind of room; its docstring is what the table says.
"""

from collections.abc import Callable

OK = "ok"
OWNER, MODERATOR, MUTED_MODERATOR = "owner", "moderator", "muted moderator"
MEMBER, MUTED, GUEST = "member", "muted", "guest"
ADMINISTRATOR, OUTSIDE = "administrator (member)", "administrator (outsider)"
REMOVED, BANNED, STRANGER = "removed", "banned", "stranger"
BLOCKED = "blocked"  # by the member; in a direct room: alone with them
ROLES = (
    *(OWNER, MODERATOR, MUTED_MODERATOR, MEMBER, MUTED, BLOCKED, GUEST),
    *(REMOVED, BANNED, STRANGER, ADMINISTRATOR, OUTSIDE),
)
IN_DIRECT = (
    MEMBER,
    BLOCKED,
    GUEST,
    STRANGER,
    ADMINISTRATOR,
    OUTSIDE,
)  # nobody else can stand in such a way to a direct room
PUBLIC, PRIVATE, DIRECT = "public", "private", "direct"
KINDS = (PUBLIC, PRIVATE, DIRECT)
SIGNED_OUT, PERSON, HOST_ADMINISTRATOR = "signed out", "person", "administrator"
VISITORS = (SIGNED_OUT, GUEST, PERSON, HOST_ADMINISTRATOR)  # outside rooms

Rule = Callable[[str, str], str]

OUTSIDERS = {REMOVED, BANNED, STRANGER, OUTSIDE}
MANAGERS = {OWNER, MODERATOR, MUTED_MODERATOR, ADMINISTRATOR}
SILENCED = {MUTED, MUTED_MODERATOR}
FORBIDDEN, NO_MEMBER, NO_ROOM = "403 forbidden", "403 not_a_member", "404 room_not_found"
NO_MESSAGE, IS_MUTED, IS_DIRECT = "404 message_not_found", "403 muted", "409 direct_room"
IS_BLOCKED = "403 blocked"


def roles_of(kind: str) -> tuple[str, ...]:
    return IN_DIRECT if kind == DIRECT else ROLES


def members(role: str, kind: str) -> str:
    """members"""
    if role not in OUTSIDERS:
        return OK
    return NO_ROOM if kind == DIRECT else NO_MEMBER


def everybody(role: str, kind: str) -> str:
    """everybody who is signed in"""
    return OK


def seers(role: str, kind: str) -> str:
    """members; of a public room everybody"""
    return OK if kind == PUBLIC else members(role, kind)


def speakers(role: str, kind: str) -> str:
    """members who may speak"""
    if role == BLOCKED and kind == DIRECT:
        return IS_BLOCKED
    return IS_MUTED if role in SILENCED else members(role, kind)


def managers(role: str, kind: str) -> str:
    """managers"""
    if role in OUTSIDERS:
        return members(role, kind)
    if kind == DIRECT:
        return IS_DIRECT
    return OK if role in MANAGERS else FORBIDDEN


def managers_who_speak(role: str, kind: str) -> str:
    """managers who may speak, as all members read it"""
    allowed = managers(role, kind)
    return IS_MUTED if allowed == OK and role in SILENCED else allowed


def pinners(role: str, kind: str) -> str:
    """managers who may speak; in direct rooms members"""
    return speakers(role, kind) if kind == DIRECT else managers_who_speak(role, kind)


def adders(role: str, kind: str) -> str:
    """managers; of public rooms every member"""
    return members(role, kind) if kind == PUBLIC else managers(role, kind)


def adders_unless_blocked(role: str, kind: str) -> str:
    """nobody"""
    allowed = adders(role, kind)
    return IS_BLOCKED if allowed == OK else allowed


def inviters(role: str, kind: str) -> str:
    """members"""
    return IS_DIRECT if kind == DIRECT and role not in OUTSIDERS else members(role, kind)


def link_enders(role: str, kind: str) -> str:
    """managers; administrators from outside, too"""
    return OK if role == OUTSIDE and kind != DIRECT else managers(role, kind)


def link_enders_of_own(role: str, kind: str) -> str:
    """members; administrators from outside, too"""
    return link_listers(role, kind)


def link_listers(role: str, kind: str) -> str:
    """members, who see their own, managers all; administrators from outside, who may end them"""
    return OK if role == OUTSIDE and kind != DIRECT else inviters(role, kind)


def owners(role: str, kind: str) -> str:
    """owner, administrators"""
    allowed = managers(role, kind)
    return FORBIDDEN if allowed == OK and role not in {OWNER, ADMINISTRATOR} else allowed


def owners_and_outside(role: str, kind: str) -> str:
    """owner, administrators; from outside, too"""
    return OK if role == OUTSIDE and kind != DIRECT else owners(role, kind)


def judges(role: str, kind: str) -> str:
    """managers, administrators, from outside too; of direct rooms administrators"""
    if role == OUTSIDE or (role == ADMINISTRATOR and kind == DIRECT):
        return OK
    return managers(role, kind)


def judges_who_ban(role: str, kind: str) -> str:
    """as deciding; nobody is banned from a direct room"""
    decided = judges(role, kind)
    return IS_DIRECT if kind == DIRECT and decided == OK else decided


def above_moderators(role: str, kind: str) -> str:
    """managers above them: owner, administrators"""
    return owners(role, kind)


def above_owners(role: str, kind: str) -> str:
    """managers above them: administrators"""
    allowed = managers(role, kind)
    return "403 cannot_touch_owner" if allowed == OK and role != ADMINISTRATOR else allowed


def authors(role: str, kind: str) -> str:
    """its author, while they may speak"""
    return speakers(role, kind)


def authors_in(role: str, kind: str) -> str:
    """its author, while they are a member"""
    return members(role, kind)


def no_author(role: str, kind: str) -> str:
    """nobody but its author"""
    allowed = speakers(role, kind)
    return FORBIDDEN if allowed == OK else allowed


def managers_of_words(role: str, kind: str) -> str:
    """managers, the owner's too"""
    allowed = managers(role, kind)
    return FORBIDDEN if allowed == IS_DIRECT else allowed  # nobody manages what others say there


def versions(role: str, kind: str) -> str:
    """its author, managers"""
    return managers(role, kind)


def readers(role: str, kind: str) -> str:
    """who may read it; else it isn't there"""
    return OK if role not in OUTSIDERS else NO_MESSAGE


def file_readers(role: str, kind: str) -> str:
    """members; else it isn't there"""
    return OK if role not in OUTSIDERS else "404 file_not_found"


def nobody_reports_themselves(role: str, kind: str) -> str:
    """nobody"""
    allowed = members(role, kind)
    return "403 cannot_report_self" if allowed == OK else allowed


def comers(role: str, kind: str) -> str:
    """everybody but those who are banned; a member again"""
    if kind == DIRECT:
        return IS_DIRECT if role not in OUTSIDERS else NO_ROOM
    return "403 banned" if role == BANNED else OK


def comers_with_password(role: str, kind: str) -> str:
    """as joining; members are never asked"""
    allowed = comers(role, kind)
    return "403 wrong_room_password" if allowed == OK and kind == PRIVATE and role in OUTSIDERS else allowed


def invited(role: str, kind: str) -> str:
    """everybody but those who are banned, without the password"""
    return comers(role, kind)


def leavers(role: str, kind: str) -> str:
    """members; for others nothing happens"""
    return comers(role, kind) if kind == DIRECT else OK


def hiders(role: str, kind: str) -> str:
    """those in a direct room"""
    return OK if kind == DIRECT and role not in OUTSIDERS else NO_ROOM


def synced(role: str, kind: str) -> str:
    """members; for others the room is left out"""
    return OK if role not in OUTSIDERS else "left out"


# Outside rooms: by visitor alone.


def anybody(role: str, kind: str) -> str:
    """anybody, signed in or not"""
    return OK


def signed_in(role: str, kind: str) -> str:
    """everybody who is signed in"""
    return OK if role != SIGNED_OUT else "401 not_authenticated"


def nobody_who_is_blocked(role: str, kind: str) -> str:
    """nobody"""
    allowed = signed_in(role, kind)
    return IS_BLOCKED if allowed == OK else allowed


def administrators(role: str, kind: str) -> str:
    """administrators of the host"""
    allowed = signed_in(role, kind)
    return FORBIDDEN if allowed == OK and role != HOST_ADMINISTRATOR else allowed


def at_the_host(role: str, kind: str) -> str:
    """administrators; at the host itself, as here, everybody who is signed in"""
    return signed_in(role, kind)


def guests(role: str, kind: str) -> str:
    """guests"""
    allowed = signed_in(role, kind)
    return "409 not_a_guest" if allowed == OK and role != GUEST else allowed


def with_password(role: str, kind: str) -> str:
    """who has a password, by it"""
    allowed = signed_in(role, kind)
    return "403 wrong_password" if allowed == OK and role == GUEST else allowed


def nobody_else(role: str, kind: str) -> str:
    """nobody but who made it, once"""
    allowed = signed_in(role, kind)
    return "404 export_gone" if allowed == OK else allowed


def claimed(role: str, kind: str) -> str:
    """whoever is at the host and has the code that it shows"""
    allowed = signed_in(role, kind)
    return "403 wrong_claim_code" if allowed == OK else allowed


def uploader(role: str, kind: str) -> str:
    """nobody but who began it"""
    allowed = signed_in(role, kind)
    return "404 upload_not_found" if allowed == OK else allowed
