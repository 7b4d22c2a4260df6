from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.connections import State
from bot.core.messages import Message
from tests.chat.talk import ANA, CALLING, GROUP, NOW, SAM, Talk, places, words


def button(message: Message, title: str) -> dict[str, object]:
    """Give what a press of this button sends."""
    assert message.card is not None
    actions = message.card["actions"]
    assert isinstance(actions, list)
    data: dict[str, object] = next(a["data"] for a in actions if a["title"] == title)
    return data


def test_status_without_connections_says_where_to_find_some(talk: Talk) -> None:
    assert "Say **integrations** to see what you can connect to" in words(talk.says(ANA, "status"))


def test_status_tells_what_is_well_and_for_how_long(talk: Talk) -> None:
    talk.connected()
    said = words(talk.says(ANA, "status"))
    assert "All is well" in said
    assert "**Calling reports** · Connected" in said
    assert "Renews itself until you end it." in said


def test_status_puts_what_needs_the_person_on_top(talk: Talk) -> None:
    other = replace(CALLING, slug="zebra", name="Zebra")
    with talk.store.begin() as work:
        talk.integrations.register(work, other, who="the test")
    talk.connected()
    ended = replace(talk.connected(replace(ANA, id="x"), other), state=State.NEEDS_CONSENT)
    with talk.store.begin() as work:
        work.connections.save(replace(ended, person=ANA), look_at=None)
    said = words(talk.says(ANA, "status"))
    assert said.index("Zebra") < said.index("Calling reports")
    assert "Connect again: type **connect zebra**" in said
    assert "All is well" not in said


def test_status_does_not_call_well_what_nothing_will_renew(talk: Talk) -> None:
    ending = replace(talk.connected(), deadline_is_fixed=True)
    with talk.store.begin() as work:
        work.connections.save(ending, look_at=None)
    said = words(talk.says(ANA, "status"))
    assert "connect again before then" in said
    assert "All is well" not in said


def test_status_shows_nobody_elses_connections(talk: Talk) -> None:
    talk.connected(SAM)
    assert "Calling" not in words(talk.says(ANA, "status"))


def test_status_tells_when_a_limited_consent_ends(talk: Talk) -> None:
    limited = replace(talk.connected(), ends_at=NOW + timedelta(days=30))
    with talk.store.begin() as work:
        work.connections.save(limited, look_at=None)
    said = words(talk.says(ANA, "status"))
    assert "Ends by itself Sun 20 December 2026, 14:00 UTC (in 30 days)." in said


@pytest.mark.parametrize("what", ["calling", "nonsense", "nonsense now"])
def test_what_is_not_connected_cannot_be_disconnected(talk: Talk, what: str) -> None:
    said = words(talk.says(ANA, f"disconnect {what}"))
    assert f"You have no connection with “{what.removesuffix(' now')}”." in said
    assert "“status” shows the ones you have" in said


def test_disconnecting_asks_first(talk: Talk) -> None:
    connection = talk.connected()
    (asked,) = talk.says(ANA, "disconnect Calling Reports")
    assert "Disconnect Calling reports?" in asked.markdown
    assert "type **disconnect calling now**" in asked.markdown
    assert talk.state(connection) is State.ACTIVE


def test_a_press_disconnects_and_takes_the_question_back(talk: Talk) -> None:
    connection = talk.connected()
    (asked,) = talk.says(ANA, "disconnect calling")
    retracted, told = talk.presses(ANA, button(asked, "Disconnect"), on="asked")
    assert retracted.retracts == "asked"
    assert "is disconnected" in told.markdown
    assert talk.state(connection) is State.REVOKED
    with talk.store.reading() as work:
        assert work.connections.access_token(connection.id) is None


def test_the_words_of_the_button_do_the_same(talk: Talk) -> None:
    connection = talk.connected()
    assert "is disconnected" in words(talk.says(ANA, "disconnect calling now"))
    assert talk.state(connection) is State.REVOKED


def test_a_second_press_changes_nothing_and_says_so(talk: Talk) -> None:
    talk.connected()
    (asked,) = talk.says(ANA, "disconnect calling")
    talk.presses(ANA, button(asked, "Disconnect"))
    (told,) = talk.presses(ANA, button(asked, "Disconnect"))
    assert "That button did nothing" in told.markdown


@pytest.mark.parametrize("title", ["Disconnect", "Keep it"])
def test_a_bystanders_press_changes_nothing_and_is_told_in_private(talk: Talk, title: str) -> None:
    of_ana, of_sam = talk.connected(ANA), talk.connected(SAM)
    (asked,) = talk.says(ANA, "disconnect calling")
    said = talk.presses(SAM, button(asked, title), room=GROUP)
    assert places(said) == ["person:sam-id"]
    assert [message.retracts for message in said] == [""]
    assert talk.state(of_ana) is State.ACTIVE
    assert talk.state(of_sam) is State.ACTIVE


def test_what_is_kept_stays_and_the_question_goes(talk: Talk) -> None:
    connection = talk.connected()
    (asked,) = talk.says(ANA, "disconnect calling")
    retracted, told = talk.presses(ANA, button(asked, "Keep it"), on="asked")
    assert retracted.retracts == "asked"
    assert "Nothing changed" in told.markdown
    assert talk.state(connection) is State.ACTIVE
