"""Makes people the way they make themselves: accounts and tokens by REST, and a room that all are in."""

import asyncio
from dataclasses import dataclass
from pathlib import Path

from tests.people import People, people_at

AT_ONCE = 8  # registrations: hashing is meant to be slow, and a request that waits too long is given up


@dataclass(frozen=True)
class Crowd:
    room_id: int
    tokens: list[str]

    def write_tokens(self, path: Path) -> Path:
        path.write_text("\n".join(self.tokens) + "\n", "ascii")
        path.chmod(0o600)
        return path


async def crowd(url: str, size: int) -> Crowd:
    """The server must run with `--limits off`."""
    async with people_at(url) as people:
        founder = await people.one("founder")
        room = await founder.make_room("bench")
        gate = asyncio.Semaphore(AT_ONCE)

        async def enter(people: People) -> str:
            async with gate:
                person = await people.one("guest")
                await person.join(room)
                return person.token

        tokens = await asyncio.gather(*(enter(people) for _ in range(size - 1)))
    return Crowd(room["id"], [founder.token, *tokens])
