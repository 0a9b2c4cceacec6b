"""Brings an archive of Slack or Mattermost in: read as a whole first, then stored in portions, and nothing twice.

Whoever stops it, or has a later export of the same workspace, gets what is missing by another run. It may work beside
a running host: no transaction lasts long, and nobody who is connected is a member of what comes.
"""

from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Literal, NamedTuple, TypeVar

from lanchat.accounts.models.imported import usernames_of
from lanchat.config import Settings, SettingsError
from lanchat.core.base.text_rules import shows_something
from lanchat.core.storage.database import write_once
from lanchat.imports.archive import Archive, reading
from lanchat.imports.emoji_names import emoji_of
from lanchat.imports.files import is_coming
from lanchat.imports.foreign import ForeignMessage, ForeignRoom, ForeignUser
from lanchat.imports.mattermost import Mattermost
from lanchat.imports.models import Imported
from lanchat.imports.names import PeoplesNames, RoomsNames
from lanchat.imports.report import Report
from lanchat.imports.slack import Slack
from lanchat.imports.spool import Spool, spooling
from lanchat.rooms.models.imported import is_there

T = TypeVar("T")
Kind = Literal["slack", "mattermost"]
Progress = Callable[[int], object]
READERS: dict[Kind, type[Slack] | type[Mattermost]] = {"slack": Slack, "mattermost": Mattermost}
PLANNED = 200  # names in one transaction


class Person(NamedTuple):
    """Somebody of the archive: `local_id` where they came before, else what they will be called."""

    user: ForeignUser
    username: str
    display_name: str | None
    local_id: int | None


class Place(NamedTuple):
    """A room of the archive, as a Person is."""

    room: ForeignRoom
    name: str
    local_id: int | None


class Job:
    """`read` first: it looks at all of the archive, changes nothing, and raises SettingsError for what is damaged."""

    def __init__(self, settings: Settings, archive: Archive, kind: Kind, spool: Spool) -> None:
        self.settings, self.archive, self.spool = settings, archive, spool
        self.reader = READERS[kind](archive)
        self.people: dict[str, Person] = {}  # by foreign id
        self.places: dict[str, Place] = {}
        self.report = Report()
        self._peoples_names, self._rooms_names = PeoplesNames(), RoomsNames()

    @property
    def source(self) -> str:
        return self.reader.source

    def read(self, progress: Progress) -> None:
        """`progress` hears of each message."""
        users = list(self.reader.users())
        self._plan_people(users)
        rooms = list(self.reader.rooms())
        self._plan_places(rooms)
        strangers: dict[str, ForeignUser] = {}
        for room_id, message in self.reader.messages(rooms, self._name_of, self._room_name_of):
            if room_id not in self.places:
                self.reader.skipped["elsewhere"] += 1
                continue
            if message.author not in self.people and message.author not in strangers:
                name = message.author_name or message.author
                strangers[message.author] = ForeignUser(message.author, name, name, "", message.is_bot, True)
            self._tell_of_message(message)
            self.spool.add(room_id, message)
            progress(1)
        self._plan_people(list(strangers.values()))
        self.spool.end()
        self.report.source = self.source
        self.report.skipped = self.reader.skipped

    def _tell_of_message(self, message: ForeignMessage) -> None:
        coming = [file for file in message.files if is_coming(self.settings, self.archive, file)]
        self.report.missing += [file.name for file in message.files if file not in coming]
        self.report.empty += not (coming or shows_something(message.text))
        for reaction in message.reactions:
            if emoji_of(reaction.emoji) is None:
                self.report.emoji[reaction.emoji] += 1

    # -- names

    def _plan_people(self, users: list[ForeignUser]) -> None:
        for some in batched(users, PLANNED):
            for person in write_once(self.settings.database_path, self._named, some):
                self.people[person.user.id] = person
                self._tell_of(person)

    def _named(self, users: list[ForeignUser]) -> list[Person]:
        known = Imported.known(self.source, "person")
        usernames = usernames_of([known[user.id] for user in users if user.id in known])
        people: list[Person] = []
        for user in users:
            local_id = known.get(user.id)
            if local_id is not None:
                people.append(Person(user, usernames.get(local_id, user.name), None, local_id))
            else:
                people.append(Person(user, *self._peoples_names.of(user), None))
        return people

    def _tell_of(self, person: Person) -> None:
        report, user = self.report, person.user
        if person.local_id is not None:
            report.known_people += 1
            return
        report.people += 1
        if person.username != user.name:
            report.renamed.append((user.name or user.id, person.username))
        if user.is_bot or user.is_gone:
            report.without_login.append(person.username)

    def _plan_places(self, rooms: list[ForeignRoom]) -> None:
        for some in batched(rooms, PLANNED):
            for place, is_deleted in write_once(self.settings.database_path, self._placed, some):
                if is_deleted:
                    self.report.deleted_rooms.append(place.room.name)
                    continue
                self.places[place.room.id] = place
                self.report.known_rooms += place.local_id is not None
                self.report.rooms += place.local_id is None
                if place.local_id is None and not place.room.is_direct and place.name != place.room.name:
                    self.report.renamed_rooms.append((place.room.name, place.name))

    def _placed(self, rooms: list[ForeignRoom]) -> list[tuple[Place, bool]]:
        """With whether somebody has deleted it here since it came."""
        known = Imported.known(self.source, "room")
        places: list[tuple[Place, bool]] = []
        for room in rooms:
            local_id = known.get(room.id)
            if local_id is not None or room.is_direct:
                place = Place(room, room.name, local_id)
            else:
                place = Place(room, self._rooms_names.of(room), None)
            places.append((place, local_id is not None and not is_there(local_id)))
        return places

    def _name_of(self, foreign_id: str) -> str:
        person = self.people.get(foreign_id)
        return foreign_id if person is None else person.username

    def _room_name_of(self, foreign_id: str) -> str:
        place = self.places.get(foreign_id)
        return foreign_id if place is None else place.name


@contextmanager
def opened(settings: Settings, path: Path, kind: Kind | None) -> Generator[Job]:
    """Of a file of this kind, or of whatever kind it is. Raises SettingsError."""
    with reading(path) as archive, spooling() as spool:
        kinds: list[Kind] = [kind] if kind is not None else list(READERS)
        found: Kind | None = next((each for each in kinds if READERS[each].reads(archive)), None)
        if found is None:
            raise SettingsError("import_unknown", path=path)
        yield Job(settings, archive, found, spool)


def batched(items: Iterable[T], size: int) -> Iterator[list[T]]:
    remaining = iter(items)
    while some := list(islice(remaining, size)):
        yield some
