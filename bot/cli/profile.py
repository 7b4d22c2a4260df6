"""An integration as ``consentry integrations`` prints it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from bot.cli.findings import facts_of, lines

if TYPE_CHECKING:
    from bot.core.connections import Connection
    from bot.core.finding import Finding
    from bot.core.integrations import Integration


def profile_of(integration: Integration) -> dict[str, object]:
    """Say what is registered."""
    refused_at = integration.secret_refused_at
    return {
        "slug": integration.slug,
        "name": integration.name,
        "purpose": integration.purpose,
        "client_id": integration.client_id,
        "scopes": list(integration.scopes),
        "owner": integration.owner_email,
        "approvers": list(integration.approvers),
        "access": str(integration.access),
        "renewal": str(integration.renewal),
        "max_days": integration.max_days,
        "kind": str(integration.kind),
        "application_id": integration.application_id,
        "tasks": list(integration.tasks),
        "client_secret_refused_at": refused_at.isoformat() if refused_at else None,
    }


def full_profile(
    integration: Integration, connections: Iterable[Connection], finding: Finding
) -> dict[str, object]:
    """Say what is registered, who is connected and what a check of the scopes found."""
    return {
        **profile_of(integration),
        "connections": [_connection(one) for one in connections],
        "check": facts_of(finding),
    }


def as_text(profile: Mapping[str, object], finding: Finding) -> str:
    """Write a full profile for people to read."""
    written = []
    for name, value in {**profile, "check": [finding.summary, *lines(finding)]}.items():
        shown = "\n  ".join(map(_line, value)) if isinstance(value, list) else value
        written.append(f"{name.replace('_', ' ')}: {shown if shown not in (None, '') else '-'}")
    return "\n".join(written)


def _connection(connection: Connection) -> dict[str, object]:
    ends = (connection.access_ends_at, connection.refresh_ends_at)
    access_ends_at, refresh_ends_at = (end.isoformat() if end else None for end in ends)
    return {
        "subject": connection.subject,
        "email": connection.person.email,
        "state": str(connection.state),
        "scopes": list(connection.granted),
        "consented_at": connection.consented_at.isoformat(),
        "access_ends_at": access_ends_at,
        "refresh_ends_at": refresh_ends_at,
    }


def _line(value: object) -> str:
    if not isinstance(value, Mapping):
        return str(value)
    return "  ".join(f"{name}={one}" for name, one in value.items() if not isinstance(one, list))
