from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.core import errors
from bot.core.errors import (
    BadInput,
    ConsentFailed,
    ConsentryError,
    GrantRefused,
    LeaseLost,
    SealBroken,
    WebexBusy,
    WebexRefused,
)
from bot.core.refusals import Refusal, RefusalKind


def tree(error: type[ConsentryError]) -> Iterator[type[ConsentryError]]:
    """Yield an error and everything below it, as far as the rules define it."""
    yield error
    for below in error.__subclasses__():
        yield from tree(below)


def test_an_error_says_what_happened_and_what_to_do_now() -> None:
    error = BadInput("That is no slug.", advice="Try another.")
    assert (error.message, error.advice) == ("That is no slug.", "Try another.")
    assert str(error) == "That is no slug. Try another."


def test_the_tree_in_the_docstring_is_the_tree() -> None:
    """Each drawn name stands below its base class, and every class of the module is drawn."""
    drawn, line = {}, list[tuple[int, str]]()
    for row in (errors.__doc__ or "").splitlines():
        if found := re.match(r"[ │├└─]*(?=[A-Z])", row):
            depth, name = len(found.group()), row[found.end() :].split()[0]
            if hasattr(errors, name):
                line = [*(one for one in line if one[0] < depth), (depth, name)]
                drawn[name] = line[-2][1] if len(line) > 1 else "Exception"
    real = {
        error.__name__: error.__base__.__name__
        for error in vars(errors).values()
        if isinstance(error, type)
        and issubclass(error, Exception)
        and error.__module__ == errors.__name__
        and error.__base__
    }
    assert drawn == real


def test_each_failed_consent_has_a_page_title_of_its_own() -> None:
    titles = [error.title for error in tree(ConsentFailed) if issubclass(error, ConsentFailed)]
    assert len(titles) == len(set(titles)) == 10


@pytest.mark.parametrize("kind", RefusalKind)
def test_a_refused_grant_carries_its_refusal_and_the_advice_that_fits(kind: RefusalKind) -> None:
    error = GrantRefused(Refusal(kind, "HTTP 400, invalid_request"))
    assert "HTTP 400, invalid_request" in error.message
    assert error.advice == kind.advice != ""


def test_a_busy_webex_says_when_to_come_back_and_whether_it_may_be_done() -> None:
    error = WebexBusy("Webex is busy.", retry_after=timedelta(seconds=3), was_maybe_done=True)
    assert (error.retry_after, error.was_maybe_done) == (timedelta(seconds=3), True)
    assert WebexBusy("Webex is busy.").retry_after is None
    assert not WebexBusy("Webex is busy.").was_maybe_done


def test_the_others_name_what_they_are_about() -> None:
    assert WebexRefused("No.", status=403).status == 403
    assert "connection:c1" in LeaseLost("connection:c1").message
    assert "tokens/c1/access" in str(SealBroken("tokens/c1/access"))
