"""The integrations that one can connect to, and where the person stands with each."""

from __future__ import annotations

from collections.abc import Sequence

from bot.catalogue.scopes import Catalogue
from bot.chat.commands import command
from bot.chat.reply import Reply
from bot.chat.wording import counted, standing
from bot.core.connections import Connection
from bot.core.integrations import Access, Integration, Kind
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
    listing = integrations.listing(work, person)
    reply("integrations", **overview(listing, catalogue, is_private=reply.is_private))


def overview(
    listing: Listing, catalogue: Catalogue, *, is_private: bool, said: str | None = None
) -> dict[str, object]:
    """Give the facts of the list; ``said`` is what was taken for a name, where one was asked."""
    rows = [
        {**_row(integration, connection, catalogue), "is_private": is_private}
        for integration, connection in listing[:MOST_SHOWN]
    ]
    offered = [row["slug"] for row in rows if row["is_connectable"] and is_private]
    for row in rows:
        row["has_button"] = row["slug"] in offered[:_MOST_BUTTONS]
    return {
        "integrations": rows,
        "is_empty": not listing,
        "is_group": not is_private,
        "asks_which": said is not None,
        "is_unknown": bool(said),
        "said": said or "",
        "more": len(listing) - len(rows),
    }


def _row(
    integration: Integration, connection: Connection | None, catalogue: Catalogue
) -> dict[str, object]:
    risk = catalogue.overall_risk(integration.scopes)
    stands = standing(connection) if connection else None
    return {
        "name": integration.name,
        "slug": integration.slug,
        "purpose": integration.purpose,
        "has_purpose": bool(integration.purpose),
        "scopes": counted(len(integration.scopes), "scope"),
        "risk": risk,
        "state": stands.title if stands else "Not connected",
        "state_colour": stands.colour if stands else "default",
        "is_connectable": _is_connectable(integration)
        and not (connection and connection.state.is_alive),
    }


def _is_connectable(integration: Integration) -> bool:
    return integration.kind is Kind.INTEGRATION and integration.access is Access.OPEN
