"""The doctor: looks at everything that a start depends on, and names a remedy for what is wrong.

It goes from the inside out, and stops where the next check could say nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from bot import app, demo
from bot.core.errors import ConsentryError, SealBroken, WebexError
from bot.core.events import HEARD
from bot.metrics import LATELY
from bot.settings import SettingsFault, read_settings
from bot.store.schema import faults
from bot.webex.skew import clock_skew

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from bot.app import Consentry

_TOLERABLE_SKEW = timedelta(seconds=10)
"""Leases of a minute or more are told by each machine's own clock."""
_WEBEX_REMEDY = "Check WEBEX_API_URL and WEBEX_BOT_TOKEN, and that Webex can be reached."
_DEMO_REMEDY = (
    "Start `consentry run` in this folder: without WEBEX_BOT_TOKEN it brings the Webex along that "
    "is looked for here. Or set WEBEX_BOT_TOKEN to look at the real one."
)


@dataclass(frozen=True)
class Finding:
    """What was looked at and how it is; what is well needs no remedy."""

    what: str
    detail: str
    remedy: str = ""

    @property
    def is_well(self) -> bool:
        """Whether nothing has to be done."""
        return not self.remedy


def examine(environ: Mapping[str, str]) -> Iterator[Finding]:
    """Look at everything in turn."""
    try:
        settings = read_settings(environ)
        consentry = app.build(settings, clock=app.clock_for(environ.get(demo.EMULATOR_URL, "")))
    except SettingsFault as fault:
        yield from (Finding("settings", reason, fault.advice) for reason in fault.faults)
        return
    except ConsentryError as error:
        yield Finding("settings", error.message, error.advice)
        return
    try:
        yield from _look_at(consentry, remedy=_remedy(environ))
    finally:
        consentry.store.engine.dispose()


def _look_at(consentry: Consentry, *, remedy: str) -> Iterator[Finding]:
    yield Finding("settings", "complete")
    database = _database(consentry)
    yield database
    if database.is_well:
        yield _keys(consentry)
        yield _faults(consentry)
    for what, look in (("clock", _clock), ("bot token", _bot), ("webhooks", _webhooks)):
        yield _asking_webex(what, look, consentry, remedy=remedy)


def _remedy(environ: Mapping[str, str]) -> str:
    return _DEMO_REMEDY if environ.get(demo.EMULATOR_URL) else _WEBEX_REMEDY


def _database(consentry: Consentry) -> Finding:
    found = faults(consentry.store.engine)
    if found:
        remedy = "Check DATABASE_URL and that the database runs; then `consentry db upgrade`."
        return Finding("database", "; ".join(found), remedy)
    return Finding("database", "up to date")


def _keys(consentry: Consentry) -> Finding:
    try:
        with consentry.store.reading() as work:
            sealed = [integration.client_secret for integration in work.integrations.all()]
        for secret in sealed:
            secret.reveal()
    except SealBroken as broken:
        return Finding("keys", broken.message, broken.advice)
    return Finding("keys", f"open the secrets of {len(sealed)} integration(s)")


def _faults(consentry: Consentry) -> Finding:
    with consentry.store.reading() as work:
        faults = work.incidents.open(since=consentry.clock() - LATELY)
    if not faults:
        return Finding("faults of the last day", "none")
    listed = ", ".join(f"{name} ({times} times)" for name, times in faults.items())
    remedy = "`consentry parked list` shows what was set aside; see the log for the rest."
    return Finding("faults of the last day", listed, remedy)


def _clock(consentry: Consentry) -> Finding:
    # The machine's clock, also in the demonstration, whose emulator moves another one.
    skew = clock_skew(consentry.settings.webex_api_url, app.system_clock)
    if skew is None:
        return Finding("clock", "Webex gave no date to compare with")
    remedy = "" if abs(skew) <= _TOLERABLE_SKEW else "Set this machine's clock, best by NTP."
    return Finding("clock", f"{skew.total_seconds():+.0f} s against Webex", remedy)


def _bot(consentry: Consentry) -> Finding:
    me = consentry.messenger.me()
    remedy = "This is a person's token. Create a bot at developer.webex.com and use its token."
    return Finding(
        "bot token", f"belongs to {me.called} ({me.email})", remedy if me.is_human else ""
    )


def _webhooks(consentry: Consentry) -> Finding:
    target = consentry.reception.target_url
    ours = [hook for hook in consentry.reception.webhooks.all() if hook.target_url == target]
    live = {(hook.resource, hook.event) for hook in ours if hook.is_current}
    lacking = [f"{resource}/{event}" for resource, event in HEARD if (resource, event) not in live]
    if not lacking:
        return Finding("webhooks", f"all active at {target}")
    return Finding(
        "webhooks",
        f"{target} lacks {', '.join(lacking)}",
        "Start `consentry run` or `consentry worker`: they register what is missing.",
    )


def _asking_webex(
    what: str, look: Callable[[Consentry], Finding], consentry: Consentry, *, remedy: str
) -> Finding:
    try:
        return look(consentry)
    except WebexError as error:
        return Finding(what, error.message, remedy)
