import pytest

from bot.chat.commands import action, command
from bot.chat.reply import Reply
from bot.chat.router import HandlerBroken, Router
from tests.chat.talk import ANA, GROUP, Talk, places, words


@command("go", summary="Goes.")
def go(reply: Reply) -> None:
    """Go."""


@action("press")
def press(reply: Reply) -> None:
    """Press."""


def test_a_need_that_nobody_offers_is_an_error_that_names_the_known_ones() -> None:
    @command("bad", summary="Asks too much.")
    def bad(persn: object, moon: object) -> None:
        """Ask."""

    with pytest.raises(HandlerBroken) as broken:
        Router([bad], [])
    assert "asks for 'persn'" in broken.value.message
    assert "asks for 'moon'" in broken.value.message
    assert "person, room, words, press, work, reply, now" in broken.value.advice


def test_a_name_can_be_taken_once() -> None:
    @action("say")
    def say() -> None:
        """Say."""

    with pytest.raises(HandlerBroken) as broken:
        Router([go, go], [press, press, say])
    assert "The command 'go' is declared twice" in broken.value.message
    assert "The action 'press' is declared twice" in broken.value.message
    assert "The action 'say' is declared twice" in broken.value.message


def test_what_cards_may_send_is_known() -> None:
    assert Router([go], [press]).actions == {"say", "press"}


@pytest.mark.parametrize(
    ("say", "told"),
    [
        ("help", "Hello, I am Consentry"),
        ("", "Hello, I am Consentry"),
        ("status", "Your connections"),
        ("integrations", "Integrations"),
        ("scopes", "Scopes in plain words"),
        ("scopes spark:calls_read", "spark:calls_read"),
        ("connect", "Which one do you mean?"),
        ("connect calling", "asks for your consent"),
        ("connect wallboard", "may only be connected after an approval"),
        ("disconnect", "You did not say which connection to end."),
        ("disconnect nothing", "You have no connection with “nothing”"),
        ("disconnect calling", "You have no connection with “calling”"),
        ("disconect calling", "I did not understand “disconect”"),
        ("hello", "I did not understand “hello”"),
    ],
)
def test_each_word_gets_its_one_answer(talk: Talk, say: str, told: str) -> None:
    said = talk.says(ANA, say)
    assert len(said) == 1
    assert told.lower() in words(said).lower()


def test_a_typo_is_answered_and_says_what_was_understood(talk: Talk) -> None:
    line, answer = talk.says(ANA, "stauts")
    assert line.markdown == "I read “stauts” as **status**."
    assert line.card is None
    assert "Your connections" in answer.markdown


@pytest.mark.parametrize("say", ["status", "connect calling", "disconnect calling"])
def test_private_matters_said_in_a_space_are_answered_in_private(talk: Talk, say: str) -> None:
    line, answer = talk.says(ANA, say, room=GROUP)
    assert places([line, answer]) == [f"room:{GROUP}", "person:ana-id"]
    assert line.markdown == "Ana Ruiz, I answered you in our 1:1 space."


def test_a_button_may_stand_for_words(talk: Talk) -> None:
    assert "Your connections" in words(talk.presses(ANA, {"action": "say", "say": "status"}))


def test_a_button_may_take_words_from_an_input(talk: Talk) -> None:
    said = talk.presses(ANA, {"action": "say", "say": "scopes", "words": "spark:calls_read"})
    assert "spark:calls_read" in words(said)


@pytest.mark.parametrize("inputs", [{}, {"action": "fly"}, {"action": 7}])
def test_a_button_that_nobody_knows_gets_an_answer(talk: Talk, inputs: dict[str, object]) -> None:
    assert "older version" in words(talk.presses(ANA, inputs))


def test_a_button_for_private_words_pressed_in_a_space_is_answered_in_private(talk: Talk) -> None:
    said = talk.presses(ANA, {"action": "say", "say": "status"}, room=GROUP)
    assert places(said) == [f"room:{GROUP}", "person:ana-id"]
