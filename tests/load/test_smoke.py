"""The benchmark's parts work and count right, in seconds; how fast anything is, it doesn't judge."""

import asyncio
from itertools import product
from pathlib import Path

import pytest

from tests.load import hostile
from tests.load.bench import TESTS
from tests.load.crowd import crowd
from tests.load.generator import build_generator, build_limit, compiler, generate
from tests.load.report import FIGURES, Results, report
from tests.load.servers import free_port, running
from tests.server import LanChat

pytestmark = pytest.mark.skipif(compiler() is None, reason="needs a C compiler and zlib's header")

CLIENTS = 20


@pytest.fixture(scope="module")
def generator(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_generator(tmp_path_factory.mktemp("generator"))


async def test_the_generator_loses_nothing_of_lanchat(own_server: LanChat, generator: Path, tmp_path: Path):
    people = await crowd(own_server.url, 4)
    where = {
        "port": own_server.port,
        "pid": own_server.pid,
        "tokens": people.write_tokens(tmp_path / "tokens"),
        "room": people.room_id,
        "clients": CLIENTS,
    }

    async def run(**options: object) -> dict[str, float]:
        return await asyncio.to_thread(generate, generator, warm_up=0.2, acks=True, deflate=True, **where, **options)

    closed = await run(mode="saturate", window=8, seconds=0.5)
    opened = await run(mode="rate", rate=50, seconds=0.5)
    for found in (closed, opened):
        assert (found["ready"], found["dead"], found["stalls"]) == (CLIENTS, 0, 0)
        assert found["deflated"] == 0  # LanChat declines it
        assert found["sent"] == found["completed"] == found["acknowledged"] > 20
        assert found["refused"] == 0
        assert found["us_per_delivery"] >= 0
        assert 0 < found["p50_ms"] <= found["p99_ms"] <= found["max_ms"] * 1.02
    assert 40 <= opened["sent_s"] <= 60
    assert (await run(mode="connect"))["connects_s"] > 0
    assert (await run(mode="idle", no_join=True, seconds=0.1))[
        "kb_per_connection"
    ] >= 0  # so few may fit into what was there


def test_the_limit_copies_to_everybody(generator: Path, tmp_path: Path):
    tokens = tmp_path / "tokens"
    tokens.write_text("anybody\n")
    for way in ((), ("batch",)):
        port = free_port()
        with running([str(build_limit(tmp_path)), str(port), *way], {}, port) as pid:
            found = generate(
                generator, mode="saturate", clients=CLIENTS, seconds=0.3, port=port, pid=pid, tokens=tokens, warm_up=0.1
            )
        assert found["sent"] == found["completed"] > 100


def test_the_report_says_which_goals_are_met():
    results = Results()
    keys = {key for _, _, key, _ in FIGURES} | {"generator_core_pct"}
    for peer, rounds in {"lanchat": (10.0, 10.0), "node": (90.0, 60.0), "batched-limit": (4.0, 4.0)}.items():
        for figure, test in product(rounds, TESTS):
            results.add(peer, test, dict.fromkeys(keys, figure))
    results.missing["naive"] = "no reason"
    text = report(results)
    assert "| saturated × 100, µs/delivery ≤ 1/15 of Node | 5.00 | 10.00 | missed | 1/9.0 · 1/6.0 |" in text
    assert "| window 8, µs/delivery ≤ 1/5 of Node | 15.00 | 10.00 | met | 1/9.0 · 1/6.0 |" in text
    assert "| connects/s ≥ Node | 75.00 | 10.00 | missed | 1/9.0 · 1/6.0 |" in text
    assert "| saturated × 100 ≤ 2 × the batched limit | 8.00 | 10.00 | missed | 2.50 · 2.50 |" in text
    assert "naive was not measured: no reason" in text


async def test_ten_hostile_guests_sign_nobody_out_and_end_by_themselves(tmp_path: Path):
    quiet, loud, done = await hostile.measure(tmp_path / "data", seconds=3, quiet_seconds=1)
    assert quiet.acknowledged
    assert loud.acknowledged
    assert (quiet.refused, loud.refused, quiet.shown_out, loud.shown_out) == (0, 0, 0, 0)
    assert len(done) == 10
    assert all(each["tries"] for name, each in done.items() if name != "sync_storm")  # which makes rooms first
