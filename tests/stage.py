"""The whole of Consentry before a local Webex, played step by step: people act, the bot answers.

Everything is real but the clock, which is the emulator's: HTTP in both directions, the database,
signatures, tokens. ``Stage.play()`` does what the worker's threads do, until nothing is left to do.
"""

from __future__ import annotations

import re
import secrets
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import requests
from werkzeug.serving import WSGIRequestHandler, make_server

from bot.app import Consentry, build
from bot.core.integrations import Integration, Renewal
from bot.core.secrets import Secret
from bot.emulator.demo import demo_organisation
from bot.emulator.server import Emulator
from bot.settings import read_settings
from bot.store.schema import upgrade
from bot.store.sealing import generate_key
from bot.worker import Worker

ANA = "ana.ruiz@northwind.example"
BEN = "ben.okafor@northwind.example"
SAM = "sam.lindqvist@northwind.example"
EVE = "eve@elsewhere.example"
BOT = "consentry@webex.bot"
SPACE = "Clinic Telephony"
_LINK = re.compile(r"http://127\.0\.0\.1:\d+/connect/[\w-]+")
_SECONDS = 10


class _Quiet(WSGIRequestHandler):
    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""


class Stage:
    """Consentry, its doors served, and the people of Northwind Clinic."""

    def __init__(
        self, database_url: str, webex: Emulator, *, url: str, keys: dict[str, str]
    ) -> None:
        """Build it over an emulator that runs."""
        self.webex = webex
        self.url = url
        self.environ = keys | {
            "WEBEX_API_URL": webex.api_url,
            "PUBLIC_URL": url,
            "DATABASE_URL": database_url,
            "ADMIN_EMAILS": SAM,
            "PORT": url.rpartition(":")[2],
        }
        self.consentry: Consentry = build(read_settings(self.environ), clock=webex.clock)
        upgrade(self.consentry.store.engine)
        self.worker: Worker = self.consentry.worker()

    def register(
        self, *, slug: str = "calling", name: str = "Calling Dashboard", renews: bool = True
    ) -> None:
        """Register one of the emulator's integrations with the bot."""
        found = [one for one in self.webex.state.integrations.values() if one.name == name]
        given = Integration(
            slug=slug,
            name=name,
            client_id=found[0].client_id,
            client_secret=Secret(found[0].client_secret),
            scopes=found[0].scopes,
            owner_email=BEN,
            purpose="Shows who is on the phone.",
            renewal=Renewal.AUTOMATIC if renews else Renewal.MANUAL,
        )
        with self.consentry.store.begin() as work:
            self.consentry.integrations.register(work, given, who="the test")

    def play(self) -> None:
        """Let Webex deliver, the bot answer, refresh and remind, until nothing is left to do."""
        for _ in range(20):
            assert self.webex.state.deliveries.wait_until_idle(_SECONDS)
            before = len(self.webex.state.messages)
            self.worker.refresh()
            self.worker.remind()
            self.worker.drain()
            if self.webex.state.deliveries.wait_until_idle(0) and before == len(
                self.webex.state.messages
            ):
                return

    def move(self, **by: float) -> None:
        """Let time pass, in days or hours, and the bot notice."""
        self.webex.clock.move(timedelta(**by))
        self.play()

    def say(self, person: str, text: str, *, space: str = "") -> None:
        """Let a person write to the bot, or mention it in a space; the bot answers."""
        self.control("speak", person=person, text=text, **_where(space))
        self.play()

    def press(self, person: str, message: dict[str, Any], button: str, **inputs: object) -> None:
        """Let a person press a button of a message; the bot answers."""
        wish = {"messageId": message["id"], "button": button, "inputs": inputs}
        self.control("press", person=person, **wish)
        self.play()

    def heard(self, person: str) -> list[dict[str, Any]]:
        """List what the bot said to a person in their 1:1 space."""
        return self._from_bot(self._direct_space(person))

    def heard_in(self, space: str) -> list[dict[str, Any]]:
        """List what the bot said in a group space."""
        return self._from_bot(space)

    def last(self, person: str) -> str:
        """Give the last thing that the bot said to a person, as text."""
        return str(self.heard(person)[-1]["markdown"])

    def link(self, person: str) -> str:
        """Find the consent link in what the bot said last to a person."""
        found = [_LINK.search(said["markdown"]) for said in self.heard(person)]
        links = [match.group() for match in found if match]
        assert links, "no consent link was sent"
        return links[-1]

    def connect(self, person: str, slug: str = "calling") -> requests.Response:
        """Go all the way: ask, open the link, consent; gives the page at the end."""
        self.say(person, f"connect {slug}")
        return self.consent(self.link(person), person)

    def consent(
        self,
        link: str,
        person: str,
        *,
        decision: str = "accept",
        browser: requests.Session | None = None,
    ) -> requests.Response:
        """Open a link in a browser and decide on Webex's page as this person."""
        browser = browser or requests.Session()
        opened = browser.get(link, allow_redirects=False, timeout=_SECONDS)
        assert opened.status_code == 302, opened.text
        back = self.decide(opened.headers["Location"], person, decision=decision)
        page = browser.get(back, timeout=_SECONDS)
        self.play()
        return page

    def decide(self, authorize_url: str, person: str, *, decision: str = "accept") -> str:
        """Decide on Webex's page; gives where Webex sends the browser back to."""
        answer = self.control("consent", person=person, url=authorize_url, decision=decision)
        return str(answer["redirect"])

    def control(self, what: str, *, method: str = "POST", **wish: object) -> dict[str, Any]:
        """Ask something of the emulator."""
        url = f"{self.webex.url}/_emulator/{what}"
        sent = {"params": wish} if method in ("GET", "DELETE") else {"json": wish}
        answer = requests.request(method, url, timeout=_SECONDS, **sent)  # type: ignore[arg-type]  # either
        answer.raise_for_status()
        return dict(answer.json())

    def _direct_space(self, person: str) -> str:
        spaces = self.control("spaces", method="GET", person=person)["items"]
        direct = [s["id"] for s in spaces if s["type"] == "direct" and BOT in s["members"]]
        return direct[0] if direct else ""

    def _from_bot(self, space: str) -> list[dict[str, Any]]:
        if not space:
            return []
        said = self.control("transcript", method="GET", space=space)["items"]
        return [one for one in said if one["personEmail"] == BOT and not one["isDeleted"]]


@contextmanager
def staged(database_url: str, *, adaptive_cards: Path | None = None) -> Iterator[Stage]:
    """Put a stage up and take it down again."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    keys = made_up_secrets()
    organisation = demo_organisation(keys["WEBEX_BOT_TOKEN"], f"{url}/oauth/callback")
    with Emulator(organisation, adaptive_cards=adaptive_cards) as webex:
        stage = Stage(database_url, webex, url=url, keys=keys)
        app = stage.consentry.web()
        server = make_server("127.0.0.1", port, app, threaded=True, request_handler=_Quiet)
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        stage.worker.open_up()
        try:
            yield stage
        finally:
            server.shutdown()
            thread.join()
            server.server_close()
            stage.worker.stop()
            stage.consentry.store.engine.dispose()


def _where(space: str) -> dict[str, Any]:
    return {"space": space, "mention": True} if space else {"to": BOT}


def free_port(*, together: int = 1) -> int:
    """Find a port that is free, and so are the next ones."""
    while True:
        with ExitStack() as probes:
            first = probes.enter_context(socket.socket())
            first.bind(("127.0.0.1", 0))
            port = int(first.getsockname()[1])
            try:
                for number in range(1, together):
                    probes.enter_context(socket.socket()).bind(("127.0.0.1", port + number))
            except OSError:
                continue
            return port


def made_up_secrets() -> dict[str, str]:
    """Draw the settings that must be secret."""
    return {
        "WEBEX_BOT_TOKEN": secrets.token_urlsafe(32),
        "WEBEX_WEBHOOK_SECRET": secrets.token_urlsafe(32),
        "SECRET_KEY": secrets.token_urlsafe(32),
        "ENCRYPTION_KEYS": generate_key().reveal(),
    }


def said_by_bot(webex: Emulator, person: str) -> list[Any]:
    """List what the bot said to a person in their 1:1 space, without asking by HTTP."""
    with webex.state.lock:
        rooms = {
            room.id
            for room in webex.state.rooms_with(webex.state.account_by_email(person))
            if room.is_direct
        }
        bot = webex.state.account_by_email(BOT).id
        messages = list(webex.state.messages.values())
    return [
        one
        for one in messages
        if one.room_id in rooms and one.person_id == bot and not one.is_deleted
    ]
