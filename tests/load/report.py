"""Turns measurements into two tables: the figures of everybody, and LanChat's against the goals."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median
from typing import Any

FIGURES = (
    # what it says, test, key of the generator's report, digits
    ("saturated, 100 receivers: µs/delivery", "full", "us_per_delivery", 2),
    ("… thousand deliveries/s", "full", "deliveries_s", 0),
    ("… server/generator, % of a core", "full", "server_core_pct", 0),
    ("saturated, 500 receivers: µs/delivery", "full500", "us_per_delivery", 2),
    ("window 8, 100 receivers: µs/delivery", "window8", "us_per_delivery", 2),
    ("50 msg/s × 100: p50 ms", "rate50", "p50_ms", 2),
    ("… p99 ms", "rate50", "p99_ms", 2),
    ("… % of a core", "rate50", "server_core_pct", 1),
    ("300 msg/s × 100: p50 ms", "rate300", "p50_ms", 2),
    ("… p99 ms", "rate300", "p99_ms", 2),
    ("… % of a core", "rate300", "server_core_pct", 1),
    ("connects/s", "connect", "connects_s", 0),
    ("… CPU ms each", "connect", "connect_cpu_ms", 2),
    ("KB a connection", "idle", "kb_per_connection", 1),
)


@dataclass
class Results:
    """Each figure is the median of its rounds."""

    missing: dict[str, str] = field(default_factory=dict)
    _found: dict[tuple[str, str], list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))

    def add(self, peer: str, test: str, found: dict[str, Any]) -> None:
        self._found[peer, test].append(found)

    def peers(self) -> list[str]:
        return list(dict.fromkeys(peer for peer, _ in self._found))

    def get(self, peer: str, test: str, key: str) -> float | None:
        values = [found[key] for found in self._found.get((peer, test), ())]
        return median(values) if values else None


def report(results: Results) -> str:
    lines = [*_table_of_all(results), "", *_table_of_goals(results)]
    lines += [f"{peer} was not measured: {reason}" for peer, reason in results.missing.items()]
    return "\n".join(lines)


def _table_of_all(results: Results) -> list[str]:
    peers = results.peers()
    lines = ["| | " + " | ".join(peers) + " |", "|---" * (len(peers) + 1) + "|"]
    for says, test, key, digits in FIGURES:
        cells = [_cell(results, peer, test, key, digits) for peer in peers]
        lines.append(f"| {says} | " + " | ".join(cells) + " |")
    return lines


def _cell(results: Results, peer: str, test: str, key: str, digits: int) -> str:
    value = results.get(peer, test, key)
    if value is None:
        return "–"
    if key == "deliveries_s":
        value /= 1000
    text = f"{value:.{digits}f}"
    return f"{text}/{results.get(peer, test, 'generator_core_pct'):.0f}" if says_generator(key, test) else text


def says_generator(key: str, test: str) -> bool:
    return (key, test) == ("server_core_pct", "full")


@dataclass(frozen=True)
class Goal:
    """LanChat's figure must be at most (or, with `at_least`, at least) `bound` of the results."""

    says: str
    test: str
    key: str
    bound: Callable[["Results"], float | None]
    at_least: bool = False


def _share(peer: str, test: str, key: str, factor: float) -> Callable[[Results], float | None]:
    def bound(results: Results) -> float | None:
        value = results.get(peer, test, key)
        return None if value is None else value * factor

    return bound


def _fixed(value: float) -> Callable[[Results], float | None]:
    return lambda _: value


COST = "us_per_delivery"
GOALS = (
    Goal("saturated × 100, µs/delivery ≤ 1/15 of Node", "full", COST, _share("node", "full", COST, 1 / 15)),
    Goal("saturated × 100 ≤ 2 × the batched limit", "full", COST, _share("batched-limit", "full", COST, 2)),
    Goal("saturated × 500 ≤ 1/15 of Node", "full500", COST, _share("node", "full500", COST, 1 / 15)),
    Goal("saturated × 500 ≤ 2 × the batched limit", "full500", COST, _share("batched-limit", "full500", COST, 2)),
    Goal("window 8, µs/delivery ≤ 1/5 of Node", "window8", COST, _share("node", "window8", COST, 1 / 5)),
    Goal(
        "50 msg/s: CPU ≤ 1/1.3 of Node",
        "rate50",
        "server_core_pct",
        _share("node", "rate50", "server_core_pct", 1 / 1.3),
    ),
    Goal("50 msg/s: p50 ≤ Node", "rate50", "p50_ms", _share("node", "rate50", "p50_ms", 1)),
    Goal("50 msg/s: p99 ≤ Node", "rate50", "p99_ms", _share("node", "rate50", "p99_ms", 1)),
    Goal("300 msg/s: p99 ≤ 10 ms", "rate300", "p99_ms", _fixed(10)),
    Goal("300 msg/s: CPU ≤ 40 % of a core", "rate300", "server_core_pct", _fixed(40)),
    Goal("connects/s ≥ Node", "connect", "connects_s", _share("node", "connect", "connects_s", 1), at_least=True),
    Goal("KB a connection ≤ Node", "idle", "kb_per_connection", _share("node", "idle", "kb_per_connection", 1)),
)


def _table_of_goals(results: Results) -> list[str]:
    lines = ["| goal | bound | LanChat | |", "|---|---|---|---|"]
    for goal in GOALS:
        bound, measured = goal.bound(results), results.get("lanchat", goal.test, goal.key)
        if bound is None or measured is None:
            continue
        is_met = measured >= bound if goal.at_least else measured <= bound
        lines.append(f"| {goal.says} | {bound:.2f} | {measured:.2f} | {'met' if is_met else 'missed'} |")
    return lines
