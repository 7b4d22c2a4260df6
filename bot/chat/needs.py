"""What a handler may ask for: a parameter of the same name gets the value.

To offer something new, add a field here and give it its value in ``answers.py``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.catalogue.advising.advisor import Advisor
from bot.catalogue.operations import Operations
from bot.catalogue.scopes import Catalogue
from bot.chat.commands import Command, Press
from bot.chat.reply import Reply
from bot.core.keeping import Work
from bot.core.people import Person, Room
from bot.flows.connections import Connections
from bot.flows.consent import Consent
from bot.flows.integrations import Integrations


@dataclass(frozen=True)
class Services:
    """The use cases and the catalogue, which are the same for every message."""

    catalogue: Catalogue
    advisor: Advisor
    connections: Connections
    consent: Consent
    integrations: Integrations


@dataclass(frozen=True)
class Needs:
    """Everything that a handler may name as a parameter."""

    person: Person
    """Who spoke or pressed, as Webex tells it."""
    room: Room
    """Where it was said or pressed."""
    words: str
    """What followed the command's name; empty for a button."""
    press: Press
    """The button that was pressed; without a message id where words were said."""
    work: Work
    """The open transaction; it commits with the answer, or nothing does."""
    reply: Reply
    """Says something: ``reply("card name", fact=…)``."""
    now: datetime
    """The time of the answer."""
    commands: tuple[Command, ...]
    """Everything that can be said, in the order of the help card."""
    catalogue: Catalogue
    """Explains scopes."""
    advisor: Advisor
    """Finds the smallest set of scopes for some tasks; knows the operations of Webex."""
    operations: Operations
    """The published operations: which of them a scope opens."""
    connections: Connections
    """The person's connections: look at them, disconnect one."""
    consent: Consent
    """Makes consent links."""
    integrations: Integrations
    """Lists the registered integrations."""
