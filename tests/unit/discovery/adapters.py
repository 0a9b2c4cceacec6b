"""What ifaddr lists on real kinds of computers, written down so that any system can judge them."""

import ifaddr

Row = tuple[str, list[tuple[str, int]]]


def adapters(rows: list[Row]) -> list[ifaddr.Adapter]:
    """`rows` hold a name, and its addresses with the bits of their network."""
    return [
        ifaddr.Adapter(name, name, [_ip(text, prefix, name) for text, prefix in ips], index)
        for index, (name, ips) in enumerate(rows, start=1)
    ]


def _ip(text: str, prefix: int, name: str) -> ifaddr.IP:
    if ":" not in text:
        return ifaddr.IP(text, prefix, name)
    ip, _, zone = text.partition("%")
    return ifaddr.IP((ip, 0, int(zone or 0)), prefix, name)


LINUX_LAPTOP: list[Row] = [
    ("lo", [("127.0.0.1", 8), ("::1", 128)]),
    ("docker0", [("172.17.0.1", 16)]),
    ("br-3f1d9b2c7a10", [("172.18.0.1", 16), ("fe80::42:acff:fe12:1%4", 64)]),
    ("virbr0", [("192.168.122.1", 24)]),
    (
        "wlp2s0",
        [
            ("192.168.1.42", 24),
            ("2a02:8106:21:6d00::42", 64),
            ("fe80::a1b2:c3d4%5", 64),
        ],
    ),
    ("enp3s0", [("10.20.0.7", 16)]),
    ("wg-mullvad", [("10.64.12.9", 32), ("fc00:bbbb:bbbb:bb01::1:c08", 128)]),
    ("tailscale0", [("100.101.102.103", 32), ("fd7a:115c:a1e0::6501:6667", 128)]),
    ("wwan0", [("10.133.4.20", 29)]),
]
LINUX_SERVER_BRIDGE: list[Row] = [
    ("lo", [("127.0.0.1", 8)]),
    ("br0", [("192.168.0.10", 24)]),
    ("vnet0", [("fe80::fc54:ff:fe11:2233%3", 64)]),
]
WINDOWS_LAPTOP: list[Row] = [
    ("Software Loopback Interface 1", [("127.0.0.1", 8), ("::1", 128)]),
    ("VirtualBox Host-Only Ethernet Adapter", [("192.168.56.1", 24)]),
    ("VMware Virtual Ethernet Adapter for VMnet8", [("192.168.183.1", 24)]),
    ("Hyper-V Virtual Ethernet Adapter", [("172.28.96.1", 20)]),
    ("TAP-Windows Adapter V9", [("10.8.0.6", 30)]),
    ("Fortinet SSL VPN Virtual Ethernet Adapter", [("10.212.134.200", 32)]),
    ("Cisco AnyConnect Virtual Miniport Adapter for Windows x64", [("10.99.1.4", 22)]),
    ("Contoso head office", [("172.16.40.12", 32)]),
    ("Teredo Tunneling Pseudo-Interface", [("2001:0:2851:782c:2c1c:3a4d:f5a8:1", 64)]),
    ("Bluetooth Device (Personal Area Network)", [("169.254.77.3", 16)]),
    ("Realtek PCIe GbE Family Controller", [("169.254.10.20", 16)]),
    ("Intel(R) Wi-Fi 6 AX201 160MHz", [("192.168.31.77", 24), ("fe80::5c1:77%12", 64)]),
]
WINDOWS_EXTERNAL_SWITCH: list[Row] = [
    ("Hyper-V Virtual Ethernet Adapter", [("172.28.96.1", 20)]),
    ("Hyper-V Virtual Ethernet Adapter #2", [("192.168.1.30", 24)]),
]
WINDOWS_HOTSPOT: list[Row] = [
    ("Intel(R) Wi-Fi 6 AX201 160MHz", [("10.1.2.3", 16)]),
    ("Microsoft Wi-Fi Direct Virtual Adapter #2", [("192.168.137.1", 24)]),
]
MACOS_LAPTOP: list[Row] = [
    ("lo0", [("127.0.0.1", 8), ("::1", 128), ("fe80::1%1", 64)]),
    ("anpi0", [("fe80::10%4", 64)]),
    ("awdl0", [("fe80::a8bb%9", 64)]),
    ("utun3", [("10.5.0.2", 32), ("fe80::cafe%12", 64)]),
    ("utun4", [("198.18.0.1", 16)]),
    ("bridge100", [("192.168.64.1", 24)]),
    ("en0", [("192.168.178.23", 24), ("fd00:1234::23", 64), ("fe80::1c%6", 64)]),
]
MACOS_SHARING: list[Row] = [
    ("en0", [("10.0.0.8", 24)]),
    ("bridge100", [("192.168.2.1", 24)]),
]
MACOS_MOBILE_ONLY: list[Row] = [("en0", [("192.0.0.2", 32), ("2a01:598:a0a0:1::7", 64)])]
