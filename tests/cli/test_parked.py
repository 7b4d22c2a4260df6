"""What was set aside is shown with its reason, and goes back in line at a word."""

from __future__ import annotations

from datetime import timedelta

from bot.core.events import Event
from bot.core.messages import Message, to_email
from tests.cli.terminal import Terminal
from tests.stage import ANA, Stage


def test_nothing_set_aside_is_said_so(terminal: Terminal) -> None:
    assert terminal.done("parked", "list") == "Nothing was set aside.\n"
    assert terminal.done("parked", "retry") == "0 event(s) and 0 message(s) are in line again.\n"


def test_what_was_set_aside_is_listed_with_its_reason_and_not_its_words(
    stage: Stage, terminal: Terminal
) -> None:
    set_aside(stage)
    event, message = terminal.done("parked", "list").splitlines()
    assert event.split("  ")[1:] == ["event", "r", "no such person"]
    assert message.split("  ")[1:] == ["message", f"email:{ANA}", "no such space"]
    assert f"{stage.webex.clock():%Y-%m-%d}" in event
    assert "hello" not in message


def test_a_retry_puts_everything_in_line_and_closes_the_faults(
    stage: Stage, terminal: Terminal
) -> None:
    set_aside(stage)
    assert terminal.done("parked", "retry") == "1 event(s) and 1 message(s) are in line again.\n"
    assert terminal.done("parked", "list") == "Nothing was set aside.\n"
    with stage.consentry.store.reading() as work:
        since = stage.webex.clock() - timedelta(days=1)
        assert list(work.incidents.open(since=since)) == ["signature"]
    stage.play()
    assert stage.last(ANA) == "hello"


def set_aside(stage: Stage) -> None:
    """Park an event and a message, and open faults, of which one is about something else."""
    now, minute = stage.webex.clock(), timedelta(minutes=1)
    with stage.consentry.store.begin() as work:
        work.inbox.put(Event("memberships", "deleted", "m", room_id="r", person_id="p"), now=now)
        work.outbox.put(Message(to_email(ANA), "hello"), now=now)
        heard = work.inbox.claim("test", now=now, lease=minute)
        said = work.outbox.claim("test", now=now, lease=minute)
        assert heard
        assert said
        work.inbox.park(heard[0], now=now, reason="no such person")
        work.outbox.park(said[0], now=now, reason="no such space")
        for fault in ("event-parked", f"undeliverable:email:{ANA}", "signature"):
            work.incidents.happened(fault, now=now)
