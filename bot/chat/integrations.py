"""``integrations``: what one can connect to, and where the person stands with each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.catalogue.scopes import Catalogue
from bot.chat.commands import command
from bot.chat.findings import line
from bot.chat.reply import Reply
from bot.chat.wording import counted, standing
from bot.core.connections import Connection
from bot.core.errors import BadInput
from bot.core.integrations import Integration
from bot.core.keeping import Work
from bot.core.people import Person
from bot.flows.integrations import Integrations

Listing = Sequence[tuple[Integration, Connection | None]]

MOST_SHOWN = 12
"""So many fit onto a screen; the words to connect the others are the same."""
_MOST_BUTTONS = 5


@command("integrations", summary="Lists the integrations, and where you stand with each.")
def show(
    person: Person,
    work: Work,
    *,
    integrations: Integrations,
    catalogue: Catalogue,
    reply: Reply,
) -> None:
    """List the integrations; in a group space without the person's own connections."""
    answer(integrations.listing(work, person), catalogue, integrations=integrations, reply=reply)


def answer(
    listing: Listing,
    catalogue: Catalogue,
    *,
    integrations: Integrations,
    reply: Reply,
    said: str | None = None,
) -> None:
    """Show the list; ``said`` is what was taken for a name, where one was asked for."""
    rows = [
        _row(
            integration,
            connection if reply.is_private else None,
            check=_check(integration, integrations, reply),
            catalogue=catalogue,
            now=reply.now,
        )
        for integration, connection in listing[:MOST_SHOWN]
    ]
    offered = [row["slug"] for row in rows if row["is_connectable"] and reply.is_private]
    for row in rows:
        row["is_private"] = reply.is_private
        row["has_button"] = row["slug"] in offered[:_MOST_BUTTONS]
    reply(
        "integrations",
        integrations=rows,
        is_empty=not listing,
        is_group=not reply.is_private,
        asks_which=said is not None,
        is_unknown=bool(said),
        said=said or "",
        more=len(listing) - len(rows),
    )


def _check(integration: Integration, integrations: Integrations, reply: Reply) -> str:
    """Tell what a check found, to those whose business it is and where nobody else reads it."""
    is_told = reply.is_private and integrations.may_judge(reply.person, integration)
    return line(integrations.finding(integration)) if is_told else ""


def _row(
    integration: Integration,
    connection: Connection | None,
    *,
    check: str,
    catalogue: Catalogue,
    now: datetime,
) -> dict[str, object]:
    risk = catalogue.overall_risk(integration.scopes)
    stands = standing(connection) if connection else None
    hindrance = _hindrance(integration, now)
    return {
        "name": integration.name,
        "slug": integration.slug,
        "purpose": integration.purpose,
        "has_purpose": bool(integration.purpose),
        "scopes": counted(len(integration.scopes), "scope"),
        "risk": risk,
        "check": check,
        "is_checked": bool(check),
        "state": stands.title if stands else "Not connected",
        "state_colour": stands.colour if stands else "default",
        "is_connectable": not hindrance and not (connection and connection.state.is_alive),
        "is_hindered": bool(hindrance),
        "hindrance": hindrance,
    }


def _hindrance(integration: Integration, now: datetime) -> str:
    """Tell why nobody can connect to it and who can help; empty where one can."""
    try:
        integration.connectable(now=now)
    except BadInput as hindrance:
        return str(hindrance)
    return ""
