"""Taking rooms out of a LanChat, and looking into what came."""

import io
import json
import zipfile
from dataclasses import dataclass
from typing import Any

import jsonschema

from tests.files import Fetched, fetch
from tests.people import Person


@dataclass(frozen=True)
class Archive:
    zip: zipfile.ZipFile

    def json(self) -> Any:
        """The one document in it, which its schema describes."""
        (name,) = (name for name in self.zip.namelist() if name in {"room.json", "me.json"})
        document = json.loads(self.zip.read(name))
        schema = json.loads(self.zip.read(name.replace(".json", ".schema.json")))
        jsonschema.Draft202012Validator.check_schema(schema)
        jsonschema.Draft202012Validator(schema).validate(document)
        return document

    def page(self, name: str = "index.html") -> str:
        return self.zip.read(name).decode()

    def files(self) -> dict[str, bytes]:
        return {name: self.zip.read(name) for name in self.zip.namelist() if name.startswith("files/")}

    def everything(self) -> str:
        return "".join(self.zip.read(name).decode(errors="replace") + name for name in self.zip.namelist())


async def order(person: Person, what: str, **draft: str) -> str:
    """Where it is fetched."""
    return (await person.post(f"{what}/export", draft)).expect(201)["path"]


async def export(person: Person, room: dict[str, Any] | None = None, **draft: str) -> Archive:
    """Of a room, or of all that is theirs; as a browser does it, but by the token."""
    what = "/api/auth/me" if room is None else f"/api/rooms/{room['id']}"
    return opened(await fetch(person, await order(person, what, **draft)))


def opened(fetched: Fetched) -> Archive:
    assert fetched.status == 200, fetched.content[:300]
    archive = zipfile.ZipFile(io.BytesIO(fetched.content))
    assert archive.testzip() is None
    return Archive(archive)
