"""Owns the figures of a running server: counted as plain numbers, put into Prometheus' words when somebody looks."""

import time
from bisect import bisect_left
from collections import Counter, deque
from collections.abc import Callable, Iterable

from prometheus_client import CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)  # s
MINUTE = 60  # s
# What a request is about; paths themselves would be a figure each.
# A client may make up any other: each would be a figure of its own.
METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"))
KINDS = (("/api/upload", "upload"), ("/api/", "api"), ("/files/", "file"), ("/socket.io/", "socket"))


class Histogram:
    def __init__(self) -> None:
        self._counts = [0] * (len(BUCKETS) + 1)
        self._sum = 0.0

    def observe(self, seconds: float) -> None:
        self._counts[bisect_left(BUCKETS, seconds)] += 1
        self._sum += seconds

    def add_to(self, family: HistogramMetricFamily, labels: list[str]) -> None:
        total, buckets = 0, list[tuple[str, float]]()
        for bound, count in zip((*map(str, BUCKETS), "+Inf"), self._counts, strict=True):
            total += count
            buckets.append((bound, total))
        family.add_metric(labels, buckets, self._sum)


class LastMinute:
    """How often something happened within the last minute, in steps of a second."""

    def __init__(self) -> None:
        self._seconds: deque[list[int]] = deque(maxlen=MINUTE)

    def count(self) -> None:
        now = int(time.monotonic())
        if self._seconds and self._seconds[-1][0] == now:
            self._seconds[-1][1] += 1
        else:
            self._seconds.append([now, 1])

    def total(self) -> int:
        since = time.monotonic() - MINUTE
        return sum(count for second, count in self._seconds if second > since)


class Metrics(Collector):
    """Counting costs well under a microsecond: the hot path does it too."""

    def __init__(self) -> None:
        self.messages = 0
        self.messages_last_minute = LastMinute()
        self.delivery = Histogram()  # from a message's arrival to its hand-over to the sockets of its room
        self.uploads = 0
        self.upload_bytes = 0
        self.requests: Counter[tuple[str, str, str]] = Counter()  # kind, method, status
        self.durations: dict[str, Histogram] = {}  # by kind
        self.event_errors: Counter[str] = Counter()  # by code
        self._gauges: list[tuple[str, str, Callable[[], float]]] = []
        self._counters: list[tuple[str, str, Callable[[], float]]] = []
        self._registry = CollectorRegistry(auto_describe=False)
        self._registry.register(self)
        ProcessCollector(registry=self._registry)

    def gauge(self, name: str, about: str, look: Callable[[], float]) -> None:
        """A figure that goes up and down, looked up when somebody asks."""
        self._gauges.append((f"lanchat_{name}", about, look))

    def counter(self, name: str, about: str, look: Callable[[], float]) -> None:
        """A figure that somebody else counts."""
        self._counters.append((f"lanchat_{name}", about, look))

    def count_message(self, started: float) -> None:
        """`started` by `time.perf_counter`."""
        self.messages += 1
        self.messages_last_minute.count()
        self.delivery.observe(time.perf_counter() - started)

    def count_upload(self, size: int) -> None:
        self.uploads += 1
        self.upload_bytes += size

    def count_request(self, path: str, method: str, status: int, seconds: float) -> None:
        kind = next((kind for prefix, kind in KINDS if path.startswith(prefix)), "page")
        self.requests[kind, method if method in METHODS else "other", str(status)] += 1
        if kind != "socket":  # those hang by design
            self.durations.setdefault(kind, Histogram()).observe(seconds)

    def text(self) -> bytes:
        return generate_latest(self._registry)

    def collect(self) -> Iterable[Metric]:
        for name, about, look in self._gauges:
            yield GaugeMetricFamily(name, about, look())
        for name, about, look in self._counters:
            yield CounterMetricFamily(name, about, look())
        yield GaugeMetricFamily("lanchat_messages_per_minute", "Messages sent.", self.messages_last_minute.total())
        yield CounterMetricFamily("lanchat_messages", "Messages sent since the start.", self.messages)
        yield CounterMetricFamily("lanchat_uploads", "Files received.", self.uploads)
        yield CounterMetricFamily("lanchat_upload_bytes", "Bytes of files received.", self.upload_bytes)
        yield CounterMetricFamily("lanchat_uploads_refused", "Files refused.", self._uploads_refused())
        requests = CounterMetricFamily("lanchat_requests", "Requests answered.", labels=["kind", "method", "status"])
        for labels, count in sorted(self.requests.items()):
            requests.add_metric(list(labels), count)
        yield requests
        event_errors = CounterMetricFamily("lanchat_event_errors", "Socket events refused.", labels=["code"])
        for code, count in sorted(self.event_errors.items()):
            event_errors.add_metric([code], count)
        yield event_errors
        durations = HistogramMetricFamily("lanchat_request_seconds", "Until an answer ends.", labels=["kind"])
        for kind, histogram in sorted(self.durations.items()):
            histogram.add_to(durations, [kind])
        yield durations
        delivery = HistogramMetricFamily("lanchat_delivery_seconds", "From a message's arrival to its delivery.")
        self.delivery.add_to(delivery, [])
        yield delivery

    def _uploads_refused(self) -> int:
        """For whatever reason: too large, too many, no room left, nobody logged in."""
        kinds = (("upload", "POST", str(status)) for status in range(400, 600))
        return sum(self.requests[kind] for kind in kinds if kind in self.requests)
