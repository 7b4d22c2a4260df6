"""What the bot says unasked: one method for each notice, named like its card.

A method only gathers facts; the sentences stand in ``cards/``, so that they can be read and
changed without reading code.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from bot.chat.cards import CardBook
from bot.chat.findings import advice
from bot.chat.wording import counted, ending, lasts_from_now, moment, moment_from
from bot.core.connections import Connection
from bot.core.finding import Finding
from bot.core.integrations import Integration
from bot.core.messages import Message, To, address, to_email, to_person
from bot.core.people import Person
from bot.core.ports import Concern
from bot.core.reminders import Reminder

_MOST_CONCERNS = 15
"""So many fit onto one card; the others are counted, and `forecast` lists them all."""
_ADDRESS = re.compile(rf"\b(?P<to>{'|'.join(To)}):(?P<id>\S+)")
"""An address as ``str`` writes it."""


@dataclass(frozen=True)
class Notices:
    """Composes notices; sending is somebody else's work."""

    cards: CardBook

    def connected(self, connection: Connection, integration: Integration) -> Message:
        """Tell a person that the connection stands, and how to end it."""
        facts = {
            **_names(integration),
            "scopes": str(len(connection.granted)),
            "since": moment(connection.consented_at),
            "lasting": lasts_from_now(connection),
        }
        return self.cards.message(to_person(connection.person.id), "connected", facts)

    def consent_failed(self, person: Person, integration: Integration, reason: str) -> Message:
        """Tell a person why a consent came to nothing."""
        facts = {**_names(integration), "reason": reason}
        return self.cards.message(to_person(person.id), "consent_failed", facts)

    def wrong_account(self, asked: Person, consented: Person, integration: Integration) -> Message:
        """Tell the person who asked that another account consented."""
        facts = {**_names(integration), "asked": asked.email, "consented": consented.email}
        return self.cards.message(to_person(asked.id), "wrong_account", facts)

    def asked_by_another(
        self, asked: Person, consented: Person, integration: Integration
    ) -> Message:
        """Tell the person who consented that somebody else had asked for the link."""
        facts = {**_names(integration), "asked": asked.email}
        return self.cards.message(to_person(consented.id), "asked_by_another", facts)

    def warning(
        self, connection: Connection, integration: Integration, reminder: Reminder, *, now: datetime
    ) -> Message:
        """Warn the person whose connection ends or has ended; each ending has its own card."""
        facts = {
            **_names(integration),
            "at": moment_from(reminder.at, now),
            "is_renewed": connection.renews,
            "is_not_renewed": not connection.renews,
        }
        name = f"warning_{reminder.ending}"
        return self.cards.message(to_person(connection.person.id), name, facts)

    def recovered(
        self, connection: Connection, integration: Integration, recipient: str
    ) -> Message:
        """Tell whoever was warned that all is well again."""
        facts = {
            **_names(integration),
            "person": connection.person.called,
            "is_own": recipient == connection.subject,
            "is_other": recipient != connection.subject,
            "lasting": lasts_from_now(connection),
        }
        return self.cards.message(address(recipient), "recovered", facts)

    def concerns(self, recipient: str, concerns: list[Concern], *, now: datetime) -> Message:
        """Tell an administrator, in one message, what the people did not mend in time."""
        rows = [_concern(concern, now) for concern in concerns[:_MOST_CONCERNS]]
        facts = {
            "concerns": rows,
            "total": counted(len(concerns), "connection"),
            "verb": "needs" if len(concerns) == 1 else "need",
            "more": len(concerns) - len(rows),
        }
        return self.cards.message(address(recipient), "concerns", facts)

    def secret_refused(self, recipient: str, integration: Integration) -> Message:
        """Tell an administrator that Webex refuses an integration's client secret."""
        facts = {**_names(integration), "client_id": integration.client_id}
        return self.cards.message(address(recipient), "secret_refused", facts)

    def advice_to_owner(self, integration: Integration, finding: Finding) -> Message:
        """Tell an owner what a check of the scopes found, or that they fit by now."""
        facts = {**_names(integration), **advice(finding)}
        return self.cards.message(to_email(integration.owner_email), "advice_to_owner", facts)

    def forged_webhooks(self, recipient: str, times: int) -> Message:
        """Tell an administrator that webhooks arrive with a wrong signature."""
        return self.cards.message(address(recipient), "forged_webhooks", {"times": times})

    def undeliverable(self, recipient: str, what: str, reason: str) -> Message:
        """Tell an administrator that something that was to be said was set aside.

        Args:
            recipient: Whom to tell.
            what: What was to be said; an address in it is told in words.
            reason: A sentence that says why it was not said.
        """
        facts = {"what": _ADDRESS.sub(_in_words, what), "reason": reason}
        return self.cards.message(address(recipient), "undeliverable", facts)


def _in_words(found: re.Match[str]) -> str:
    """Name an address: an e-mail address speaks for itself, an id tells nobody anything."""
    words = {To.PERSON: "a person", To.ROOM: "a space", To.EMAIL: found["id"]}
    return words[To(found["to"])]


def _names(integration: Integration) -> dict[str, object]:
    return {
        "integration": integration.name,
        "slug": integration.slug,
        "owner": integration.owner_email,
    }


def _concern(concern: Concern, now: datetime) -> dict[str, object]:
    said = ending(concern.reminder, concern.connection)
    return {
        "person": concern.connection.person.called,
        "email": concern.connection.person.email,
        "integration": concern.integration.name,
        "what": said.title,
        "colour": said.colour,
        "at": moment_from(concern.reminder.at, now),
        "meaning": said.meaning,
    }
