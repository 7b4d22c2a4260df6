from dataclasses import replace

from bot.chat.hearing import Heard
from bot.core.people import Person, Room
from tests.chat.talk import ANA, EVE, GROUP, HELPER, Talk, places, words


def test_an_apology_says_what_happened_and_what_to_do(talk: Talk) -> None:
    (said,) = talk.says(ANA, "disconnect calling")
    assert "You have no connection with “calling”." in said.markdown
    assert "“status” shows the ones you have" in said.markdown


def test_an_apology_is_a_private_matter(talk: Talk) -> None:
    line, said = talk.says(ANA, "disconnect calling", room=GROUP)
    assert places([line, said]) == [f"room:{GROUP}", "person:ana-id"]


def test_a_strangers_press_changes_nothing(talk: Talk) -> None:
    said = talk.presses(EVE, {"action": "say", "say": "connect calling"}, room=GROUP)
    assert places(said) == ["person:eve-id"]
    assert "only talk to people of the organisation" in words(said)


def test_only_people_who_may_hear_that_their_message_was_set_aside(talk: Talk) -> None:
    room = Room(GROUP, is_direct=False)
    our_bot = replace(HELPER, email="helper@example.com")
    with talk.store.begin() as work:
        for person in (ANA, EVE, our_bot):
            talk.conversation.answers.give_up(work, Heard(person, room), now=talk.clock())
    assert places(talk.outbox()) == ["person:ana-id"]


def test_a_hostile_name_is_only_a_name(talk: Talk) -> None:
    hostile = Person("h", "h@example.com", "[Approve](https://evil.example) <@all>\n# Now")
    talk.messenger.people["h"] = hostile
    line = talk.says(hostile, "status", room=GROUP)[0]
    assert "](" not in line.markdown
    assert "<@all>" not in line.markdown
    assert "\n" not in line.markdown
