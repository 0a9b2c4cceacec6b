"""Turns measurements into two tables: the figures of everybody, and LanChat's against the goals."""

from collections import defaultdict
from dataclasses import dataclass, field
from statistics import median
from typing import Any

FIGURES = (
    # what it says, test, key of the generator's report, digits
    ("saturated, 100 receivers: µs/delivery", "full", "us_per_delivery", 2),
    ("… thousand deliveries/s", "full", "deliveries_s", 0),
    ("… server/generator, % of a core", "full", "server_core_pct", 0),
    ("… afterwards (LanChat: words indexed): µs/message", "full", "afterwards_us", 1),
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

    def rounds(self, peer: str, test: str, key: str) -> list[float]:
        return [found[key] for found in self._found.get((peer, test), ())]

    def get(self, peer: str, test: str, key: str) -> float | None:
        values = self.rounds(peer, test, key)
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
    """LanChat's figure must be at most (or, with `at_least`, at least) `factor` of what `peer` has, or of 1."""

    says: str
    test: str
    key: str
    peer: str | None
    factor: float
    at_least: bool = False

    def bound(self, results: Results) -> float | None:
        value = 1.0 if self.peer is None else results.get(self.peer, self.test, self.key)
        return None if value is None else value * self.factor

    def ratios(self, results: Results) -> list[float]:
        """LanChat's figure as a share of the peer's, round by round."""
        if self.peer is None:
            return []
        ours_by_round = results.rounds("lanchat", self.test, self.key)
        theirs = results.rounds(self.peer, self.test, self.key)
        return [ours / value for ours, value in zip(ours_by_round, theirs, strict=False) if value]

    def is_met_by(self, measured: float, bound: float) -> bool:
        return measured >= bound if self.at_least else measured <= bound


COST = "us_per_delivery"
GOALS = (
    Goal("saturated × 100, µs/delivery ≤ 1/15 of Node", "full", COST, "node", 1 / 15),
    Goal("saturated × 100 ≤ 2 × the batched limit", "full", COST, "batched-limit", 2),
    Goal("saturated × 500 ≤ 1/15 of Node", "full500", COST, "node", 1 / 15),
    Goal("saturated × 500 ≤ 2 × the batched limit", "full500", COST, "batched-limit", 2),
    Goal("window 8, µs/delivery ≤ 1/5 of Node", "window8", COST, "node", 1 / 5),
    Goal("50 msg/s: CPU ≤ 1/1.3 of Node", "rate50", "server_core_pct", "node", 1 / 1.3),
    Goal("50 msg/s: p50 ≤ Node", "rate50", "p50_ms", "node", 1),
    Goal("50 msg/s: p99 ≤ Node", "rate50", "p99_ms", "node", 1),
    Goal("300 msg/s: p99 ≤ 10 ms", "rate300", "p99_ms", None, 10),
    Goal("300 msg/s: CPU ≤ 40 % of a core", "rate300", "server_core_pct", None, 40),
    Goal("connects/s ≥ Node", "connect", "connects_s", "node", 1, at_least=True),
    Goal("KB a connection ≤ 1/2 of Node", "idle", "kb_per_connection", "node", 1 / 2),
)


def _table_of_goals(results: Results) -> list[str]:
    lines = ["| goal | bound | LanChat | | LanChat ÷ the other, by round |", "|---|---|---|---|---|"]
    for goal in GOALS:
        bound, measured = goal.bound(results), results.get("lanchat", goal.test, goal.key)
        if bound is None or measured is None:
            continue
        verdict = "met" if goal.is_met_by(measured, bound) else "missed"
        ratios = " · ".join(map(_ratio, goal.ratios(results))) or "–"
        lines.append(f"| {goal.says} | {bound:.2f} | {measured:.2f} | {verdict} | {ratios} |")
    return lines


def _ratio(value: float) -> str:
    return f"{value:.2f}" if value >= 1 else f"1/{1 / value:.1f}"
