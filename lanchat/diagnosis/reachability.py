"""How far a connection gets, and which way it would go: the doctor's eyes."""

import asyncio
import errno
import re
import socket
import sys
from typing import Literal

Outcome = Literal["open", "refused", "silent", "unreachable"]
KNOCK_TIME = 4.0  # s; Linux gives up looking for a neighbour after three
NEIGHBOUR_LOOKS = 10  # a second apart
_MAC = re.compile(r"\b([0-9a-f]{1,2}[:-]){5}[0-9a-f]{1,2}\b", re.IGNORECASE)


async def knock(ip: str, port: int, seconds: float = KNOCK_TIME) -> Outcome:
    try:
        async with asyncio.timeout(seconds):
            _, writer = await asyncio.open_connection(ip, port)
    except TimeoutError:
        return "silent"
    except ConnectionRefusedError:
        return "refused"
    except OSError as error:
        # Some systems report their own silence by an error of this number.
        return "silent" if error.errno == errno.ETIMEDOUT else "unreachable"
    writer.transport.abort()
    return "open"


def route_source(ip: str) -> str | None:
    """Our address on the way to `ip`; None without a way. Connecting a datagram socket sends nothing."""
    family = socket.AF_INET6 if ":" in ip else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect((ip, 9))
        except OSError:
            return None
        return str(probe.getsockname()[0]).partition("%")[0]


async def is_neighbour_known(ip: str) -> bool | None:
    """Whether the computer at an address of our subnet answers "who has it"; None if we can't tell.

    To be asked after a knock in vain. A firewall lets that question through, an access point that
    separates its guests does not.
    """
    if sys.platform.startswith("linux"):
        return await _neighbour_of_linux(ip)
    if ":" in ip:
        return None
    output = await _output("arp", "-a" if sys.platform == "win32" else "-n", ip)
    return None if output is None else _MAC.search(output) is not None


async def _neighbour_of_linux(ip: str) -> bool | None:
    """A stale entry, made when the other asked for us, is tried again only five seconds after the knock."""
    for _ in range(NEIGHBOUR_LOOKS):
        output = await _output("ip", "neigh", "show", "to", ip)
        if output is None:
            return None
        state = (output.split() or ["FAILED"])[-1]
        if state in {"REACHABLE", "PERMANENT", "NOARP"}:
            return True
        if state in {"FAILED", "INCOMPLETE"}:
            return False
        await asyncio.sleep(1)
    return None


async def _output(*command: str) -> str | None:
    try:
        program = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    except OSError:
        return None
    output, _ = await program.communicate()
    return output.decode(errors="replace")
