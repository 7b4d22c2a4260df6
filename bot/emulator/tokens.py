"""The token endpoint: codes and refresh tokens for access tokens, and its refusals.

The refusals come in two dresses. webexapis.com wraps them into its own JSON; the identity service
behind it answers `error` and `error_description`, and calls a dead refresh token an
`invalid_request` rather than an `invalid_grant` (webex-js-sdk, `credentials`).
"""

import base64
import binascii
import hashlib
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from bot.emulator.errors import error_body, new_tracking_id
from bot.emulator.grants import AccessToken, Code, CodeChallenge, ErrorDress, Grant
from bot.emulator.organisation import Integration
from bot.emulator.records import Json
from bot.emulator.scopes import OPENID
from bot.emulator.state import State

VERIFIER = re.compile(r"[A-Za-z0-9._~-]{43,128}")
DEAD_REFRESH_TOKEN = "The refresh token provided is expired, revoked, malformed, or invalid."  # noqa: S105 - a sentence
DEAD_CODE = "The authorization code provided is expired, used, malformed, or invalid."


@dataclass
class TokenError(Exception):
    """Refuse a token request with an OAuth error."""

    status: int
    error: str
    description: str

    def body(self, dress: ErrorDress, tracking_id: str) -> Json:
        """Return the JSON of this refusal in the dress that was chosen."""
        if dress == "wrapped":
            return error_body(self.status, self.description, tracking_id)
        return {
            "error": self.error,
            "error_description": self.description,
            "trackingID": new_tracking_id("CLIENT"),
        }


def answer(state: State, form: Mapping[str, str], authorization: str | None) -> Json:
    """Answer `POST /access_token`, or raise the refusal."""
    integration = _integration(state, *_credentials(form, authorization))
    grant_type = form.get("grant_type")
    if grant_type == "authorization_code":
        grant = _redeem(state, integration, form)
    elif grant_type == "refresh_token":
        grant = _refresh(state, integration, form.get("refresh_token", ""))
    else:
        raise TokenError(400, "unsupported_grant_type", "The grant type is not supported.")
    return _tokens(state, grant, state.grants.issue_access_token(grant))


def _credentials(form: Mapping[str, str], authorization: str | None) -> tuple[str, str]:
    kind, _, value = (authorization or "").partition(" ")
    if kind.lower() != "basic":
        return form.get("client_id", ""), form.get("client_secret", "")
    try:
        client_id, _, secret = base64.b64decode(value, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError) as error:
        raise TokenError(401, "invalid_client", "Client authentication is malformed") from error
    return client_id, secret


def _integration(state: State, client_id: str, secret: str) -> Integration:
    integration = state.integrations.get(client_id)
    if integration is None:
        raise TokenError(400, "invalid_client", "Client Id is invalid")
    if not secrets.compare_digest(secret.encode(), integration.client_secret.encode()):
        raise TokenError(401, "invalid_client", "Client authentication failed")
    return integration


def _redeem(state: State, integration: Integration, form: Mapping[str, str]) -> Grant:
    code = state.grants.codes.pop(form.get("code", ""), None)
    if code is None or code.client_id != integration.client_id or state.clock() >= code.expires_at:
        raise TokenError(400, "invalid_grant", DEAD_CODE)
    if form.get("redirect_uri") != code.redirect_uri:
        raise TokenError(400, "invalid_grant", "The redirect URI differs from the one asked with.")
    _check_verifier(code, form.get("code_verifier", ""))
    return state.grants.open(state.accounts[code.person_id], code)


def _check_verifier(code: Code, verifier: str) -> None:
    if code.challenge is None:
        return
    if not VERIFIER.fullmatch(verifier) or _transformed(code.challenge, verifier) != (
        code.challenge.value
    ):
        raise TokenError(400, "invalid_grant", "The code verifier does not fit the challenge.")


def _transformed(challenge: CodeChallenge, verifier: str) -> str:
    if challenge.method == "plain":
        return verifier
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def _refresh(state: State, integration: Integration, refresh_token: str) -> Grant:
    grant = state.grants.by_refresh_token(refresh_token)
    if grant is None or grant.client_id != integration.client_id:
        raise TokenError(400, "invalid_request", DEAD_REFRESH_TOKEN)
    state.grants.renew(grant)
    return grant


def _tokens(state: State, grant: Grant, token: AccessToken) -> Json:
    policy, now = state.grants.policy, state.clock()
    tokens: Json = {
        "access_token": token.value,
        "refresh_token": grant.refresh_token,
        "token_type": "Bearer",
    }
    if policy.names_expiry:
        tokens["expires_in"] = int((token.expires_at - now).total_seconds())
        left = grant.refresh_expires_at - now
        tokens["refresh_token_expires_in"] = int(left.total_seconds())
    if policy.names_scope:
        tokens["scope"] = " ".join(scope for scope in grant.scopes if scope not in OPENID)
    return tokens
