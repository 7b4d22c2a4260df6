"""What operators can watch: counted while it happens, or read from the store when asked.

Gauges come from the store at each scrape, so any process tells the same and none must be summed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, ProcessCollector
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.core.keeping import Store


class Metrics:
    """The registry and the counters of this process."""

    def __init__(self, store: Store) -> None:
        """Make a registry that reads the store at each scrape."""
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self.registry.register(_Kept(store))
        self.resent = Counter(
            "consentry_messages_resent_in_doubt_total",
            "Messages sent again in a group space where Webex does not let a bot look.",
            registry=self.registry,
        )


class _Kept(Collector):
    """Reads how much waits and how the connections stand."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def describe(self) -> list[GaugeMetricFamily]:
        """Name nothing in advance, so that registering does not read the store."""
        return []

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Read the store."""
        with self._store.reading() as work:
            waiting = {"inbox": work.inbox.waiting(), "outbox": work.outbox.waiting()}
            states = work.connections.count()
            incidents = work.incidents.open()
        yield _gauge("consentry_waiting", "Events and messages that wait.", where=waiting)
        yield _gauge("consentry_connections", "Connections by state.", state=states)
        yield _gauge("consentry_incidents", "Open faults for the operator.", what=incidents)


def _gauge(name: str, about: str, **labelled: dict[str, int]) -> GaugeMetricFamily:
    ((label, values),) = labelled.items()
    family = GaugeMetricFamily(name, about, labels=[label])
    for value, number in values.items():
        family.add_metric([value], number)
    return family
