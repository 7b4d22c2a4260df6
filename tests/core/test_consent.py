from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.consent import (
    MOST_ATTEMPTS,
    TICKET_LIVES,
    Attempt,
    Offer,
    Ticket,
    closed,
    failure,
    no_token,
    other_browser,
    stale_answer,
    unknown_account,
    wrong_account,
)
from bot.core.errors import (
    AnswerUnknown,
    BlockedByOrganisation,
    ConsentDenied,
    ConsentFailed,
    LinkUnknown,
    LinkUsed,
    OtherBrowser,
    ScopesRefused,
    WebexFailed,
    WrongAccount,
)
from bot.core.people import Person
from bot.core.secrets import Secret
from tests.core.examples import ANNA, CALLING, NOW

TICKET = Ticket("print", "calling", ANNA, CALLING.scopes, NOW + TICKET_LIVES)
ALMOST = NOW + TICKET_LIVES * 0.999


@pytest.mark.parametrize(
    ("ticket", "is_open"),
    [
        (TICKET, True),
        (replace(TICKET, attempts=MOST_ATTEMPTS - 1), True),
        (replace(TICKET, attempts=MOST_ATTEMPTS), False),
        (replace(TICKET, used_at=NOW), False),
        (replace(TICKET, expires_at=ALMOST), False),
    ],
)
def test_a_link_is_open_until_it_is_used_too_old_or_opened_too_often(
    ticket: Ticket, is_open: bool
) -> None:
    assert ticket.is_open(now=ALMOST) is is_open


def test_a_closed_link_says_why() -> None:
    assert type(closed(replace(TICKET, used_at=NOW))) is LinkUsed
    assert type(closed(TICKET)) is LinkUnknown
    assert type(closed(None)) is LinkUnknown


DRESSES = {
    "declined": ("access_denied", "", ConsentDenied),
    "declined, in words": ("access_denied", "The user denied the request", ConsentDenied),
    "blocked": ("access_denied", "Your Administrator has denied this", BlockedByOrganisation),
    "blocked, American": (
        "server_error",
        "not allowed by your organization",
        BlockedByOrganisation,
    ),
    "blocked, British": ("access_denied", "Your organisation forbids it", BlockedByOrganisation),
    "scope": ("invalid_scope", "The requested scope is invalid.", ScopesRefused),
    "fault": ("server_error", "", WebexFailed),
    "unheard of": ("login_required", "", WebexFailed),
    "nothing at all": ("", "", WebexFailed),
}


@pytest.mark.parametrize(("error", "description", "meaning"), DRESSES.values(), ids=DRESSES)
def test_each_error_redirect_has_its_meaning(
    error: str, description: str, meaning: type[ConsentFailed]
) -> None:
    assert type(failure(error, description)) is meaning


def test_what_the_address_bar_said_is_never_repeated() -> None:
    said = str(failure("<script>", "administrator <script>alert(1)</script>"))
    assert "<script>" not in said


@pytest.mark.parametrize(
    ("error", "kind", "named"),
    [
        (stale_answer(), AnswerUnknown, "Nothing was changed"),
        (other_browser(), OtherBrowser, "same browser"),
        (no_token(CALLING), WebexFailed, "owner@example.com"),
        (unknown_account(CALLING), WebexFailed, "spark:people_read"),
        (wrong_account(ANNA, Person("b", "bob@example.com")), WrongAccount, "bob@example.com"),
    ],
)
def test_each_other_failure_says_what_to_do_now(
    error: ConsentFailed, kind: type[ConsentFailed], named: str
) -> None:
    assert type(error) is kind
    assert named in str(error)


def test_neither_an_offer_nor_an_attempt_shows_what_it_must_hide() -> None:
    offer = Offer(Secret("ticket-value"), (), NOW)
    attempt = Attempt("state-print", "print", "browser-print", Secret("verifier-value"), NOW)
    assert "ticket-value" not in repr(offer)
    assert "verifier-value" not in repr(attempt)
