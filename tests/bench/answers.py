"""From a message heard to its card at Webex, which takes 50 ms for each answer.

The worker's threads beside one thread that does everything in turn. `consentry web` is the door of
both; the emulator is Webex, which is asked who said what and takes the cards.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from bot.emulator.demo import demo_organisation
from bot.emulator.ids import new_id
from bot.emulator.organisation import Person
from bot.emulator.records import Account, Content, Message, Room
from bot.emulator.rooms import open_direct_room
from bot.emulator.server import Emulator
from tests.bench.figures import alternately, middle, percentile, show
from tests.bench.load import Load, press
from tests.bench.machine import disk
from tests.bench.processes import CONSENTRY_COMMAND, PYTHON_MODULE, apart, running
from tests.bench.wire import webhook
from tests.scenarios.test_processes import is_up, until
from tests.stage import BOT, SAM, free_port, made_up_secrets

_ROUNDS = 3
_LATENCY_SECONDS = 0.05
_WARM_UP = 12
_CONNECTIONS = 32
_SINGLES = 30
_BURST = 300
_BURST_ALONE = 60
"""One at a time a longer burst changes the waits, but not the answers per second."""


@dataclass(frozen=True)
class _Contender:
    name: str
    command: tuple[str, ...]
    burst: int


_WORKER = _Contender("worker", (*CONSENTRY_COMMAND, "worker"), _BURST)
_ALONE = _Contender("one at a time", (*PYTHON_MODULE, "tests.bench.alone"), _BURST_ALONE)


@dataclass(frozen=True)
class _Said:
    """Messages that came at once: how long each waited for its card, and for the 2xx before."""

    waits: list[float]
    acknowledged: list[float]

    @property
    def per_second(self) -> float:
        """How many answers there were per second, from the first word to the last card."""
        return len(self.waits) / max(self.waits)


@dataclass(frozen=True)
class _Round:
    singles: list[float]
    burst: _Said


def run() -> None:
    """Measure and print."""
    worker, alone = alternately(_ROUNDS, (_WORKER, _ALONE), _round)
    show(
        f"Message heard → card sent, Webex answering in {_LATENCY_SECONDS * 1000:.0f} ms: "
        f"medians of {_ROUNDS} rounds of {_SINGLES} single messages and a burst "
        f"({_BURST}; one at a time {_BURST_ALONE}), each from another person",
        ("", "single p50 ms", "p99 ms", "burst per second", "p50 ms", "p99 ms", "ack p99 ms"),
        (
            _row(_ALONE, alone),
            _row(_WORKER, worker),
            ("  times", "", "", f"{_per_second(worker) / _per_second(alone):.1f}", "", "", ""),
        ),
    )


def _row(contender: _Contender, rounds: list[_Round]) -> tuple[str, ...]:
    def figure(waits: Callable[[_Round], list[float]], percent: int) -> str:
        return f"{middle(rounds, lambda one: percentile(waits(one), percent)):,.0f}"

    return (
        contender.name,
        figure(lambda one: one.singles, 50),
        figure(lambda one: one.singles, 99),
        f"{_per_second(rounds):.1f}",
        figure(lambda one: one.burst.waits, 50),
        figure(lambda one: one.burst.waits, 99),
        figure(lambda one: one.burst.acknowledged, 99),
    )


def _per_second(rounds: list[_Round]) -> float:
    return middle(rounds, lambda one: one.burst.per_second)


def _round(contender: _Contender) -> _Round:
    with _talking(contender) as talk:
        talk.say(_WARM_UP)
        singles = [wait for _ in range(_SINGLES) for wait in talk.say(1).waits]
        return _Round(singles, talk.say(contender.burst))


@contextmanager
def _talking(contender: _Contender) -> Iterator[_Talk]:
    port, environ = free_port(), made_up_secrets()
    organisation = demo_organisation(environ["WEBEX_BOT_TOKEN"], "http://127.0.0.1/")
    people = tuple(_person(number) for number in range(_WARM_UP + _SINGLES + _BURST))
    with disk() as folder, Emulator(replace(organisation, people=people, spaces=())) as webex:
        environ |= {
            "WEBEX_API_URL": webex.api_url,
            "DATABASE_URL": f"sqlite:///{folder}/consentry.db",
            "ADMIN_EMAILS": SAM,
            "PORT": str(port),
        }
        door = _Door(port, environ["WEBEX_WEBHOOK_SECRET"])
        webex.state.faults.latency_seconds = _LATENCY_SECONDS
        with running(*CONSENTRY_COMMAND, "web", environ=environ), apart() as client:
            talk = _Talk(webex, client, door=door)
            until(lambda: is_up(port))
            with running(*contender.command, environ=environ):
                until(lambda: len(webex.state.webhooks) > 1)
                yield talk


@dataclass(frozen=True)
class _Door:
    port: int
    secret: str


class _Talk:
    """The people of the emulator, each of whom says something once."""

    def __init__(self, webex: Emulator, client: ProcessPoolExecutor, *, door: _Door) -> None:
        """Open the 1:1 spaces beforehand, for joining one is an event of its own."""
        self._state = webex.state
        self._client = client
        self._door = door
        self._bot = self._state.account_by_email(BOT)
        people = [one for one in self._state.accounts.values() if not one.is_bot]
        self._silent = [(one, open_direct_room(self._state, one, self._bot)) for one in people]

    def say(self, messages: int) -> _Said:
        """Let so many people write at once, and wait until each has a card.

        The webhooks are posted side by side: the emulator itself posts one after the other, and
        then not the bot but the emulator would be measured.
        """
        speaking = [self._silent.pop() for _ in range(messages)]
        webhooks = [self._spoken(who, room) for who, room in speaking]
        connections = min(messages, _CONNECTIONS)
        began = self._state.clock()
        load = Load(self._door.port, webhooks, connections)
        acknowledged = self._client.submit(press, load).result().waits
        rooms = {room.id for _, room in speaking}
        until(lambda: self._cards().keys() >= rooms)
        cards = self._cards()
        waits = [(cards[room] - began).total_seconds() for room in rooms]
        return _Said(waits, acknowledged)

    def _spoken(self, who: Account, room: Room) -> bytes:
        """Put a message into its space, and write the webhook that tells of it."""
        state, id_ = self._state, new_id("MESSAGE")
        with state.lock:
            number = next(state.message_numbers)
            said = Message(id_, number, room.id, who.id, Content(text="help"), state.clock())
            state.messages[said.id] = said
        told = {"id": said.id, "roomId": room.id, "personId": who.id}
        return webhook(told, secret=self._door.secret)

    def _cards(self) -> dict[str, datetime]:
        """Find when the bot first said something, by room."""
        with self._state.lock:
            messages = list(self._state.messages.values())
        mine = [one for one in messages if one.person_id == self._bot.id]
        return {one.room_id: one.created for one in reversed(mine)}


def _person(number: int) -> Person:
    return Person(f"person{number}@northwind.example", f"Person {number}")
