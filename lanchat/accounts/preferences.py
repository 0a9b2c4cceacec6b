"""What somebody prefers for themselves."""

from lanchat.accounts.hooks import preferred
from lanchat.accounts.models import User
from lanchat.accounts.schemas.preferences import Preferences, PreferencesChange, PreferencesUpdated
from lanchat.core.base.rate_limits import Rate
from lanchat.core.base.refusals import invalid_input
from lanchat.core.chat import Chat
from lanchat.core.hooks import Tell

PREFERENCES = Rate("preferences", 120, 60)  # changes of a user


async def change_preferences(chat: Chat, user_id: int, change: PreferencesChange) -> Preferences:
    """Raises InvalidInput where nothing is to change."""
    chat.limits.hit(PREFERENCES, user_id)
    if not change.model_fields_set:
        raise invalid_input("body", "nothing_to_change")

    def store() -> tuple[Preferences, list[Tell]]:
        before = User.preferences_of(user_id)
        wanted = change.of(before)
        User.set_preferences(user_id, wanted)
        return wanted, preferred.all(chat.fillings, user_id, before, wanted)

    def tell(stored: tuple[Preferences, list[Tell]]) -> None:
        wanted, lines = stored
        for line in lines:
            line(chat)
        chat.hub.to_user(user_id, "preferences_updated", PreferencesUpdated(preferences=wanted))

    return (await chat.db.write(store, then=tell))[0]
