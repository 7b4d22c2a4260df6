"""Stand-ins for what lies across the network and for the clock; they keep what happened."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeVar

from bot.core.errors import WebexRefused
from bot.core.events import Pressed, Spoken
from bot.core.integrations import Integration
from bot.core.messages import Message
from bot.core.people import Person
from bot.core.secrets import Secret
from bot.core.tokens import TokenPair

_Thing = TypeVar("_Thing")

BOT = Person("bot-id", "consentry@webex.bot", "Consentry", is_human=False)


@dataclass
class FakeClock:
    """A clock that stands still until it is moved."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now

    def move(self, by: timedelta) -> None:
        self.now += by


@dataclass
class FakeMessenger:
    """The bot's account at a Webex that remembers what was sent, and fails when told to."""

    people: dict[str, Person] = field(default_factory=dict)
    messages: dict[str, Spoken] = field(default_factory=dict)
    presses: dict[str, Pressed] = field(default_factory=dict)
    direct_rooms: set[str] = field(default_factory=set)
    sent: list[Message] = field(default_factory=list)
    retracted: list[str] = field(default_factory=list)
    failures: deque[Exception] = field(default_factory=deque)

    def me(self) -> Person:
        return BOT

    def person(self, person_id: str) -> Person:
        return self._found(self.people, person_id)

    def spoken(self, message_id: str) -> Spoken:
        return self._found(self.messages, message_id)

    def pressed(self, action_id: str) -> Pressed:
        return self._found(self.presses, action_id)

    def is_direct(self, room_id: str) -> bool:
        return room_id in self.direct_rooms

    def post(self, message: Message) -> str:
        self.sent.append(message)
        return f"sent-{len(self.sent)}"

    def retract(self, message_id: str) -> None:
        self.retracted.append(message_id)

    def recent(self, message: Message, *, since: datetime) -> list[str]:
        return []

    def _found(self, things: Mapping[str, _Thing], name: str) -> _Thing:
        if self.failures:
            raise self.failures.popleft()
        if name not in things:
            raise WebexRefused("Webex knows no such thing.", status=404)
        return things[name]


@dataclass
class FakeAuthority:
    """A token endpoint that gives what it was told to give, in this order, then the last again."""

    account: Person
    answers: list[TokenPair | Exception]
    asked: list[str] = field(default_factory=list)

    def authorize_url(
        self,
        integration: Integration,
        *,
        scopes: tuple[str, ...],
        state: str,
        challenge: str,
        login_hint: str,
    ) -> str:
        return f"https://webex.example/authorize?client_id={integration.client_id}&state={state}"

    def exchange(self, integration: Integration, *, code: str, verifier: Secret) -> TokenPair:
        return self._next(f"exchange {code}")

    def refresh(self, integration: Integration, refresh_token: Secret) -> TokenPair:
        return self._next(f"refresh {integration.slug}")

    def whose(self, access_token: Secret) -> Person:
        return self.account

    def _next(self, asked: str) -> TokenPair:
        self.asked.append(asked)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer
