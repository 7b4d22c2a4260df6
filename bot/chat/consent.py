"""``connect``: explains what an integration wants, and gives the link to consent.

The link is a person's own, so it only ever goes to the 1:1 space of that person.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from difflib import get_close_matches

from bot.catalogue.picture.audience import audience
from bot.catalogue.picture.dangers import dangers
from bot.catalogue.scope import Level, Risk, Scope
from bot.catalogue.scopes import Catalogue
from bot.chat.commands import command
from bot.chat.findings import fit
from bot.chat.integrations import Listing, answer
from bot.chat.picture import shortened
from bot.chat.reply import Reply
from bot.chat.wording import RISK_COLOURS, caveat, moment_from, term
from bot.core.consent import Offer
from bot.core.integrations import Integration
from bot.core.keeping import Work
from bot.core.people import Person
from bot.flows.consent import Consent
from bot.flows.integrations import Integrations

_FEW = 8
"""Up to so many scopes each get a paragraph of their own; more are told more tightly."""
_MOST_DANGERS = 3
_LEVELS_OF_ADMINISTRATORS = frozenset({Level.ADMIN, Level.COMPLIANCE})


@command(
    "connect",
    summary="Explains what an integration wants, and gives you the link to consent.",
    usage="connect <integration>",
    is_private=True,
)
def connect(  # noqa: PLR0913 - one parameter for each need, called by name
    person: Person,
    words: str,
    *,
    work: Work,
    consent: Consent,
    integrations: Integrations,
    catalogue: Catalogue,
    reply: Reply,
    now: datetime,
) -> None:
    """Offer a consent, or the list where no integration is called that."""
    listing = integrations.listing(work, person)
    meant = called(words, listing)
    if meant is None:
        nearest = _nearest_first(words, listing)
        answer(nearest, catalogue, integrations=integrations, reply=reply, said=words)
        return
    integration, offer = consent.offer(work, person, meant.slug)
    link, asked = consent.link(offer), replace(integration, scopes=offer.scopes)
    told = fit(integrations.finding(asked))
    reply("consent", link=link, **told, **_about(integration, offer, catalogue, now=now))


def called(words: str, listing: Listing) -> Integration | None:
    """Find the integration that is called this, by slug or by name."""
    names = {integration.name.lower(): integration for integration, _ in listing}
    names |= {integration.slug: integration for integration, _ in listing}
    return names.get(words.strip().lower())


def _nearest_first(words: str, listing: Listing) -> Listing:
    slugs = [integration.slug for integration, _ in listing]
    near = get_close_matches(words.lower(), slugs, n=len(slugs) or 1, cutoff=0.5)
    return sorted(listing, key=lambda pair: pair[0].slug not in near)


def _about(
    integration: Integration, offer: Offer, catalogue: Catalogue, *, now: datetime
) -> dict[str, object]:
    scopes = catalogue.describe(offer.scopes)
    cannot, risk = catalogue.cannot(offer.scopes), catalogue.overall_risk(offer.scopes)
    return {
        "integration": integration.name,
        "slug": integration.slug,
        "purpose": integration.purpose or "Its owner has not said what it is for.",
        "owner": integration.owner_email,
        "risk": risk,
        "scopes": str(len(scopes)),
        "groups": _groups(scopes),
        "needs_administrator": any(s.level in _LEVELS_OF_ADMINISTRATORS for s in scopes),
        "whose": audience(scopes).sentence,
        "dangers": shortened([danger.sentence for danger in dangers(scopes)], _MOST_DANGERS),
        "cannot": cannot,
        "is_boundless": not cannot,
        "term": term(integration),
        "link_ends": moment_from(offer.expires_at, now),
    }


def _groups(scopes: Sequence[Scope]) -> list[dict[str, object]]:
    """Put the most dangerous scopes on top; every scope is named, however many there are."""
    is_tight = len(scopes) > _FEW
    groups = []
    for risk in sorted(Risk, key=lambda risk: -risk.rank):
        held = [scope for scope in scopes if scope.risk is risk]
        rows = [
            {
                "name": s.name,
                "explains": _explained(s),
                "is_tight": is_tight,
                "is_roomy": not is_tight,
            }
            for s in held
        ]
        title = f"{risk.capitalize()} risk"
        colour = RISK_COLOURS[risk]
        groups.append({"title": title, "colour": colour, "is_any": bool(held), "scopes": rows})
    return groups


def _explained(scope: Scope) -> str:
    return f"{scope.explains} {caveat(scope)}".strip()
