from tests.chat.talk import ANA, GROUP, Talk, words


def test_help_in_private_does_not_speak_of_mentions(talk: Talk) -> None:
    assert "mention me first" not in words(talk.says(ANA, "help"))


def test_help_in_a_space_says_to_mention_the_bot(talk: Talk) -> None:
    assert "mention me first" in words(talk.says(ANA, "help", room=GROUP))


def test_help_shows_what_may_follow_a_command(talk: Talk) -> None:
    assert "**connect \u2039integration\u203a**" in words(talk.says(ANA, "help"))
