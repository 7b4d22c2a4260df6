import pytest

from bot.chat.repertoire import router
from bot.chat.understanding import understand

COMMANDS = router().commands


@pytest.mark.parametrize(
    ("words", "name", "rest"),
    [
        ("status", "status", ""),
        ("STATUS!", "status", ""),
        ("/help", "help", ""),
        ("", "help", ""),
        ("   ", "help", ""),
        ("connect Calling Reports", "connect", "Calling Reports"),
        ("scopes spark:People", "scopes", "spark:People"),
        ("scopes:\nspark:People\n and more", "scopes", "spark:People\n and more"),
    ],
)
def test_what_is_said_exactly_is_understood(words: str, name: str, rest: str) -> None:
    understood = understand(words, COMMANDS)
    assert understood.command is not None
    assert (understood.command.name, understood.rest) == (name, rest)
    assert not understood.is_guess


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("stauts", "status"),
        ("hlep", "help"),
        ("conect calling", "connect"),
        ("conenct calling", "connect"),
        ("integration", "integrations"),
        ("scope calls", "scopes"),
    ],
)
def test_a_typo_with_one_near_command_is_a_guess(words: str, name: str) -> None:
    understood = understand(words, COMMANDS)
    assert understood.command is not None
    assert understood.command.name == name
    assert understood.is_guess


@pytest.mark.parametrize("words", ["disconect calling", "disconnet calling", "dsconnect"])
def test_a_destructive_command_is_only_suggested(words: str) -> None:
    understood = understand(words, COMMANDS)
    assert understood.command is None
    assert understood.suggestions[0].name == "disconnect"


@pytest.mark.parametrize("words", ["hello", "what is this", "???", "x" * 5000])
def test_other_words_are_not_understood(words: str) -> None:
    understood = understand(words, COMMANDS)
    assert understood.command is None
    assert understood.suggestions == ()
