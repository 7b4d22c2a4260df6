from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from bot.chat.commands import command
from bot.chat.conversation import LEASE
from bot.chat.reply import Reply
from bot.chat.router import Router
from bot.chat.setbacks import MOST_ATTEMPTS
from bot.core.errors import BadInput, WebexBusy, WebexRefused
from bot.core.events import JOINED, LEFT, MESSAGE, Spoken
from bot.core.keeping import Work
from bot.core.people import Person
from bot.store.store import Store
from tests.chat.talk import ADMINISTRATOR, ANA, EVE, GROUP, HELPER, NOW, Talk, places, words
from tests.fakes import BOT, FakeMessenger


@pytest.fixture
def talk_on_both(store: Store) -> Talk:
    return Talk(store)


def test_a_message_is_answered_where_it_was_said(talk_on_both: Talk) -> None:
    said = talk_on_both.says(ANA, "help")
    assert places(said) == ["person:ana-id"]
    assert said[0].card is not None
    assert "Hello, I am Consentry" in said[0].markdown


def test_in_a_space_the_answer_goes_to_the_space(talk: Talk) -> None:
    html = '<p><spark-mention data-object-id="bot-id">Consentry</spark-mention> help</p>'
    assert places(talk.says(ANA, "Consentry help", room=GROUP, html=html)) == [f"room:{GROUP}"]


def test_with_nothing_to_do_it_says_so(talk: Talk) -> None:
    assert not talk.conversation.hear_next("worker")


def test_a_redelivered_event_is_answered_once(talk: Talk) -> None:
    event = talk.hears(MESSAGE, ANA, words="help")
    assert len(talk.answers()) == 1
    with talk.store.begin() as work:
        assert not work.inbox.put(event, now=talk.clock())
    assert talk.answers() == []


@pytest.mark.parametrize("silent", [BOT, HELPER])
def test_bots_are_not_answered(talk: Talk, silent: Person) -> None:
    assert talk.says(silent, "help") == []


def test_a_stranger_hears_one_polite_sentence_a_day_and_in_private(talk: Talk) -> None:
    said = talk.says(EVE, "status", room=GROUP)
    assert places(said) == ["person:eve-id"]
    assert said[0].card is None
    assert "Sorry" in words(said)
    assert talk.says(EVE, "connect calling") == []
    talk.clock.move(timedelta(days=1))
    assert len(talk.says(EVE, "help")) == 1


@pytest.mark.parametrize("kind", [JOINED, LEFT])
@pytest.mark.parametrize("person", [BOT, ANA, EVE])
def test_who_joins_or_leaves_is_not_answered(
    talk: Talk, kind: tuple[str, str], person: Person
) -> None:
    talk.hears(kind, person, words="", room=GROUP)
    assert talk.answers() == []
    with talk.store.reading() as work:
        assert work.inbox.waiting() == 0


def test_a_message_that_was_deleted_meanwhile_is_let_go(talk: Talk) -> None:
    talk.messenger.failures.append(WebexRefused("Gone.", status=404))
    assert talk.says(ANA, "help") == []
    talk.clock.move(timedelta(hours=1))
    assert talk.answers() == []


def test_while_webex_is_busy_the_event_waits_as_long_as_it_asks(talk: Talk) -> None:
    busy = WebexBusy("Webex is busy.", retry_after=timedelta(minutes=20))
    talk.messenger.failures.append(busy)
    assert talk.says(ANA, "help") == []
    talk.clock.move(timedelta(minutes=19))
    assert talk.answers() == []
    talk.clock.move(timedelta(minutes=2))
    assert len(talk.answers()) == 1


def test_an_outage_of_any_length_loses_no_message(talk: Talk) -> None:
    talk.hears(MESSAGE, ANA, words="help")
    for _ in range(3 * MOST_ATTEMPTS):
        talk.messenger.failures.append(WebexBusy("Webex is busy."))
        assert talk.answers() == []
        talk.clock.move(timedelta(hours=1))
    assert len(talk.answers()) == 1


@command("half", summary="Begins something that turns out to be wrong.")
def half_done(work: Work, reply: Reply) -> None:
    work.audit.note("half.done", who="test", target="test", now=reply.now)
    reply("kept")
    raise BadInput("There is no such thing.", advice="Name another.")


def test_what_a_refused_command_began_leaves_no_trace(store: Store) -> None:
    talk = Talk(store, Router([half_done], []))
    said = talk.says(ANA, "half")
    assert len(said) == 1
    assert "There is no such thing." in words(said)
    assert "Name another." in words(said)
    assert "Nothing changed" not in words(said)


@command("fall", summary="Fails for a reason nobody foresaw.")
def fall(person: Person) -> None:
    raise ZeroDivisionError(f"the words of {person.email}")


def test_what_fails_for_no_known_reason_is_tried_again_and_then_set_aside(
    store: Store,
) -> None:
    talk = Talk(store, Router([fall], []))
    talk.hears(MESSAGE, ANA, words="fall")
    for _ in range(MOST_ATTEMPTS - 1):
        assert talk.answers() == []
        talk.clock.move(timedelta(hours=1))
    said = talk.answers()
    assert sorted(places(said)) == [ADMINISTRATOR, "person:ana-id"]
    assert "administrators have been told" in words(said)
    assert "My answer to Ana Ruiz was set aside" in words(said)
    with store.reading() as work:
        assert work.incidents.open(since=NOW) == {"event-parked": 1}
    assert "the words of" not in words(said)
    talk.clock.move(timedelta(days=1))
    assert talk.answers() == []


def test_after_a_poisoned_event_the_next_one_is_answered(talk: Talk) -> None:
    talk.messenger.failures.append(RuntimeError("unforeseen"))
    talk.hears(MESSAGE, ANA, words="help")
    other = talk.says(ANA, "help", room=GROUP)
    assert places(other) == [f"room:{GROUP}"]


class SlowMessenger(FakeMessenger):
    """Takes so long to read its first message that another worker takes over."""

    def spoken(self, message_id: str) -> Spoken:
        talk, self.talk = self.talk, None
        if talk:
            talk.clock.move(2 * LEASE)
            assert talk.conversation.hear_next("another worker")
        return super().spoken(message_id)

    talk: Talk | None = None


def test_who_lost_the_lease_says_nothing(store: Store) -> None:
    messenger = SlowMessenger()
    talk = Talk(store, messenger=messenger)
    messenger.talk = talk
    assert len(talk.says(ANA, "help")) == 1


def test_no_word_that_was_said_gets_into_the_log(talk: Talk) -> None:
    with capture_logs() as entries:
        talk.says(ANA, "connect my-secret-plan")
        talk.messenger.failures.append(ValueError("my-secret-plan"))
        talk.says(ANA, "my-secret-plan", room=GROUP)
    logged = str(entries)
    assert "event.done" in logged
    assert "ValueError" in logged
    assert "my-secret-plan" not in logged
