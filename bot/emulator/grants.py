"""Consent as Webex remembers it: codes, grants with a refresh token, access tokens.

`TokenPolicy` holds everything that Webex documents vaguely or that observers disagree about
(lifetimes, rotation, whether refreshing prolongs the refresh token), so that a bot can be tried
against each of them.
"""

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from bot.emulator.clock import EmulatorClock
from bot.emulator.ids import inner_key, new_id
from bot.emulator.records import Account

ACCESS_LIFETIME = timedelta(days=14)
REFRESH_LIFETIME = timedelta(days=90)
CODE_LIFETIME = timedelta(minutes=5)
RENEWAL_INTERVAL = timedelta(hours=24)

DeadlineMoves = Literal["always", "never", "daily"]
ErrorDress = Literal["wrapped", "identity"]


@dataclass
class TokenPolicy:
    """Say how tokens behave; change a field at any time.

    Args:
        refresh_deadline_moves: Whether a refresh starts the refresh token's life anew; `daily`
            does so at most once in 24 hours, which is what Cisco's own samples observed.
        names_expiry: Whether answers carry `expires_in` and `refresh_token_expires_in`.
        names_scope: Whether answers carry `scope`.
        withheld_scopes: Scopes, separated by spaces, that no consent grants although asked for.
        error_dress: Whether refusals come as webexapis.com wraps them, or as its identity
            service words them.
    """

    access_lifetime: timedelta = ACCESS_LIFETIME
    refresh_lifetime: timedelta = REFRESH_LIFETIME
    code_lifetime: timedelta = CODE_LIFETIME
    rotates_refresh_token: bool = False
    revokes_family_on_reuse: bool = False
    refresh_deadline_moves: DeadlineMoves = "daily"
    names_expiry: bool = True
    names_scope: bool = True
    withheld_scopes: str = ""
    error_dress: ErrorDress = "wrapped"


@dataclass(frozen=True)
class CodeChallenge:
    """The PKCE challenge that an authorize request brought along."""

    value: str
    method: str


@dataclass
class Code:
    """An authorization code, good for one exchange."""

    value: str = field(repr=False)
    person_id: str
    client_id: str
    redirect_uri: str
    scopes: tuple[str, ...]
    expires_at: datetime
    challenge: CodeChallenge | None = None


@dataclass
class AccessToken:
    """An access token of a grant."""

    id: str
    value: str = field(repr=False)
    expires_at: datetime
    created: datetime


@dataclass
class Grant:
    """What a person allowed an integration to do."""

    id: str
    person_id: str
    org_id: str
    client_id: str
    scopes: tuple[str, ...]
    refresh_token: str = field(repr=False)
    refresh_expires_at: datetime
    created: datetime
    renewed_at: datetime
    is_revoked: bool = False
    access_tokens: list[AccessToken] = field(default_factory=list)


class Grants:
    """Hold the codes and grants, and hand out tokens by the policy."""

    def __init__(self, clock: EmulatorClock) -> None:
        self._clock = clock
        self.policy = TokenPolicy()
        self.codes: dict[str, Code] = {}
        self.grants: dict[str, Grant] = {}
        self._by_refresh_token: dict[str, Grant] = {}
        self._by_access_token: dict[str, Grant] = {}

    def restore(self, policy: TokenPolicy, *, codes: list[Code], grants: list[Grant]) -> None:
        """Go on with these, as if they had been given here."""
        self.policy = policy
        self.codes = {code.value: code for code in codes}
        self.grants = {grant.id: grant for grant in grants}
        self._by_refresh_token = {grant.refresh_token: grant for grant in grants}
        self._by_access_token = {
            token.value: grant for grant in grants for token in grant.access_tokens
        }

    def open(self, person: Account, code: Code) -> Grant:
        """Start a grant from a redeemed code."""
        now = self._clock()
        grant = Grant(
            id=new_id("AUTHORIZATION"),
            person_id=person.id,
            org_id=person.org_id,
            client_id=code.client_id,
            scopes=code.scopes,
            refresh_token=new_token(person.org_id),
            refresh_expires_at=now + self.policy.refresh_lifetime,
            created=now,
            renewed_at=now,
        )
        self.grants[grant.id] = grant
        self._by_refresh_token[grant.refresh_token] = grant
        return grant

    def issue_access_token(self, grant: Grant) -> AccessToken:
        """Give a grant a further access token; older ones live on until they end."""
        now = self._clock()
        value = new_token(grant.org_id)
        expires_at = now + self.policy.access_lifetime
        token = AccessToken(new_id("AUTHORIZATION"), value, expires_at, now)
        grant.access_tokens.append(token)
        self._by_access_token[value] = grant
        return token

    def renew(self, grant: Grant) -> None:
        """Do to the refresh token what the policy says that a refresh does."""
        now, moves = self._clock(), self.policy.refresh_deadline_moves
        is_due = now - grant.renewed_at >= RENEWAL_INTERVAL
        if moves == "always" or (moves == "daily" and is_due):
            grant.renewed_at = now
            grant.refresh_expires_at = now + self.policy.refresh_lifetime
        if self.policy.rotates_refresh_token:
            grant.refresh_token = new_token(grant.org_id)
            self._by_refresh_token[grant.refresh_token] = grant

    def by_refresh_token(self, token: str) -> Grant | None:
        """Return the living grant of a refresh token; act on the reuse of a spent one."""
        grant = self._by_refresh_token.get(token)
        if grant is None or grant.is_revoked:
            return None
        if token != grant.refresh_token:
            if self.policy.revokes_family_on_reuse:
                self.revoke(grant)
            return None
        return None if self._clock() >= grant.refresh_expires_at else grant

    def by_access_token(self, value: str) -> tuple[Grant, AccessToken] | None:
        """Return the grant of an access token that is good at this moment."""
        grant = self._by_access_token.get(value)
        tokens = grant.access_tokens if grant else []
        token = next((token for token in tokens if token.value == value), None)
        if grant is None or token is None or self._clock() >= token.expires_at:
            return None
        return grant, token

    def living(self) -> list[Grant]:
        """Return the grants that nobody revoked."""
        return [grant for grant in self.grants.values() if not grant.is_revoked]

    def revoke(self, grant: Grant) -> None:
        """End a grant, its refresh token and its access tokens."""
        grant.is_revoked = True
        grant.access_tokens.clear()

    def revoke_all(self, person_id: str, client_id: str | None = None) -> int:
        """End a person's grants, as a new password does; return how many there were."""
        doomed = [
            grant
            for grant in self.living()
            if grant.person_id == person_id and client_id in (None, grant.client_id)
        ]
        for grant in doomed:
            self.revoke(grant)
        return len(doomed)


def new_token(org_id: str) -> str:
    """Return a token in the shape of Webex's: opaque part, cluster, organisation."""
    return f"{secrets.token_urlsafe(48).replace('_', '-')}_PF84_{inner_key(org_id)}"
