from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.errors import BadInput
from bot.core.integrations import Access, Integration, Kind
from bot.core.secrets import Secret
from tests.core.examples import CALLING, NOW


@pytest.mark.parametrize("slug", ["a", "7", "calling", "calling-2", "a" * 40])
def test_a_sound_integration_passes(slug: str) -> None:
    sound = replace(CALLING, slug=slug, approvers=("boss@example.com",), max_days=1)
    assert sound.checked() is sound


FAULTS = {
    "empty slug": (replace(CALLING, slug=""), "slug"),
    "shouting": (replace(CALLING, slug="Calling"), "slug"),
    "outer hyphen": (replace(CALLING, slug="calling-"), "slug"),
    "too long": (replace(CALLING, slug="a" * 41), "slug"),
    "second line": (replace(CALLING, slug="calling\n"), "slug"),
    "path": (replace(CALLING, slug="../calling"), "slug"),
    "name": (replace(CALLING, name=" "), "no name"),
    "client id": (replace(CALLING, client_id=""), "no client id"),
    "client secret": (replace(CALLING, client_secret=Secret("")), "no client secret"),
    "scopes": (replace(CALLING, scopes=()), "no scopes"),
    "owner": (replace(CALLING, owner_email="owner"), "owner is not an e-mail"),
    "no owner": (replace(CALLING, owner_email=""), "an empty text is not an e-mail"),
    "approver": (replace(CALLING, approvers=("a@b.c", "two@x.y,z@x.y")), "two@x.y,z@x.y is not"),
    "days": (replace(CALLING, max_days=0), "max-days"),
    "task without words": (replace(CALLING, tasks=("GET /rooms", " ")), "a task is one line"),
    "long task": (replace(CALLING, tasks=("x" * 301,)), "1 to 300 signs"),
    "task of two lines": (replace(CALLING, tasks=("post\nalerts",)), "a task is one line"),
    "many tasks": (replace(CALLING, tasks=("GET /rooms",) * 21), "more than 20 tasks"),
    "service app": (replace(CALLING, kind=Kind.SERVICE_APP), "application id"),
}


@pytest.mark.parametrize(("faulty", "named"), FAULTS.values(), ids=FAULTS)
def test_each_fault_is_named(faulty: Integration, named: str) -> None:
    with pytest.raises(BadInput, match=named) as refused:
        faulty.checked()
    assert refused.value.message.count(";") == 0, "exactly one fault"


def test_all_faults_are_named_together_and_the_secret_never() -> None:
    faulty = replace(CALLING, slug="?", scopes=(), max_days=-1, client_secret=Secret("hush"))
    with pytest.raises(BadInput) as refused:
        faulty.checked()
    assert refused.value.message.count(";") == 2
    assert "hush" not in str(refused.value)


def test_a_service_app_with_its_application_id_passes() -> None:
    replace(CALLING, kind=Kind.SERVICE_APP, application_id="Y2lzY28").checked()


def test_as_many_and_as_long_tasks_as_allowed_pass() -> None:
    replace(CALLING, tasks=("x" * 300,) * 20).checked()


def test_an_open_integration_can_be_connected() -> None:
    assert CALLING.connectable(now=NOW) is CALLING


def test_a_refused_secret_may_be_tried_again_after_an_hour() -> None:
    refused = replace(CALLING, secret_refused_at=NOW - timedelta(hours=1))
    assert refused.connectable(now=NOW) is refused


@pytest.mark.parametrize(
    ("closed", "said", "advice"),
    [
        (replace(CALLING, kind=Kind.SERVICE_APP), "service app", "Control Hub"),
        (replace(CALLING, access=Access.APPROVAL), "approval", "owner@example.com"),
        (replace(CALLING, secret_refused_at=NOW), "out of order", "administrators"),
    ],
)
def test_a_link_that_leads_nowhere_is_not_made_and_the_advice_says_who_can_help(
    closed: Integration, said: str, advice: str
) -> None:
    with pytest.raises(BadInput) as refused:
        closed.connectable(now=NOW)
    assert said in refused.value.message
    assert advice in refused.value.advice
