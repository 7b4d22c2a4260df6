"""What operators can watch, read from the store at each scrape.

So any process tells the same, and none must be summed.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, ProcessCollector
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.core.keeping import Store
    from bot.core.ports import Clock


LATELY = timedelta(days=1)
"""How long a fault that does not happen again is still of interest."""


class Metrics:
    """The registry."""

    def __init__(self, store: Store, clock: Clock) -> None:
        """Make a registry that reads the store at each scrape."""
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self.registry.register(_Kept(store, clock))


class _Kept(Collector):
    """Reads how much waits and how the connections stand."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def describe(self) -> list[GaugeMetricFamily]:
        """Name nothing in advance, so that registering does not read the store."""
        return []

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Read the store."""
        with self._store.reading() as work:
            waiting = {"inbox": work.inbox.waiting(), "outbox": work.outbox.waiting()}
            states = work.connections.count()
            incidents = work.incidents.open(since=self._clock() - LATELY)
            repeats = work.outbox.repeats()
        yield _gauge("consentry_waiting", "Events and messages that wait.", where=waiting)
        yield _gauge("consentry_connections", "Connections by state.", state=states)
        yield _gauge("consentry_incidents", "Faults of the last day.", what=incidents)
        yield GaugeMetricFamily(
            "consentry_messages_sent_in_doubt",
            "Messages of the last month that may have appeared twice.",
            repeats,
        )


def _gauge(name: str, about: str, **labelled: dict[str, int]) -> GaugeMetricFamily:
    ((label, values),) = labelled.items()
    family = GaugeMetricFamily(name, about, labels=[label])
    for value, number in values.items():
        family.add_metric([value], number)
    return family
