from datetime import timedelta

from structlog.testing import capture_logs

from bot.chat.setbacks import MOST_ATTEMPTS, MOST_WAITS
from bot.core.errors import WebexBusy, WebexRefused
from bot.core.events import MESSAGE
from tests.chat.talk import ADMINISTRATOR, ANA, GROUP, NOW, Talk, places, words


def fail(talk: Talk, times: int) -> None:
    """Let reading fail this often, each time after the longest wait."""
    for _ in range(times):
        talk.messenger.failures.append(WebexRefused("The token is dead.", status=401))
        assert talk.conversation.hear_next("worker")
        talk.clock.move(timedelta(hours=1))


def test_a_refusal_that_may_be_mended_is_tried_again(talk: Talk) -> None:
    talk.hears(MESSAGE, ANA, words="help")
    fail(talk, MOST_ATTEMPTS - 1)
    assert len(talk.answers()) == 1


def test_an_event_that_could_not_be_read_is_told_to_administrators_alone(talk: Talk) -> None:
    talk.hears(MESSAGE, ANA, words="help")
    fail(talk, MOST_ATTEMPTS)
    said = talk.answers()
    assert places(said) == [ADMINISTRATOR]
    assert "My answer to a person was set aside" in words(said)
    assert "Webex would not let me read what was said: it answered 401." in words(said)


def test_of_what_nobody_foresaw_administrators_hear_in_words_and_the_log_where(talk: Talk) -> None:
    talk.hears(MESSAGE, ANA, words="help")
    with capture_logs() as entries:
        for _ in range(MOST_ATTEMPTS):
            talk.messenger.failures.append(KeyError("what was said"))
            assert talk.conversation.hear_next("worker")
            talk.clock.move(timedelta(hours=1))
    said = words(talk.answers())
    assert "I failed in a way that nobody foresaw" in said
    assert "KeyError" not in said
    (parked,) = (entry for entry in entries if entry["event"] == "event.parked")
    assert str(parked["reason"]).startswith("KeyError at fakes.py:")
    assert "what was said" not in str(entries)


def test_administrators_hear_of_set_aside_events_once_a_day(talk: Talk) -> None:
    for room in (GROUP, "another-room"):
        talk.hears(MESSAGE, ANA, words="help", room=room)
        fail(talk, MOST_ATTEMPTS)
    assert places(talk.answers()) == [ADMINISTRATOR]
    with talk.store.reading() as work:
        assert work.incidents.open(since=NOW) == {"event-parked": 2}


def test_an_event_for_which_webex_is_always_busy_ends_after_a_day(talk: Talk) -> None:
    talk.hears(MESSAGE, ANA, words="help")
    talk.hears(MESSAGE, ANA, words="status")
    begun = talk.clock()
    for _ in range(MOST_WAITS):
        talk.messenger.failures.append(WebexBusy("Webex answered 500."))
        assert talk.conversation.hear_next("worker")
        talk.clock.move(timedelta(minutes=10))
    assert timedelta(hours=20) < talk.clock() - begun < timedelta(hours=30)
    said = talk.answers()
    assert ADMINISTRATOR in places(said)
    assert "Your connections" in words(said)
