"""Avahi on a test's computer: an independent voice and ear for mDNS."""

import ctypes.util
import shutil
import subprocess

from tests.lan.network import Computer, wait_for

QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}

BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>system</type><listen>unix:path={folder}/bus</listen><auth>EXTERNAL</auth>
<policy context="default"><allow own="*"/><allow send_destination="*"/><allow receive_sender="*"/>
<allow user="*"/></policy></busconfig>"""

DAEMON = """[server]
host-name={name}
use-ipv4=yes
use-ipv6=yes
[wide-area]
enable-wide-area=no
[publish]
publish-hinfo=no
publish-workstation=no
"""


# The C library of a computer with this asks Avahi for every name that ends with .local.
LOOKUP = "hosts: files mdns4_minimal [NOTFOUND=return] dns\n"


def is_installed() -> bool:
    return all(shutil.which(name) for name in ("avahi-daemon", "avahi-browse", "avahi-resolve", "dbus-daemon"))


def has_lookup() -> bool:
    """Whether the C library can be told to ask a daemon: Debian's libnss-mdns."""
    return ctypes.util.find_library("nss_mdns4_minimal") is not None


class Avahi:
    """A daemon with a message bus of its own. `host_name` without `.local`."""

    def __init__(self, computer: Computer, host_name: str) -> None:
        self._computer = computer
        folder = computer.folder
        (folder / "bus.conf").write_text(BUS.format(folder=folder))
        (folder / "avahi.conf").write_text(DAEMON.format(name=host_name))
        computer.start("dbus-daemon", f"--config-file={folder}/bus.conf", "--nofork", "--nopidfile", **QUIET)
        wait_for((folder / "bus").exists, 5, "no message bus")
        # Its pid file has a fixed place: a private /run keeps two of them, and the system's, apart.
        (folder / "nsswitch.conf").write_text(LOOKUP)
        daemon = f"avahi-daemon --no-drop-root --no-chroot --no-rlimits -f {folder}/avahi.conf"
        bus = f"DBUS_SYSTEM_BUS_ADDRESS=unix:path={folder}/bus"
        lookup = f"mount --bind {folder}/nsswitch.conf /etc/nsswitch.conf"
        script = f"mount -t tmpfs none /run && {lookup} && exec {daemon}"
        self._daemon = computer.start("unshare", "--mount", "env", bus, "sh", "-c", script, **QUIET)
        wait_for(lambda: "Failed" not in self.ask("avahi-resolve", "-n", f"{host_name}.local"), 10, "no avahi")

    @property
    def entered(self) -> tuple[str, ...]:
        """What a command is prefixed with, for its look-ups of names to be answered by this daemon."""
        return ("nsenter", f"--target={self._daemon.pid}", "--mount", "--net")

    def ask(self, *command: str) -> str:
        bus = f"DBUS_SYSTEM_BUS_ADDRESS=unix:path={self._computer.folder}/bus"
        return self._computer.run("env", bus, *command)

    def browse(self, type_: str) -> list[dict[str, str]]:
        """Everything of a type that is known and resolves, one entry for each interface and protocol."""
        lines = self.ask("avahi-browse", "--resolve", "--parsable", "--terminate", type_).splitlines()
        rows = [line.split(";", 9) for line in lines if line.startswith("=")]
        names = ("sign", "interface", "protocol", "name", "type", "domain", "host", "address", "port", "txt")
        return [dict(zip(names, row, strict=False)) for row in rows]

    def resolve(self, name: str, *options: str) -> str:
        """The address of a host name, or an empty text."""
        answer = self.ask("avahi-resolve", *options, "-n", name).split()
        return answer[1] if len(answer) == 2 and answer[0] == name else ""
