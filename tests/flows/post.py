"""An outbox with somebody who delivers it, and a Webex that takes what is delivered."""

from __future__ import annotations

from collections.abc import Callable

from bot.core.messages import Address, Message
from bot.flows.deliveries import SEND_LEASE, Deliveries
from tests.flows.doubles import PostOffice
from tests.flows.world import World


class Post:
    """An outbox, who delivers it, and the other side."""

    def __init__(self, world: World) -> None:
        """Build it over the world's store and clock."""
        self.world = world
        self.office = PostOffice()
        self.deliveries = Deliveries(
            store=world.store,
            messenger=self.office,
            administrators=world.administrators,
            notices=world.notices,
            clock=world.clock,
        )

    def put(self, to: Address, *texts: str, retracts: str = "") -> None:
        with self.world.store.begin() as work:
            for text in texts:
                message = Message(to, text, {"type": "AdaptiveCard"}, retracts=retracts)
                assert work.outbox.put(message, now=self.world.clock())

    def deliver(self) -> int:
        """Deliver what is due now; give how many were handled."""
        return sum(iter(lambda: self.deliveries.deliver_next("worker"), False))

    def repeats(self) -> int:
        with self.world.store.reading() as work:
            return work.outbox.repeats()

    def sent(self) -> list[str]:
        return [message.markdown for message in self.office.sent]

    def die_after_sending(self, to: Address) -> None:
        """Send a message, and lose the worker before it can note that."""
        self.put(to, "one")
        with self.world.store.begin() as work:
            claimed = work.outbox.claim("dying", now=self.world.clock(), lease=SEND_LEASE)
        assert claimed is not None
        self.world.clock.move(SEND_LEASE)


class SlowOffice(PostOffice):
    """A post so slow that meanwhile somebody else takes the message over."""

    def __init__(self, steal: Callable[[], object], failure: Exception | None) -> None:
        super().__init__()
        self.steal, self.failure = steal, failure

    def post(self, message: Message) -> str:
        self.steal()
        if self.failure:
            raise self.failure
        return super().post(message)
