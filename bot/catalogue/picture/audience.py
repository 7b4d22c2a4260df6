"""Whose data a set of scopes reaches: how far the harm goes if its token falls into wrong hands."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from bot.catalogue.scope import Area, Level, Scope
from bot.core.scopes import KMS

OF_THE_CONTACT_CENTRE = ("cjp:", "cjds:", "cloud-contact-center:")
"""How the names of its scopes begin."""
OF_AN_ORGANISATION = frozenset(
    {"spark:applications_token", "meeting:group_meeting_read", "meeting:group_meeting_write"}
)
"""Scopes of apps that act for many people; the others see only what the app itself made."""


class Audience(StrEnum):
    """Those whose data is reached, the fewest first."""

    NOBODY = "nobody"
    PERSON = "person"
    CONTACT_CENTRE = "contact centre"
    ORGANISATION = "organisation"
    CUSTOMERS = "customers"
    UNKNOWN = "unknown"

    @property
    def sentence(self) -> str:
        """Say it to the person who decides."""
        return _SENTENCES[self]


_SENTENCES = {
    Audience.NOBODY: "Nobody's data: it opens none by itself.",
    Audience.PERSON: "Only what the person who agrees may see and do.",
    Audience.CONTACT_CENTRE: (
        "The contact centre, its agents and the customers they serve, within the rights of the "
        "person who agrees."
    ),
    Audience.ORGANISATION: "The whole organisation, within the rights of the person who agrees.",
    Audience.CUSTOMERS: (
        "The whole organisation and, where it is a partner or provider, its customers, too."
    ),
    Audience.UNKNOWN: "Perhaps everybody's data, for not every scope is known.",
}


def audience(scopes: Iterable[Scope]) -> Audience:
    """Find the widest circle of people that any of these scopes reaches."""
    order = list(Audience)
    return max(map(_reached_by, scopes), key=order.index, default=Audience.NOBODY)


def _reached_by(scope: Scope) -> Audience:
    if not scope.known:
        return Audience.UNKNOWN
    if Area.PARTNER in scope.areas:
        return Audience.CUSTOMERS
    if scope.name.startswith(OF_THE_CONTACT_CENTRE):
        return Audience.CONTACT_CENTRE
    if scope.level in {Level.ADMIN, Level.COMPLIANCE} or scope.name in OF_AN_ORGANISATION:
        return Audience.ORGANISATION
    return Audience.NOBODY if scope.level is Level.APP or scope.name == KMS else Audience.PERSON
