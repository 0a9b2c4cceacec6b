from hypothesis import given
from hypothesis import strategies as st
from zeroconf import RecordUpdate
from zeroconf.asyncio import AsyncServiceInfo

from lanchat.discovery.announcement import CHAT_TYPE, Announcement
from lanchat.discovery.conflicts import Conflicts
from lanchat.discovery.hostname import candidates, keeps_name

IPS = st.lists(st.ip_addresses(v=4).map(str), min_size=1, max_size=3, unique=True)


def test_the_names_to_try_end_with_one_that_is_ours_alone() -> None:
    names = list(candidates("lanchat", "0123456789ABCDEF"))
    assert names[:2] == ["lanchat.local.", "lanchat-2.local."]
    assert names[-1] == "lanchat-01234567.local."
    assert len(set(names)) == len(names) == 10


@given(one=IPS, other=IPS, heard_from_one=st.data())
def test_two_hosts_never_both_keep_a_name(one: list[str], other: list[str], heard_from_one: st.DataObject) -> None:
    heard_by_other = heard_from_one.draw(st.sampled_from(one))
    heard_by_one = heard_from_one.draw(st.sampled_from(other))
    assert not (keeps_name(one, heard_by_one) and keeps_name(other, heard_by_other))


def test_the_higher_address_keeps_the_name() -> None:
    assert keeps_name(["192.168.1.9", "fd00::9"], "192.168.1.5")
    assert not keeps_name(["192.168.1.5", "fd00::9"], "192.168.1.9")
    assert not keeps_name(["192.168.1.5"], "fd00::1")


class Heard:
    """Conflicts, recording."""

    def __init__(self) -> None:
        self.addresses: list[str] = []
        self.runs: list[str] = []
        self.conflicts = Conflicts("ours", self.addresses.append, self.runs.append)
        self.conflicts.host_key = "lanchat.local."
        self.conflicts.instance_keys = {f"office.{CHAT_TYPE}"}

    def hear(self, service: AsyncServiceInfo, ttl: int | None = None) -> None:
        records = [*service.dns_addresses(ttl), service.dns_text(ttl), service.dns_service(ttl)]
        now = records[0].created
        self.conflicts.async_update_records(None, now + 1, [RecordUpdate(record) for record in records])


def service(run: str, server: str = "LanChat.local.", name: str = "Office") -> AsyncServiceInfo:
    announcement = Announcement(id="x", name=name, version="1", port=8000, run=run)
    return announcement.service(CHAT_TYPE, name, server, ["192.168.1.5", "fd00::5"])


def test_whoever_speaks_in_our_name_is_noticed_whatever_the_case() -> None:
    heard = Heard()
    heard.hear(service(run="theirs"))
    assert heard.addresses == ["192.168.1.5", "fd00::5"]
    assert heard.runs == ["theirs"]


def test_our_own_words_coming_back_are_no_foreign_instance() -> None:
    heard = Heard()
    heard.hear(service(run="ours"))
    assert heard.runs == []


def test_others_with_other_names_are_left_alone() -> None:
    heard = Heard()
    heard.hear(service(run="theirs", server="lanchat-2.local.", name="Kitchen"))
    assert (heard.addresses, heard.runs) == ([], [])


def test_a_goodbye_is_no_claim() -> None:
    heard = Heard()
    heard.hear(service(run="theirs"), ttl=0)
    assert (heard.addresses, heard.runs) == ([], [])
