from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.connections import State
from bot.core.consent import ATTEMPT_LIVES, MOST_ATTEMPTS, TICKET_LIVES, Answer
from bot.core.errors import (
    AnswerUnknown,
    BadInput,
    BlockedByOrganisation,
    ConsentDenied,
    ConsentFailed,
    LinkUnknown,
    LinkUsed,
    OtherBrowser,
    ScopesRefused,
    UnknownIntegration,
    WebexBusy,
    WebexError,
    WebexFailed,
    WebexRefused,
    WrongAccount,
)
from bot.core.integrations import Access
from bot.core.people import Person
from bot.core.refusals import Refusal, RefusalKind
from bot.core.tokens import pkce_challenge
from tests.core.examples import ANNA, CALLING, DAY, NOW
from tests.flows.world import BEN, GOOD, OUTSIDER, TO_ANNA, TO_BEN, World


def assert_nothing_was_stored(world: World) -> None:
    with world.store.reading() as work:
        assert work.connections.all() == []


def test_the_link_names_our_address_and_a_ticket_nobody_can_guess(world: World) -> None:
    with world.store.begin() as work:
        integration, offer = world.consent.offer(work, ANNA, "calling")
    assert integration == CALLING
    assert re.fullmatch(r"https://bot\.example/connect/[\w-]{43}", world.consent.link(offer))
    assert (offer.scopes, offer.expires_at) == (CALLING.scopes, NOW + TICKET_LIVES)
    assert ("anna@example.com", "consent.offered", "integration:calling") in world.audit()


def test_a_link_that_would_lead_nowhere_is_not_made(world: World) -> None:
    world.register(replace(CALLING, slug="guarded", access=Access.APPROVAL))
    with world.store.begin() as work:
        with pytest.raises(BadInput, match="approval"):
            world.consent.offer(work, ANNA, "guarded")
        with pytest.raises(UnknownIntegration):
            world.consent.offer(work, ANNA, "nowhere")


def test_the_consent_page_is_asked_for_the_right_account_with_a_fresh_challenge(
    world: World,
) -> None:
    world.register(replace(CALLING, slug="chat", scopes=("spark:messages_read",)))
    state = world.state(world.ticket(ANNA, "chat"))
    asked = world.authority.asked[0]
    assert asked["integration"] == "chat"
    assert asked["scopes"] == ("spark:messages_read", "spark:kms")
    assert asked["hint"] == "anna@example.com"
    world.finish(state)
    ((code, verifier),) = world.authority.exchanged
    assert code == GOOD
    assert len(verifier) >= 43
    assert asked["challenge"] == pkce_challenge(verifier)


def test_a_consent_brings_a_connection_its_tokens_and_a_word_in_chat(world: World) -> None:
    state = world.state(world.ticket())
    connection, integration = world.consent.finish(Answer(state, code=GOOD), "browser")
    assert integration == CALLING
    assert world.connection() == connection
    assert (connection.state, connection.person) == (State.ACTIVE, ANNA)
    assert connection.refresh_ends_at == NOW + 90 * DAY
    assert world.kept(connection) == ["access-token", "refresh-token"]
    assert world.heard() == [(TO_ANNA, "connected calling")]
    target = f"connection:{connection.id}"
    assert ("anna@example.com", "connection.consented", target) in world.audit()


def test_a_preview_may_open_the_link_five_times_and_the_person_still_connects(
    world: World,
) -> None:
    ticket = world.ticket()
    states = [world.state(ticket, f"preview-{number}") for number in range(5)]
    assert len(set(states)) == 5
    state = world.state(ticket, "browser")
    world.finish(state)
    assert world.connection().state is State.ACTIVE


def test_a_link_that_is_opened_without_end_closes(world: World) -> None:
    ticket = world.ticket()
    for _ in range(MOST_ATTEMPTS):
        world.state(ticket)
    with pytest.raises(LinkUnknown):
        world.state(ticket)


def test_a_link_that_is_too_old_or_made_up_is_refused(world: World) -> None:
    ticket = world.ticket()
    with pytest.raises(LinkUnknown):
        world.state("made-up")
    world.clock.move(TICKET_LIVES)
    with pytest.raises(LinkUnknown):
        world.state(ticket)
    assert world.authority.asked == []


def test_a_person_who_takes_long_to_sign_in_still_connects_but_not_for_ever(world: World) -> None:
    ticket = world.ticket()
    slow, slower = world.state(ticket), world.state(ticket)
    world.clock.move(ATTEMPT_LIVES - timedelta(seconds=1))
    world.finish(slow)
    world.clock.move(timedelta(seconds=1))
    with pytest.raises(AnswerUnknown):
        world.finish(slower)


def test_a_used_link_neither_opens_nor_answers_again(world: World) -> None:
    ticket = world.ticket()
    first, second = world.state(ticket), world.state(ticket)
    world.finish(first)
    with pytest.raises(LinkUsed):
        world.state(ticket)
    with pytest.raises(LinkUsed):
        world.consent.finish(Answer(second, code="another"), "browser")
    assert [code for code, _ in world.authority.exchanged] == [GOOD]


def test_a_replayed_or_made_up_state_changes_nothing(world: World) -> None:
    state = world.state(world.ticket())
    world.finish(state)
    before, _ = world.connection(), world.heard()
    for replayed in (state, "made-up", ""):
        with pytest.raises(AnswerUnknown):
            world.finish(replayed)
    assert world.connection() == before
    assert world.heard() == []


@pytest.mark.parametrize("browser", ["another", ""])
def test_an_answer_in_another_browser_changes_nothing(world: World, browser: str) -> None:
    ticket = world.ticket()
    with pytest.raises(OtherBrowser):
        world.consent.finish(Answer(world.state(ticket), code=GOOD), browser)
    assert world.authority.exchanged == []
    assert_nothing_was_stored(world)
    world.finish(world.state(ticket))


ERRORS: dict[str, tuple[str, str, type[ConsentFailed]]] = {
    "declined": ("access_denied", "", ConsentDenied),
    "blocked": ("access_denied", "denied by your administrator", BlockedByOrganisation),
    "scope": ("invalid_scope", "", ScopesRefused),
    "fault": ("server_error", "", WebexFailed),
    "neither code nor error": ("", "", WebexFailed),
}


@pytest.mark.parametrize(("error", "description", "meaning"), ERRORS.values(), ids=ERRORS)
def test_an_error_of_webex_is_told_and_the_link_stays_open(
    world: World, error: str, description: str, meaning: type[ConsentFailed]
) -> None:
    ticket = world.ticket()
    answer = Answer(world.state(ticket), error=error, description=description)
    with pytest.raises(meaning) as failed:
        world.consent.finish(answer, "browser")
    assert type(failed.value) is meaning
    assert world.heard() == [(TO_ANNA, f"consent failed calling: {failed.value}")]
    assert world.audit()[-1] == ("anna@example.com", "consent.failed", "integration:calling")
    assert_nothing_was_stored(world)
    world.finish(world.state(ticket))


def test_a_code_beside_an_error_is_not_exchanged(world: World) -> None:
    state = world.state(world.ticket())
    with pytest.raises(ConsentDenied):
        world.consent.finish(Answer(state, code=GOOD, error="access_denied"), "browser")
    assert world.authority.exchanged == []


@pytest.mark.parametrize(
    ("account", "told"),
    [
        (
            BEN,
            [
                (TO_ANNA, "wrong account ben@example.com"),
                (TO_BEN, "asked by another anna@example.com"),
            ],
        ),
        (OUTSIDER, [(TO_ANNA, "wrong account eve@elsewhere.example")]),
    ],
)
def test_the_wrong_account_stores_nothing_and_only_allowed_people_are_told(
    world: World, account: Person, told: list[tuple[str, str]]
) -> None:
    world.authority.account = account
    ticket = world.ticket()
    with pytest.raises(WrongAccount):
        world.finish(world.state(ticket))
    assert_nothing_was_stored(world)
    assert sorted(world.heard()) == sorted(told)
    assert world.audit()[-1] == ("anna@example.com", "consent.wrong_account", "integration:calling")
    with pytest.raises(LinkUsed):
        world.state(ticket)


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        (WebexBusy("Webex is busy."), "would not complete it"),
        (WebexRefused("Not for you.", status=403), "would not say which account"),
    ],
)
def test_a_token_of_nobody_is_not_kept(world: World, trouble: WebexError, said: str) -> None:
    world.authority.trouble = trouble
    state = world.state(world.ticket())
    with pytest.raises(WebexFailed, match=said):
        world.finish(state)
    assert_nothing_was_stored(world)
    assert "consent failed" in world.heard()[0][1]


@pytest.mark.parametrize("kind", [RefusalKind.GONE, RefusalKind.PASSING, RefusalKind.UNKNOWN])
def test_a_code_that_webex_refuses_is_told_to_the_person_alone(
    world: World, kind: RefusalKind
) -> None:
    world.authority.refusal = Refusal(kind, "HTTP 400")
    state = world.state(world.ticket())
    with pytest.raises(WebexFailed):
        world.finish(state)
    assert [to for to, _ in world.heard()] == [TO_ANNA]
    assert world.incidents() == {}
