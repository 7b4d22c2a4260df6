"""Sets of scopes: reading them, comparing them, and what is asked for at Webex.

A set is an ordered tuple without repeats, so that the same set is always shown the same way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.errors import UnregisteredScopes

if TYPE_CHECKING:
    from collections.abc import Iterable

KMS = "spark:kms"
"""Webex adds this scope to every integration by itself: it opens encrypted content."""
WHO = "spark:people_read"
"""Without this scope Webex does not say which account consented."""

_TOUCHES_CONTENT = ("spark:all", "spark:messages", "spark:rooms", "spark:teams", "spark-compliance")


def parse(text: str) -> tuple[str, ...]:
    """Read scopes parted by spaces or commas, each kept once, in the order given."""
    return tuple(dict.fromkeys(text.replace(",", " ").split()))


def missing(wanted: Iterable[str], held: Iterable[str]) -> tuple[str, ...]:
    """Name the wanted scopes that are not held."""
    have = set(held)
    return tuple(scope for scope in wanted if scope not in have)


def to_request(wanted: tuple[str, ...], registered: tuple[str, ...]) -> tuple[str, ...]:
    """Settle what the authorize request asks for, before any link is made.

    ``spark:kms`` joins by itself where message content is touched: a hand-composed authorize URL
    must name it (Webex device OAuth sample, ``oauth.py``), and each integration has it registered.

    Raises:
        UnregisteredScopes: Webex would answer ``invalid_scope``; the lacking ones are named.
    """
    lacking = missing(wanted, (*registered, KMS))
    if lacking:
        raise UnregisteredScopes(
            f"The integration is not registered for {', '.join(lacking)}.",
            advice="Tick these scopes in the integration's page at developer.webex.com, "
            "then update its scopes here.",
        )
    needs_kms = any(scope.startswith(_TOUCHES_CONTENT) for scope in wanted)
    return parse(" ".join((*wanted, *((KMS,) if needs_kms else ()))))
