"""Users whose names look like another's: they had them before names were compared by that."""

from lanchat.accounts.models.users import User
from lanchat.core.base.text_rules import name_key, pretended_key, skeleton


def look_alikes() -> list[tuple[str, str]]:
    """(name, the other's), oldest first."""
    late = User.select(User.id, User.username).where(User.username_skeleton.is_null()).order_by(User.id)
    return [(user.username, other) for user in late for other in _like(user)]


def _like(user: User) -> list[str]:
    keys = [name_key(user.username), pretended_key(user.username)]
    is_alike = User.username_key.in_(keys) | (User.username_skeleton == skeleton(user.username))
    return [other.username for other in User.select(User.username).where(is_alike, User.id != user.id).limit(1)]
