"""The demonstration: what ``consentry run`` starts with when no bot token is set.

A local Webex (the emulator) with a demo organisation, keys that are made once and kept in ``var/``,
and the organisation's two integrations. The bot itself does not know the difference: it is given
another ``WEBEX_API_URL`` and a clock that follows the emulator's.
"""

from __future__ import annotations

import json
import secrets
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING

import requests

from bot.core.errors import BadInput
from bot.core.integrations import Integration
from bot.core.secrets import Secret
from bot.emulator import demo as clinic
from bot.emulator.server import Emulator
from bot.store.sealing import generate_key

if TYPE_CHECKING:
    from bot.core.keeping import Store
    from bot.core.ports import Clock
    from bot.flows.integrations import Integrations

EMULATOR_URL = "CONSENTRY_EMULATOR_URL"
"""Tells the demo's processes where the emulator runs; nobody sets it by hand."""
_KEPT = Path("var/demo.json")
_EMULATOR_PORT = 8081
_ASK_AGAIN_AFTER = 0.5
_TOKEN_BYTES = 48
_ADMINISTRATOR = "sam.lindqvist@northwind.example"
_OWNER = "ana.ruiz@northwind.example"
_SLUGS = {
    clinic.CALLING: ("calling", "Shows who is on the phone and how the queues are doing."),
    clinic.CONTACT_CENTER: ("wallboard", "Shows the contact centre's queues on the wall."),
}


def is_on(environ: Mapping[str, str]) -> bool:
    """Tell whether there is no real Webex to talk to."""
    return not environ.get("WEBEX_BOT_TOKEN", "").strip()


def environment(environ: Mapping[str, str], *, kept: Path = _KEPT) -> dict[str, str]:
    """Complete the environment: what is set stays, what is missing comes from the kept keys.

    Raises:
        BadInput: The kept keys can be neither read nor made.
    """
    keys = _keys(kept)
    emulator_url = f"http://127.0.0.1:{_above(environ.get('PORT', ''))}"
    return {
        "WEBEX_API_URL": f"{emulator_url}/v1",
        "ADMIN_EMAILS": _ADMINISTRATOR,
        "SWEEP_SECONDS": "2",
        EMULATOR_URL: emulator_url,
        **{name: value for name, value in keys.items() if name.isupper()},
        **{name: value for name, value in environ.items() if value.strip()},
    }


def _above(port: str) -> int:
    try:
        return int(port) + 1
    except ValueError:  # not set, or rubbish that the settings will complain of
        return _EMULATOR_PORT


def emulator(port: int, *, redirect_uri: str, bot_token: Secret, kept: Path = _KEPT) -> Emulator:
    """Build the local Webex with the demo organisation; the caller starts and stops it."""
    organisation = clinic.demo_organisation(
        bot_token.reveal(), redirect_uri, json.loads(_keys(kept)["client_secrets"])
    )
    memory = kept.with_name("emulator.json")
    return Emulator(organisation, port=port, adaptive_cards=renderer(), memory=memory)


def renderer() -> Path | None:
    """Find Microsoft's card renderer where `make install` put it, if npm was there."""
    script = Path(sys.prefix) / "share" / "adaptivecards" / "adaptivecards.min.js"
    return script if script.exists() else None


def new_token() -> str:
    """Make a token that nobody can guess."""
    return secrets.token_urlsafe(_TOKEN_BYTES)


def register(store: Store, integrations: Integrations, webex: Emulator) -> None:
    """Register the demo organisation's integrations, unless that was done on an earlier start."""
    with store.begin() as work:
        known = {integration.slug for integration in work.integrations.all()}
        for client in webex.state.integrations.values():
            slug, purpose = _SLUGS[client.name]
            if slug not in known:
                given = Integration(
                    slug=slug,
                    name=client.name,
                    client_id=client.client_id,
                    client_secret=Secret(client.client_secret),
                    scopes=client.scopes,
                    owner_email=_OWNER,
                    purpose=purpose,
                )
                integrations.register(work, given, who="the demonstration")


def clock(real: Clock, emulator_url: str) -> Clock:
    """Follow the emulator's movable clock, so that moving it moves the bot's deadlines, too."""
    asked_at, offset = -_ASK_AGAIN_AFTER, timedelta()
    session = requests.Session()

    def now() -> datetime:
        nonlocal asked_at, offset
        if time.monotonic() - asked_at >= _ASK_AGAIN_AFTER:
            asked_at = time.monotonic()
            found = _offset(session, emulator_url)
            offset = offset if found is None else found
        return real() + offset

    return now


def _offset(session: requests.Session, emulator_url: str) -> timedelta | None:
    try:
        answer = session.get(f"{emulator_url}/_emulator/clock", timeout=1).json()
        return timedelta(seconds=float(answer["offset_seconds"]))
    except (requests.RequestException, KeyError, TypeError, ValueError):
        return None  # the emulator is not up (any more): the last known offset stays true


def _keys(kept: Path) -> dict[str, str]:
    try:
        return dict(json.loads(kept.read_text("utf-8"))) if kept.exists() else _new_keys(kept)
    except (OSError, TypeError, ValueError) as error:
        raise BadInput(
            f"The demonstration's keys in {kept} cannot be used: {error}.",
            advice="Start in a folder that you may write to, or delete the file's folder to begin "
            "the demonstration anew.",
        ) from error


def _new_keys(kept: Path) -> dict[str, str]:
    keys = {
        "WEBEX_BOT_TOKEN": new_token(),
        "WEBEX_WEBHOOK_SECRET": new_token(),
        "ENCRYPTION_KEYS": generate_key().reveal(),
        "SECRET_KEY": new_token(),
        "client_secrets": json.dumps({name: secrets.token_hex(32) for name in _SLUGS}),
    }
    kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with NamedTemporaryFile("w", encoding="utf-8", dir=kept.parent) as file:
        json.dump(keys, file)
        file.flush()
        # Linked in one step: whoever starts at the same moment has these keys, or we have theirs.
        with suppress(FileExistsError):
            kept.hardlink_to(file.name)
    return dict(json.loads(kept.read_text("utf-8")))
