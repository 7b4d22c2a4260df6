"""The authorize endpoint and its consent page (Login with Webex guide, `/v1/authorize`).

What Webex would tell the person (unknown client, foreign redirect URI) is a page; what it would
tell the integration goes to the redirect URI as `error=`.
"""

import secrets
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from bot.emulator.consent_desk import ConsentPageError, ConsentRequest, Outcome
from bot.emulator.errors import WebexError
from bot.emulator.grants import Code, CodeChallenge
from bot.emulator.organisation import Integration
from bot.emulator.records import Account
from bot.emulator.scopes import ALWAYS_REGISTERED
from bot.emulator.state import State

CHALLENGE_METHODS = ("S256", "plain")
BLOCKED = "Your administrator has denied access to this integration."


@dataclass(frozen=True)
class Refusal:
    """An error that is told to the integration through its redirect URI."""

    redirect_uri: str
    state: str | None
    error: str
    description: str

    @property
    def url(self) -> str:
        """Return where the browser goes with this error."""
        answer = {"error": self.error, "error_description": self.description}
        return _with_answer(self.redirect_uri, answer, self.state)


def read_request(state: State, query: dict[str, str]) -> ConsentRequest | Refusal:
    """Check the parameters of an authorize request, the untrustworthy ones first."""
    integration = state.integrations.get(query.get("client_id", ""))
    if integration is None:
        raise ConsentPageError("No integration has this client_id.")
    redirect_uri = _redirect_uri(integration, query.get("redirect_uri"))
    fault = _fault(integration, query, state.consent_desk.outcome)
    if fault is not None:
        return Refusal(redirect_uri, query.get("state"), *fault)
    return ConsentRequest(
        integration=integration,
        redirect_uri=redirect_uri,
        scopes=tuple(query["scope"].split()),
        state=query.get("state"),
        challenge=_challenge(query),
        login_hint=query.get("login_hint"),
    )


def accept(state: State, request: ConsentRequest, person: Account) -> str:
    """Give the consent of a person; return where the browser goes with the code."""
    if person.is_bot or not person.is_active:
        raise WebexError(403, f"{person.email} cannot sign in.")
    withheld = state.grants.policy.withheld_scopes.split()
    code = Code(
        value=f"{secrets.token_urlsafe(32).replace('_', '-')}_PF84",
        person_id=person.id,
        client_id=request.integration.client_id,
        redirect_uri=request.redirect_uri,
        scopes=tuple(scope for scope in request.scopes if scope not in withheld),
        expires_at=state.clock() + state.grants.policy.code_lifetime,
        challenge=request.challenge,
    )
    state.grants.codes[code.value] = code
    return _with_answer(request.redirect_uri, {"code": code.value}, request.state)


def decline(request: ConsentRequest) -> Refusal:
    """Return the refusal of a person who pressed Decline."""
    return Refusal(
        request.redirect_uri,
        request.state,
        "access_denied",
        "The resource owner denied the request.",
    )


def _redirect_uri(integration: Integration, given: str | None) -> str:
    registered = integration.redirect_uris
    if given is None and len(registered) == 1:
        return registered[0]
    if given not in registered:
        raise ConsentPageError("The redirect_uri is not one that this integration registered.")
    return given


def _fault(
    integration: Integration, query: dict[str, str], outcome: Outcome
) -> tuple[str, str] | None:
    asked = query.get("scope", "").split()
    method = query.get("code_challenge_method", "plain")
    is_registered = set(asked) <= {*integration.scopes, *ALWAYS_REGISTERED}
    faults = (
        (
            query.get("response_type") != "code",
            ("unsupported_response_type", "The response type must be code."),
        ),
        (not asked or not is_registered, ("invalid_scope", "The requested scope is invalid.")),
        (
            "code_challenge" in query and method not in CHALLENGE_METHODS,
            ("invalid_request", "The code challenge method must be S256 or plain."),
        ),
        (query.get("prompt") == "none", ("login_required", "Nobody is signed in.")),
        (outcome == "blocked", ("access_denied", BLOCKED)),
        (outcome == "server_error", ("server_error", "The server could not finish the request.")),
    )
    return next((fault for is_met, fault in faults if is_met), None)


def _challenge(query: dict[str, str]) -> CodeChallenge | None:
    value = query.get("code_challenge")
    return CodeChallenge(value, query.get("code_challenge_method", "plain")) if value else None


def _with_answer(redirect_uri: str, answer: dict[str, str], state: str | None) -> str:
    if state is not None:
        answer = answer | {"state": state}
    separator = "&" if urlsplit(redirect_uri).query else "?"
    return f"{redirect_uri}{separator}{urlencode(answer)}"
