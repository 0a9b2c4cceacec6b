"""Runs a part of discovery in a test's namespace; ends when its standard input does."""

import asyncio
import json
import sys
from pathlib import Path
from types import SimpleNamespace

from lanchat.desktop.nearby_hosts import Lookout
from lanchat.diagnosis.examine import examine, examine_way_to
from lanchat.diagnosis.host_side import HostSetup
from lanchat.discovery.announcement import Announcement
from lanchat.discovery.favourites import Favourites
from lanchat.discovery.mdns import Advertiser
from lanchat.discovery.multicast import Multicast, advertised
from lanchat.discovery.nearby import Nearby
from lanchat.discovery.search import search
from tests.lan.host import serve_host
from tests.lan.speaking import orders, say


async def advertise(name: str, identity: str) -> None:
    """Every line that comes in is a change of the announcement."""
    multicast = Multicast()
    await multicast.start()
    advertiser = Advertiser(multicast, Announcement(id=identity, name=name, version="1", port=8000, https_port=8443))
    advertiser.start()
    say(started=True)
    telling = asyncio.gather(tell_names(advertiser), tell_addresses(multicast))
    async for line in await orders():
        advertiser.update(**json.loads(line))
    telling.cancel()
    await advertiser.stop()
    say(said_goodbye=True)
    await multicast.stop()


async def tell_names(advertiser: Advertiser) -> None:
    await advertiser.announced()
    told = None
    while True:
        if advertiser.host_name not in {told, None}:
            told = advertiser.host_name
            say(host_name=told)
        await asyncio.sleep(0.05)


async def tell_addresses(multicast: Multicast) -> None:
    told = None
    while True:
        current = [address.ip for address in advertised(multicast.addresses)]
        if current != told:
            told = current
            say(addresses=told)
        await asyncio.sleep(0.05)


async def look(favourites: str) -> None:
    """Says the list of hosts whenever it changes."""
    multicast = Multicast()
    await multicast.start()
    nearby = Nearby(
        multicast, Favourites(Path(favourites)), lambda: say(hosts=[host.as_json() for host in nearby.hosts])
    )
    nearby.start()
    say(started=True)
    async for _ in await orders():
        pass
    await nearby.stop()
    await multicast.stop()


async def look_out(favourites: str) -> None:
    """What the window's first screen would list, whenever it changes."""
    lookout = Lookout(Favourites(Path(favourites)), may_listen=True)
    await lookout.start()
    say(started=True)
    telling = asyncio.create_task(tell_hosts(lookout))
    async for _ in await orders():
        pass
    telling.cancel()
    await lookout.stop()


async def tell_hosts(lookout: Lookout) -> None:
    told = None
    while True:
        current = [host.as_json() for host in lookout.hosts]
        if current != told:
            told = current
            say(hosts=told)
        await asyncio.sleep(0.05)


async def find(favourites: str, seconds: str) -> None:
    hosts = await search(float(seconds), Favourites(Path(favourites)))
    say(hosts=[host.as_json() for host in hosts])


async def doctor(folder: str, *way: str) -> None:
    """With `way`, an address or a name, on a guest's computer; else on the host's."""
    favourites = Favourites(Path(folder) / "favourites.json")
    if way:
        findings = await examine_way_to(way[0], 8000, favourites)
    else:
        findings = await examine(HostSetup(8000, Path(folder), disk_reserve=500 << 20), favourites)
    say(findings=[finding.as_json("en") for finding in findings])


async def follow(url: str, token: str, room_id: str) -> None:
    """Hears a room through whatever happens; told until when, says what it heard."""
    from tests.reliability.follower import Follower

    follower = Follower(SimpleNamespace(name="reader", token=token), int(room_id), url)
    await follower.start()
    say(started=True)
    async for line in await orders():
        await follower.has_all_up_to(json.loads(line)["until"])
        heard = [message["content"] for _, message in sorted(follower.timeline.items())]
        say(heard=heard, unordered=follower.unordered, connections=follower.connections)
    await follower.stop()


COMMANDS = {
    "look": look,
    "look_out": look_out,
    "search": find,
    "advertise": advertise,
    "host": serve_host,
    "doctor": doctor,
    "follow": follow,
}

if __name__ == "__main__":
    asyncio.run(COMMANDS[sys.argv[1]](*sys.argv[2:]))
