from bot.chat.commands import Press
from bot.chat.hearing import Heard, hear
from bot.core.events import JOINED, LEFT, MESSAGE, PRESS, Event, Pressed, Spoken
from bot.core.people import Room
from tests.chat.talk import ANA
from tests.fakes import BOT, FakeMessenger


def webex() -> FakeMessenger:
    return FakeMessenger(
        people={ANA.id: ANA},
        messages={"m": Spoken("m", "room", True, ANA.id, ANA.email, "help")},
        presses={"a": Pressed("a", ANA.id, "room", "card", {"action": "say"})},
        direct_rooms={"room"},
    )


def heard(kind: tuple[str, str], name: str, person_id: str = ANA.id) -> Heard | None:
    event = Event(*kind, name, room_id="elsewhere", person_id=person_id)
    return hear(event, messenger=webex(), me=BOT)


def test_a_message_is_read_from_webex_and_so_are_who_and_where() -> None:
    said = heard(MESSAGE, "m", person_id="forged-id")
    assert said == Heard(ANA, Room("room", is_direct=True), "help")


def test_a_press_is_read_from_webex_and_so_are_who_and_where() -> None:
    said = heard(PRESS, "a", person_id="forged-id")
    press = Press("card", {"action": "say"})
    assert said == Heard(ANA, Room("room", is_direct=True), press=press)


def test_our_own_words_are_not_even_read() -> None:
    assert heard(MESSAGE, "no such message", person_id=BOT.id) is None


def test_our_own_joining_is_a_welcome_and_that_of_others_is_nothing() -> None:
    assert heard(JOINED, "j", person_id=BOT.id) == Heard(
        BOT, Room("elsewhere", is_direct=False), is_welcome=True
    )
    assert heard(JOINED, "j") is None


def test_a_new_conversation_with_one_person_needs_no_greeting() -> None:
    event = Event(*JOINED, "j", room_id="room", person_id=BOT.id)
    assert hear(event, messenger=webex(), me=BOT) is None


def test_who_leaves_is_nothing_to_answer() -> None:
    assert heard(LEFT, "l") is None
