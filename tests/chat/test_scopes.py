import pytest

from bot.chat.card_rules import count_actions
from tests.chat.talk import ANA, GROUP, Talk, places, words


def test_without_words_it_tells_what_there_is(talk: Talk) -> None:
    said = words(talk.says(ANA, "scopes"))
    assert "- **Calling** " in said
    assert "- **Contact Center** " in said
    assert "scopes read call history" in said


@pytest.mark.parametrize("name", ["spark:messages_write", "SPARK:Messages_Write"])
def test_a_name_is_explained(talk: Talk, name: str) -> None:
    said = words(talk.says(ANA, f"scopes {name}"))
    assert "**Medium risk: others will believe the person wrote it**" in said
    assert "Cannot read what other people wrote." in said
    assert "any Webex user, for their own account" in said
    assert "spark:messages_read: type **scopes spark:messages_read**" in said


def test_words_find_scopes(talk: Talk) -> None:
    (said,) = talk.says(ANA, "scopes read recordings", room=GROUP)
    assert places([said]) == [f"room:{GROUP}"]
    assert "spark:recordings_read" in said.markdown
    assert said.markdown.count(" risk") <= 10


def test_words_that_find_nothing_are_told_so(talk: Talk) -> None:
    assert "I found none." in words(talk.says(ANA, "scopes qqqqqqqq zzzzzzzz"))


def test_every_scope_fits_its_card(talk: Talk) -> None:
    names = [scope.name for scope in talk.catalogue]
    for name in names[::9]:
        (said,) = talk.says(ANA, f"scopes {name}")
        assert name in said.markdown
        assert count_actions(said.card) <= 5
