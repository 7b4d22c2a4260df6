from bot.chat.commands import action, command


def test_a_command_keeps_what_was_declared() -> None:
    @command("go", summary="Goes.", usage="go <where>", is_private=True, is_destructive=True)
    def go(person: object, *, words: str) -> None:
        """Go."""

    assert (go.name, go.summary, go.usage) == ("go", "Goes.", "go <where>")
    assert go.is_private
    assert go.is_destructive
    assert go.needs == ("person", "words")


def test_a_command_without_more_is_said_by_its_name_anywhere() -> None:
    @command("go", summary="Goes.")
    def go() -> None:
        """Go."""

    assert (go.usage, go.is_private, go.is_destructive, go.needs) == ("go", False, False, ())


def test_an_action_keeps_what_was_declared() -> None:
    @action("go")
    def go(press: object) -> None:
        """Go."""

    assert (go.name, go.needs) == ("go", ("press",))
