from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.core.integrations import Integration
from bot.core.secrets import Secret
from bot.core.tokens import TokenPair, pkce_challenge
from bot.emulator import acts
from bot.emulator.organisation import Bot, Organisation, Person, Space
from bot.emulator.organisation import Integration as Registered
from bot.emulator.server import Emulator
from bot.webex.messenger import WebexMessenger
from bot.webex.oauth import WebexAuthority
from bot.webex.sdk import Sdk

API = "https://webex.test/v1"
BOT_TOKEN = "planted-bot-token"
CLIENT_SECRET = "planted client/secret+=&%~é"
REDIRECT_URI = "http://127.0.0.1/oauth/callback"
VERIFIER = Secret("v" * 40 + "-._~")
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
ANA, BEN, BOT = "ana@example.com", "ben@example.com", "consentry@webex.bot"

ORGANISATION = Organisation(
    name="Example",
    people=(Person(ANA, "Ana Ruiz"), Person(BEN, "Zoë Ünal")),
    bots=(Bot(BOT, "Consentry", BOT_TOKEN),),
    spaces=(Space("Telephony", (ANA, BEN, BOT)),),
    integrations=(
        Registered(
            "Calling Dashboard",
            client_id="C1",
            client_secret=CLIENT_SECRET,
            redirect_uris=(REDIRECT_URI,),
            scopes=("spark:people_read", "spark:calls_read"),
        ),
    ),
)


@pytest.fixture
def webex() -> Iterator[Emulator]:
    with Emulator(ORGANISATION) as emulator:
        yield emulator


@pytest.fixture
def sdk(webex: Emulator) -> Sdk:
    return Sdk(webex.api_url, Secret(BOT_TOKEN), lambda: NOON)


@pytest.fixture
def messenger(sdk: Sdk) -> WebexMessenger:
    return WebexMessenger(sdk)


@pytest.fixture
def authority(webex: Emulator) -> WebexAuthority:
    return WebexAuthority(webex.api_url, REDIRECT_URI, lambda: NOON)


@pytest.fixture
def mocked() -> WebexAuthority:
    """An authority for ``responses``, where one failing call is the point."""
    return WebexAuthority(API, REDIRECT_URI, lambda: NOON)


@pytest.fixture
def integration() -> Integration:
    return Integration(
        slug="calling-dashboard",
        name="Calling Dashboard",
        client_id="C1",
        client_secret=Secret(CLIENT_SECRET),
        scopes=("spark:people_read", "spark:calls_read"),
        owner_email=ANA,
    )


def authorize_url(authority: WebexAuthority, integration: Integration, **changed: str) -> str:
    asked = {
        "state": "s-1",
        "challenge": pkce_challenge(VERIFIER.reveal()),
        "login_hint": ANA,
        **changed,
    }
    return authority.authorize_url(integration, scopes=integration.scopes, **asked)


def consent(webex: Emulator, url: str, decision: str = "accept") -> dict[str, str]:
    with webex.state.lock:
        wish = {"person": ANA, "url": url, "decision": decision}
        back = acts.consent(webex.state, wish)["redirect"]
    assert back.startswith(REDIRECT_URI)
    return {name: values[0] for name, values in parse_qs(urlsplit(back).query).items()}


@pytest.fixture
def tokens(authority: WebexAuthority, integration: Integration, webex: Emulator) -> TokenPair:
    back = consent(webex, authorize_url(authority, integration))
    return authority.exchange(integration, code=back["code"], verifier=VERIFIER)
