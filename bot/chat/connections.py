"""``status`` and ``disconnect``: a person's own connections."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.chat.commands import Press, action, command
from bot.chat.reply import Reply
from bot.chat.wording import counted, lasting, moment, standing
from bot.core.connections import Connection, State
from bot.core.errors import BadInput
from bot.core.integrations import Integration
from bot.core.keeping import Work
from bot.core.people import Person
from bot.core.reminders import deadlines
from bot.flows.connections import Connections

Held = Sequence[tuple[Connection, Integration]]

_SURE = " now"
"""Said after the integration's name, it does what the card's button does."""
_MOST_SHOWN = 12
_MOST_BUTTONS = 5
_NEEDS_THE_PERSON = frozenset({State.NEEDS_CONSENT, State.EXPIRED})


@command(
    "status",
    summary="Shows your connections, how long they last, and what needs you.",
    is_private=True,
)
def status(
    person: Person, work: Work, *, connections: Connections, reply: Reply, now: datetime
) -> None:
    """Show the person's connections, the ones that need them on top."""
    reply("status", **_overview(connections.of(work, person), now))


@command(
    "disconnect",
    summary="Ends a connection and deletes its tokens. I ask once before I do it.",
    usage="disconnect <integration>",
    is_private=True,
    is_destructive=True,
)
def disconnect(
    person: Person, words: str, *, work: Work, connections: Connections, reply: Reply
) -> None:
    """Ask before disconnecting, unless the words already say that the person is sure."""
    name = words.lower().removesuffix(_SURE)
    connection, integration = _called(name, connections.of(work, person))
    if name == words.lower():
        reply("disconnect", **_names(connection, integration))
    else:
        ended, _ = connections.disconnect(work, person, integration.slug)
        reply("disconnected", **_names(ended, integration))


@action("disconnect")
def disconnect_pressed(
    person: Person,
    press: Press,
    *,
    work: Work,
    connections: Connections,
    reply: Reply,
) -> None:
    """Disconnect what the button is about, if it is the presser's own."""
    own = [
        pair
        for pair in connections.of(work, person)
        if pair[0].id == press.inputs.get("connection")
    ]
    if not own:
        reply.unseen()("not_yours")
        return
    ended, integration = connections.disconnect(work, person, own[0][1].slug)
    reply.retract(press.message_id)
    reply.unseen()("disconnected", **_names(ended, integration))


@action("keep")
def keep_pressed(
    person: Person,
    press: Press,
    *,
    work: Work,
    connections: Connections,
    reply: Reply,
) -> None:
    """Take the question back; nothing changes."""
    if any(held.id == press.inputs.get("connection") for held, _ in connections.of(work, person)):
        reply.retract(press.message_id)
    reply.unseen().line("kept")


def _called(name: str, own: Held) -> tuple[Connection, Integration]:
    """Find the connection that the person calls by its integration's slug or name."""
    if not name:
        raise BadInput(
            "You did not say which connection to end.",
            advice="Say “disconnect” and its name; “status” shows the ones you have.",
        )
    called = {pair[1].name.lower(): pair for pair in own} | {pair[1].slug: pair for pair in own}
    if name in called:
        return called[name]
    raise BadInput(
        f"You have no connection with “{name}”.",
        advice="“status” shows the ones you have, “integrations” what you can connect to.",
    )


def _overview(held: Held, now: datetime) -> dict[str, object]:
    urgent_first = sorted(held, key=lambda pair: pair[0].state not in _NEEDS_THE_PERSON)
    rows = [_row(connection, integration, now) for connection, integration in urgent_first]
    # The ones that need the person stand first, so the buttons that Webex draws go to them.
    for place, row in enumerate(rows):
        row["has_button"] = row["needs_person"] and place < _MOST_BUTTONS
    return {
        "connections": rows[:_MOST_SHOWN],
        "more": max(0, len(rows) - _MOST_SHOWN),
        "is_empty": not rows,
        "is_well": bool(rows) and not any(row["needs_person"] or row["is_ending"] for row in rows),
    }


def _row(connection: Connection, integration: Integration, now: datetime) -> dict[str, object]:
    stands = standing(connection)
    return {
        **_names(connection, integration),
        "state": stands.title,
        "colour": stands.colour,
        "meaning": stands.meaning,
        "has_meaning": bool(stands.meaning),
        "lasting": lasting(connection, now),
        "since": moment(connection.consented_at),
        "scopes": counted(len(connection.granted), "scope"),
        "needs_person": connection.state in _NEEDS_THE_PERSON,
        "is_ending": any(deadlines(connection)),
    }


def _names(connection: Connection, integration: Integration) -> dict[str, object]:
    return {"id": connection.id, "integration": integration.name, "slug": integration.slug}
