"""A local network for tests: a switch and computers around it, each in a network namespace of its own.

Nothing in it can reach, or be heard by, the network of the computer that runs the tests.
"""

import itertools
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

from tests.patience import patience

T = TypeVar("T")
ROOT = Path(__file__).parent.parent.parent
_numbers = itertools.count()


def why_impossible() -> str | None:
    """Why this system can't have such a network, or None."""
    if not sys.platform.startswith("linux") or shutil.which("ip") is None:
        return "needs Linux and iproute2"
    name = f"lc{os.getpid()}-try"
    if subprocess.run(["ip", "netns", "add", name], capture_output=True, check=False).returncode:
        return "may not make network namespaces here"
    subprocess.run(["ip", "netns", "del", name], check=True)
    return None


def wait_for(what: Callable[[], T | None], seconds: float, message: str = "") -> T:
    """The first true answer; AssertionError when the time is over, of which a busy machine gets more."""
    started = time.monotonic()
    while True:
        answer = what()
        if answer:
            return answer
        if time.monotonic() > started + patience(seconds):
            raise AssertionError(f"not within {seconds} s: {message or what}")
        time.sleep(0.05)


@contextmanager
def local_network() -> Iterator["Network"]:
    network = Network()
    try:
        network.switch_on()
        yield network
    finally:
        network.remove()


class Network:
    """Computers are added by `computer()`, already plugged in."""

    def __init__(self) -> None:
        self._prefix = f"lc{os.getpid()}-{next(_numbers)}"
        self.folder = Path(tempfile.mkdtemp(prefix="lanchat-lan-"))
        self.computers: list[Computer] = []
        self._namespaces: list[str] = []
        self.switch = ""

    def switch_on(self) -> None:
        self.switch = self._namespace("switch")
        ip(self.switch, "link add switch type bridge mcast_snooping 0 forward_delay 0")
        ip(self.switch, "link set switch up")

    def computer(self, name: str, *addresses: str) -> "Computer":
        """`addresses` with their prefix: 192.168.77.1/24, fd77::1/64."""
        namespace = self._namespace(name)
        port = f"p{len(self.computers)}"
        # Both ends are made where they belong: nothing ever shows up in the system's own namespace.
        ip(self.switch, f"link add {port} type veth peer name eth0 netns {namespace}")
        ip(self.switch, f"link set {port} master switch up")
        ip(namespace, "link set eth0 up")
        computer = Computer(name, namespace, port, self)
        for address in addresses:
            computer.add(address)
        self.computers.append(computer)
        return computer

    def remove(self) -> None:
        for computer in self.computers:
            computer.shut_down()
        for namespace in self._namespaces:
            subprocess.run(["ip", "netns", "del", namespace], check=True)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _namespace(self, name: str) -> str:
        namespace = f"{self._prefix}-{name}"
        subprocess.run(["ip", "netns", "add", namespace], check=True)
        self._namespaces.append(namespace)
        # No waiting for the twin check of IPv6 addresses, but where a test wants it.
        for scope in ("all", "default"):
            in_namespace(namespace, "sysctl", "-qw", f"net.ipv6.conf.{scope}.accept_dad=0")
        ip(namespace, "link set lo up")
        return namespace


class Computer:
    """One namespace with `eth0` in the switch."""

    def __init__(self, name: str, namespace: str, port: str, network: Network) -> None:
        self.name = name
        self.namespace = namespace
        self.folder = network.folder / name
        self.folder.mkdir()
        self._port = port
        self._network = network
        self._programs: list[subprocess.Popen[Any]] = []

    def add(self, address: str, interface: str = "eth0") -> None:
        self.ip(f"addr add {address} dev {interface}" + (" nodad" if ":" in address else ""))

    def drop(self, address: str, interface: str = "eth0") -> None:
        self.ip(f"addr del {address} dev {interface}")

    def unplug(self) -> None:
        ip(self._network.switch, f"link set {self._port} down")

    def plug(self) -> None:
        ip(self._network.switch, f"link set {self._port} up")

    def isolate(self, is_isolated: bool = True) -> None:
        """As guest networks do: of two isolated computers neither reaches the other."""
        bridge(self._network.switch, f"link set dev {self._port} isolated {'on' if is_isolated else 'off'}")

    def block_multicast(self) -> None:
        """As some access points do, to save air time. Broadcasts, which ARP needs, go through."""
        bridge(self._network.switch, f"link set dev {self._port} mcast_flood off")

    def separate(self) -> None:
        """As client isolation does: what is said to all gets through to this computer, what is said to one doesn't."""
        rule = "ether type { ip, arp } ether daddr & 01:00:00:00:00:00 == 00:00:00:00:00:00 drop"
        hook = f"type filter hook ingress device {self._port} priority 0;"
        filtered(self._network.switch, f"table netdev t{self._port} {{ chain c {{ {hook}\n{rule}\n}}\n}}")

    def close_port(self, port: int, address: str = "") -> None:
        """A firewall that lets nobody in from outside, or not at this one IPv4 address."""
        rule = f'iifname "eth0" {f"ip daddr {address} " if address else ""}tcp dport {port} drop'
        filtered(self.namespace, f"table inet t {{ chain c {{ type filter hook input priority 0;\n{rule}\n}}\n}}")

    def count_mdns(self) -> None:
        """From now on; see `mdns_sent`."""
        rule = "udp dport 5353 counter name sent"
        hook = f"counter sent {{ }}\nchain c {{ type filter hook output priority 0;\n{rule}\n}}"
        filtered(self.namespace, f"table inet mdns {{ {hook}\n}}")

    @property
    def mdns_sent(self) -> int:
        """How many packets of mDNS left this computer since `count_mdns`."""
        listed = json.loads(self.run("nft", "--json", "list", "counter", "inet", "mdns", "sent"))
        return listed["nftables"][-1]["counter"]["packets"]

    def add_interface(self, name: str, address: str) -> None:
        """One that is up, with nobody at its other end."""
        self.ip(f"link add {name} type veth peer name {name}-end")
        for end in (name, f"{name}-end"):
            self.ip(f"link set {end} up")
        self.add(address, name)

    def move_cable_to(self, other: "Computer", its_bridge: str) -> None:
        """Out of the switch, into a bridge inside another computer."""
        ip(self._network.switch, f"link set {self._port} netns {other.namespace}")
        ip(other.namespace, f"link set {self._port} master {its_bridge} up")

    def ip(self, command: str) -> str:
        return ip(self.namespace, command)

    def run(self, *command: str, seconds: float = 20) -> str:
        """The output of a program that ends by itself, whatever its exit code."""
        return in_namespace(self.namespace, *command, seconds=seconds)

    def python(self, code: str) -> str:
        return self.run(sys.executable, "-c", code)

    def start(self, *command: str, **options: Any) -> "subprocess.Popen[str]":
        program = subprocess.Popen(
            ["ip", "netns", "exec", self.namespace, *command], cwd=ROOT, text=True, start_new_session=True, **options
        )
        self._programs.append(program)
        return program

    def shut_down(self) -> None:
        for program in self._programs:
            # The group may live on after its first program.
            with suppress(ProcessLookupError):
                os.killpg(program.pid, signal.SIGKILL)
            program.wait()
            for stream in (program.stdin, program.stdout):
                if stream is not None:
                    stream.close()


def ip(namespace: str, command: str) -> str:
    return subprocess.run(["ip", "-n", namespace, *command.split()], check=True, capture_output=True, text=True).stdout


def bridge(namespace: str, command: str) -> None:
    subprocess.run(["bridge", "-n", namespace, *command.split()], check=True)


def filtered(namespace: str, rules: str) -> None:
    subprocess.run(["ip", "netns", "exec", namespace, "nft", "-f", "-"], input=rules, text=True, check=True)


def in_namespace(namespace: str, *command: str, seconds: float = 20) -> str:
    done = subprocess.run(
        ["ip", "netns", "exec", namespace, *command],
        capture_output=True,
        text=True,
        timeout=patience(seconds),
        check=False,
        cwd=ROOT,
    )
    return done.stdout + done.stderr
