"""What the operating system's names and flags tell about a network interface."""

import re
import socket
import struct
import sys
from ipaddress import IPv6Address
from pathlib import Path
from typing import Literal

# `vpn`: a VPN, a tunnel or a mobile network, which lead out of the building; `virtual`: containers
# and virtual machines inside this computer.
Kind = Literal["lan", "vpn", "virtual", "loopback", "link_local"]

# Linux and macOS name interfaces by what they are; a number or an id follows.
_UNIX_NAMES: tuple[tuple[Kind, str], ...] = (
    (
        "vpn",
        r"(u?tun|tap|wg|wt|ppp|pptp|l2tp|ipsec|xfrm|vti|gre|gretap|sit|ip6?tnl|ip6gre|teredo|gif|stf)\d*",
    ),
    (
        "vpn",
        r"(wg-|tailscale|zt\w{8}|feth\d|ham\d|nebula|nordlynx|proton|mullvad|cloudflarewarp|cscotun|gpd\d).*",
    ),
    ("vpn", r"(clash|mihomo|meta|sing-?box|v2ray|xray|surge|outline).*"),
    # A mobile network leads away from the building too.
    ("vpn", r"(wwan|wwp|wwx|rmnet|pdp_ip).*"),
    ("virtual", r"br-[0-9a-f]{12}|bridge1\d\d"),
    (
        "virtual",
        r"(docker|podman|cni|flannel|cali|cilium|kube|weave|lxc|lxd|incus|waydroid|anbox|mpqemu).*",
    ),
    ("virtual", r"(veth|virbr|vnet|vmnet|vboxnet|vmenet|vnic|dummy|ifb)\w*"),
)
# Windows gives the description that the driver's maker wrote.
_WINDOWS_NAMES: tuple[tuple[Kind, str], ...] = (
    # A hotspot opened on Windows lives on this "virtual" adapter, and guests do come that way.
    ("lan", r"wi-fi direct virtual adapter"),
    (
        "vpn",
        r"vpn|\btap\b|tap-|wintun|wireguard|tunnel|tailscale|zerotier|hamachi|radmin|wan miniport",
    ),
    (
        "vpn",
        r"anyconnect|fortinet|fortissl|pangp|globalprotect|juniper|pulse secure|sonicwall|check point|sangfor",
    ),
    ("vpn", r"teredo|isatap|6to4|mobile broadband"),
    (
        "virtual",
        r"hyper-v|vethernet|vmware|virtualbox|parallels|docker|\bwsl\b|npcap|loopback",
    ),
)


def kind_by_name(name: str) -> Kind:
    for kind, pattern in _PATTERNS:
        if pattern.match(name):
            return kind
    return "lan"


def _compiled(names: tuple[tuple[Kind, str], ...], form: str) -> list[tuple[Kind, re.Pattern[str]]]:
    return [(kind, re.compile(form.format(text), re.IGNORECASE)) for kind, text in names]


_PATTERNS = _compiled(_UNIX_NAMES, "(?:{})$") + _compiled(_WINDOWS_NAMES, ".*(?:{})")


def is_running(name: str) -> bool:
    """Linux keeps listing the addresses of an unplugged interface; the others drop them."""
    if not sys.platform.startswith("linux"):
        return True
    import fcntl

    get_flags, running = 0x8913, 0x40
    request = struct.pack("16sH14x", name.partition(":")[0].encode()[:15], 0)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            answer = fcntl.ioctl(probe, get_flags, request)
        except OSError:
            return False
    flags: int = struct.unpack("16xH14x", answer)[0]
    return bool(flags & running)


def unready_ipv6() -> frozenset[str]:
    """Addresses that Linux is still checking for a twin, found one of, or is about to give up."""
    deprecated, tentative, duplicate = 0x20, 0x40, 0x08
    try:
        lines = Path("/proc/net/if_inet6").read_text("ascii").splitlines()
    except OSError:
        return frozenset()
    rows = [line.split() for line in lines]
    is_unready = deprecated | tentative | duplicate
    return frozenset(str(IPv6Address(bytes.fromhex(row[0]))) for row in rows if int(row[4], 16) & is_unready)
