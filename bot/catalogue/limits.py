"""Sums up a whole set of scopes: how dangerous it is, and what it cannot do.

A person who decides about a consent is helped most by what is ruled out. So every sentence here
must hold whatever else the scopes can do; where a scope is unknown, none is given. What a
service app may do, whose token an integration can fetch, was granted to the service app, and is
not counted here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.catalogue.scope import Area, Level, Risk, Scope
from bot.core.scopes import KMS

_OWN_RIGHTS_ONLY = frozenset({Level.USER, Level.AGENT, Level.LOGIN})


@dataclass(frozen=True, slots=True)
class _Limit:
    """What is ruled out while no scope of the set touches, or changes, some areas."""

    areas: frozenset[Area]
    untouched: str
    unchanged: str


_LIMITS = (
    _Limit(
        frozenset({Area.MESSAGES}),
        "Cannot read, send or delete messages.",
        "Cannot send, edit or delete messages.",
    ),
    _Limit(
        frozenset({Area.ROOMS, Area.TEAMS}),
        "Cannot list spaces or teams, nor their members.",
        "Cannot create or delete spaces or teams, nor change their members.",
    ),
    _Limit(
        frozenset({Area.MEETINGS}),
        "Cannot see, schedule or join meetings.",
        "Cannot schedule, change or end meetings.",
    ),
    _Limit(
        frozenset({Area.RECORDINGS, Area.CONTACT_CENTER}),
        "Cannot open, share or delete recordings.",
        "Cannot share or delete recordings.",
    ),
    _Limit(
        frozenset({Area.CALLING, Area.CONTACT_CENTER}),
        "Cannot see, place or control calls.",
        "Cannot place or control calls, nor change call settings.",
    ),
    _Limit(
        frozenset({Area.DEVICES}),
        "Cannot see or control devices.",
        "Cannot control or change devices.",
    ),
    _Limit(
        frozenset({Area.PEOPLE, Area.CONTACT_CENTER}),
        "Cannot look up people's profiles.",
        "Cannot create, change or delete people's accounts.",
    ),
)


def overall_risk(scopes: Sequence[Scope]) -> Risk:
    """Rate the set by its most dangerous scope; an empty one is as good as harmless."""
    return max((scope.risk for scope in scopes), key=lambda risk: risk.rank, default=Risk.LOW)


def cannot(scopes: Sequence[Scope]) -> list[str]:
    """Say in plain sentences what an integration with these scopes can not do.

    Args:
        scopes: The whole set, unknown ones included: they forbid every promise.
    """
    if strangers := [scope.name for scope in scopes if not scope.known]:
        return [f"Nothing can be ruled out, for we do not know {', '.join(strangers)}."]
    telling = [scope for scope in scopes if scope.name != KMS]
    if not telling:
        return ["Cannot reach anything in Webex."]
    return [*_whole_set(telling), *_by_area(telling)]


def _whole_set(scopes: Sequence[Scope]) -> list[str]:
    sentences = []
    if not any(scope.can_change for scope in scopes):
        sentences.append("Cannot change anything: it only reads.")
    if all(scope.level in _OWN_RIGHTS_ONLY for scope in scopes):
        sentences.append("Cannot go beyond what the person who agrees may see and do.")
    return sentences


def _by_area(scopes: Sequence[Scope]) -> list[str]:
    changes_something = any(scope.can_change for scope in scopes)
    sentences = []
    for limit in _LIMITS:
        touching = [scope for scope in scopes if limit.areas.intersection(scope.areas)]
        if not touching:
            sentences.append(limit.untouched)
        elif changes_something and not any(scope.can_change for scope in touching):
            sentences.append(limit.unchanged)
        elif limit.areas == {Area.MESSAGES} and not any(scope.can_read for scope in touching):
            sentences.append("Cannot read messages.")
    return sentences
