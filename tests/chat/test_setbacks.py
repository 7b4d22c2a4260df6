from datetime import timedelta

from bot.chat.setbacks import MOST_ATTEMPTS
from bot.core.errors import WebexRefused
from bot.core.events import MESSAGE
from tests.chat.talk import ADMINISTRATOR, ANA, GROUP, Talk, places, words


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
    event = talk.hears(MESSAGE, ANA, words="help")
    fail(talk, MOST_ATTEMPTS)
    said = talk.answers()
    assert places(said) == [ADMINISTRATOR]
    assert event.key in words(said)
    assert "WebexRefused at fakes.py" in words(said)


def test_administrators_hear_of_set_aside_events_once_a_day(talk: Talk) -> None:
    for room in (GROUP, "another-room"):
        talk.hears(MESSAGE, ANA, words="help", room=room)
        fail(talk, MOST_ATTEMPTS)
    assert places(talk.answers()) == [ADMINISTRATOR]
    with talk.store.reading() as work:
        assert work.incidents.open() == {"event-parked": 2}
