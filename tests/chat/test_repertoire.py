import pytest

from bot.chat.commands import Command
from bot.chat.repertoire import router
from bot.core.people import Person
from tests.chat.talk import ANA, GROUP, Talk

COMMANDS = router().commands


def test_the_commands_of_the_help_card_are_in_their_order() -> None:
    names = [command.name for command in COMMANDS]
    assert names == ["integrations", "connect", "status", "disconnect", "scopes", "advise", "help"]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
@pytest.mark.parametrize("rest", ["", "nonsense", "[x](https://evil.example) <@all> {{DATE}}"])
@pytest.mark.parametrize("room", ["", GROUP])
def test_whatever_follows_a_command_it_answers(
    talk: Talk, command: Command, rest: str, room: str
) -> None:
    said = talk.says(ANA, f"{command.name} {rest}", room=room)
    answers = [message for message in said if message.card]
    assert len(answers) == 1
    assert "](https://evil" not in said[-1].markdown


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_is_on_the_help_card(talk: Talk, command: Command) -> None:
    shown = talk.says(ANA, "help")[0].markdown
    assert command.name in shown
    assert command.summary in shown


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_no_command_answers_a_stranger(talk: Talk, command: Command) -> None:
    stranger = Person("s", "s@elsewhere.example")
    talk.messenger.people["s"] = stranger
    said = talk.says(stranger, f"{command.name} calling")
    assert [message.card for message in said] == [None]
