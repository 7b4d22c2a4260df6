"""A person as the People API describes one.

Separate, because the bot asks about people with its own token and about a consent with theirs.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.core.people import Person
from bot.webex.answers import identifier, text


def read_person(answer: object) -> Person:
    """Read a person; the first e-mail address is the one that Webex shows.

    Raises:
        WebexBusy: The answer is no person.
    """
    return Person(
        id=identifier(answer),
        email=_first_email(answer),
        name=text(answer, "displayName"),
        org_id=text(answer, "orgId"),
        is_human=text(answer, "type") in ("", "person"),
    )


def _first_email(answer: object) -> str:
    emails = answer.get("emails") if isinstance(answer, Mapping) else None
    first = emails[0] if isinstance(emails, list) and emails else ""
    return first if isinstance(first, str) else ""
