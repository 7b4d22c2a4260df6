from bot.chat.commands import Place, action, command


def test_a_command_keeps_what_was_declared() -> None:
    @command("go", summary="Goes.", usage="go <where>", place=Place.PRIVATE, is_destructive=True)
    def go(person: object, *, words: str) -> None:
        """Go."""

    assert (go.name, go.summary, go.usage) == ("go", "Goes.", "go <where>")
    assert go.place is Place.PRIVATE
    assert go.is_destructive
    assert go.needs == ("person", "words")


def test_a_command_without_more_is_said_by_its_name_anywhere() -> None:
    @command("go", summary="Goes.")
    def go() -> None:
        """Go."""

    assert (go.usage, go.place, go.is_destructive, go.needs) == ("go", Place.ANYWHERE, False, ())


def test_an_action_keeps_what_was_declared() -> None:
    @action("go", place=Place.PRIVATE)
    def go(press: object) -> None:
        """Go."""

    assert (go.name, go.place, go.needs) == ("go", Place.PRIVATE, ("press",))
