"""The organisation that these tests live in, and small clients of its emulator."""

import base64
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import requests

from bot.emulator.organisation import Bot, Integration, Organisation, Person, Space
from bot.emulator.server import Emulator

Json = dict[str, Any]

ANA, BEN, SAM, EVE = (
    "ana@clinic.example",
    "ben@clinic.example",
    "sam@clinic.example",
    "eve@else.example",
)
ROBO, OTHER = "robo@webex.bot", "other@webex.bot"
ROBO_TOKEN, OTHER_TOKEN = "robo-token", "other-token"
REDIRECT = "https://app.example/callback"
SCOPES = (
    "spark:people_read",
    "spark:messages_read",
    "spark:rooms_read",
    "identity:tokens_read",
    "identity:tokens_write",
    "spark-admin:roles_read",
)
DASHBOARD = Integration("Dashboard", "C" + "1" * 64, "s3cret", (REDIRECT,), SCOPES)
WIDE = Integration(
    "Wide", "C" + "2" * 64, "w1de", (REDIRECT, "https://app.example/other?x=1"), ("spark:all",)
)
ORGANISATION = Organisation(
    name="Clinic",
    people=(
        Person(ANA, "Ana Ruiz", timezone="Europe/Madrid"),
        Person(BEN, "Ben Okafor"),
        Person(SAM, "Sam Lindqvist", roles=("Full Administrator",)),
        Person(EVE, "Eve Else", org="Elsewhere"),
    ),
    bots=(Bot(ROBO, "Robo", ROBO_TOKEN), Bot(OTHER, "Other Bot", OTHER_TOKEN)),
    spaces=(Space("Telephony", (ANA, BEN, ROBO)), Space("Secret", (BEN, SAM))),
    integrations=(DASHBOARD, WIDE),
)
CARD: Json = {
    "type": "AdaptiveCard",
    "version": "1.3",
    "body": [{"type": "Input.Text", "id": "note"}],
    "actions": [{"type": "Action.Submit", "title": "Go", "data": {"action": "go"}}],
}


def card_attachment(card: Json) -> list[Json]:
    return [{"contentType": "application/vnd.microsoft.card.adaptive", "content": card}]


@dataclass(frozen=True)
class Api:
    """Ask the REST API with one access token."""

    url: str
    token: str

    def __call__(
        self, method: str, path: str, json: object = None, **params: str
    ) -> requests.Response:
        headers = {"Authorization": f"Bearer {self.token}"}
        url = self.url + path
        return requests.request(method, url, json=json, params=params, headers=headers, timeout=5)

    def ok(self, method: str, path: str, json: object = None, **params: str) -> Json:
        answer = self(method, path, json, **params)
        assert answer.ok, answer.text
        found: Json = answer.json() if answer.content else {}
        return found

    def refused(self, method: str, path: str, json: object = None, **params: str) -> int:
        """Return the status of a refusal, whose body is checked to be Webex's."""
        answer = self(method, path, json, **params)
        assert not answer.ok, answer.text
        assert set(answer.json()) == {"message", "errors", "trackingId"}
        assert answer.json()["errors"][0]["description"]
        assert answer.json()["trackingId"] == answer.headers["Trackingid"]
        return answer.status_code


@dataclass(frozen=True)
class Control:
    """Ask the control API."""

    url: str

    def __call__(self, method: str, name: str, wish: Json | None = None, **query: str) -> Json:
        url = f"{self.url}/_emulator/{name}"
        answer = requests.request(method, url, json=wish, params=query, timeout=5)
        assert answer.ok, answer.text
        found: Json = answer.json()
        return found

    def status(self, method: str, name: str, wish: object = None, **query: str) -> int:
        url = f"{self.url}/_emulator/{name}"
        return requests.request(method, url, json=wish, params=query, timeout=5).status_code

    def say(self, person: str, text: str, **where: str) -> Json:
        return self("POST", "speak", {"person": person, "text": text, **where})


@dataclass(frozen=True)
class Heard:
    """What a webhook's target was sent."""

    body: bytes
    signature: str | None


@dataclass
class Receiver:
    """A target of webhooks, which answers as it is told."""

    url: str = ""
    status: int = 200
    heard: list[Heard] = field(default_factory=list)
    may_answer: Event = field(default_factory=Event)


@contextmanager
def receiver() -> Iterator[Receiver]:
    target = Receiver()
    target.may_answer.set()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            target.heard.append(Heard(body, self.headers.get("X-Spark-Signature")))
            target.may_answer.wait(5)
            self.send_response(target.status)
            self.send_header("Location", "/elsewhere")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        target.url = f"http://127.0.0.1:{server.server_port}/hook"
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield target
        target.may_answer.set()
        server.shutdown()
        thread.join()


VERIFIER = "v" * 50
CHALLENGE = (
    base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).decode().rstrip("=")
)


def authorize_url(webex: Emulator, **changes: str | None) -> str:
    """Return a good authorize address, with parameters changed or (None) left out."""
    asked: dict[str, str | None] = {
        "client_id": DASHBOARD.client_id,
        "response_type": "code",
        "redirect_uri": REDIRECT,
        "scope": " ".join(SCOPES),
        "state": "st",
        "code_challenge": CHALLENGE,
        "code_challenge_method": "S256",
    }
    query = {name: value for name, value in (asked | changes).items() if value is not None}
    return f"{webex.api_url}/authorize?{urlencode(query)}"


def answer_of(redirect: str) -> dict[str, str]:
    """Return what a redirect tells the integration."""
    return {name: values[0] for name, values in parse_qs(urlsplit(redirect).query).items()}


def consent(webex: Emulator, person: str, **changes: str | None) -> str:
    """Let a person accept; return the code."""
    wish = {"url": authorize_url(webex, **changes), "person": person}
    return answer_of(Control(webex.url)("POST", "consent", wish)["redirect"])["code"]


def ask_for_tokens(webex: Emulator, **changes: str) -> requests.Response:
    """Ask the token endpoint as Dashboard."""
    form = {"client_id": DASHBOARD.client_id, "client_secret": DASHBOARD.client_secret}
    return requests.post(f"{webex.api_url}/access_token", data=form | changes, timeout=5)


def redeem(webex: Emulator, code: str, /, **changes: str) -> requests.Response:
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": REDIRECT}
    return ask_for_tokens(webex, **(form | {"code_verifier": VERIFIER} | changes))


def refresh(webex: Emulator, refresh_token: str, **changes: str) -> requests.Response:
    form = {"grant_type": "refresh_token", "refresh_token": refresh_token}
    return ask_for_tokens(webex, **(form | changes))


def granted(webex: Emulator, person: str, **changes: str | None) -> Json:
    """Let a person consent to Dashboard; return the tokens."""
    answer = redeem(webex, consent(webex, person, **changes))
    assert answer.ok, answer.text
    tokens: Json = answer.json()
    return tokens


def signed_in(webex: Emulator, person: str, scope: str | None = None) -> Api:
    """Return the API as a person's integration sees it."""
    changes = {"scope": scope} if scope else {}
    return Api(webex.api_url, granted(webex, person, **changes)["access_token"])
