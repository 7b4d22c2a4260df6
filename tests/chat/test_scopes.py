import json

import pytest

from bot.catalogue.scope import Area
from bot.chat.card_rules import count_actions, parts
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


def test_an_area_is_listed_whole_ten_at_a_time(talk: Talk) -> None:
    held = [scope.name for scope in talk.catalogue if Area.CONTACT_CENTER in scope.areas]
    first, second = (talk.says(ANA, f"scopes contact center{page}") for page in ("", " page 2"))
    assert f"1 to 10 of {len(held)}" in words(first)
    assert f"11 to {len(held)} of {len(held)}" in words(second)
    assert "More: type **scopes contact center page 2**" in words(first)
    assert "More" not in words(second)
    told = words([*first, *second])
    assert [name for name in held if f"**{name}**" not in told] == []


def test_the_button_for_more_does_what_its_words_do(talk: Talk) -> None:
    (first,) = talk.says(ANA, "scopes meetings")
    assert first.card is not None
    (button,) = [part for _, part in parts(first.card) if part.get("type") == "Action.Submit"]
    inputs = button["data"]
    assert isinstance(inputs, dict)
    assert words(talk.presses(ANA, inputs)) == words(talk.says(ANA, "scopes meetings page 2"))


@pytest.mark.parametrize(("page", "range_"), [("0", "1 to 10"), ("999", " of ")])
def test_a_page_that_is_not_there_gives_the_nearest(talk: Talk, page: str, range_: str) -> None:
    said = words(talk.says(ANA, f"scopes meetings page {page}"))
    assert range_ in said
    assert "spark" in said or "meeting:" in said


@pytest.mark.parametrize(
    "say",
    [
        "spark:messages_read spark:messages_write",
        "spark:messages_read, SPARK:messages_write",
        "spark:messages_read,spark:messages_write spark:messages_read",
    ],
)
def test_several_names_are_explained_as_one_picture(talk: Talk, say: str) -> None:
    (said,) = talk.says(ANA, f"scopes {say}")
    for told in (
        "2 scopes together",
        "Medium risk, opens 13 operations",
        "Only what the person who agrees may see and do.",
        "before the person notices.",
        "- **Messages** messages and files in the person's spaces",
        "- **Messages** messages in the person's name",
        "Cannot see or control devices.",
        "spark:messages_write: type **scopes spark:messages_write**",
    ):
        assert told in said.markdown


def test_a_misspelt_name_among_several_is_told_to_be_unknown(talk: Talk) -> None:
    said = words(talk.says(ANA, "scopes spark:messages_read spark:mesages_write"))
    assert "Unknown: spark:mesages_write. Check the spelling." in said
    assert "Perhaps everybody's data" in said


def test_words_that_are_no_names_are_searched_for_though_a_name_is_among_them(talk: Talk) -> None:
    assert "together" not in words(talk.says(ANA, "scopes phone numbers"))
    assert "together" not in words(talk.says(ANA, "scopes e-mail profile pictures"))


@pytest.mark.parametrize("name", ["wallboard", "Contact Center WALLBOARD"])
def test_an_integrations_scopes_are_explained_as_one_picture(talk: Talk, name: str) -> None:
    said = words(talk.says(ANA, f"scopes {name}"))
    assert "**Contact Center wallboard**" in said
    assert "- **Contact Center** Contact Center settings, activity and recordings" in said
    assert "cjp:config_read" in said


def test_an_integration_that_is_called_like_an_area_does_not_hide_it(talk: Talk) -> None:
    assert "**Calling reports**" in words(talk.says(ANA, "scopes calling"))
    offer = "All about Calling: type **scopes calling page 1**"
    assert offer in words(talk.says(ANA, "scopes calling"))
    assert "Scopes for “calling”" in words(talk.says(ANA, "scopes calling page 1"))


def test_a_scope_tells_which_operations_need_it(talk: Talk) -> None:
    said = words(talk.says(ANA, "scopes spark:rooms_read"))
    needing = talk.advisor.operations.needing("spark:rooms_read")
    assert f"- **Needed by** {len(needing)} operations" in said
    assert sum(operation.name in said.splitlines() for operation in needing) <= 5
    assert "- GET /rooms" in said


def test_a_scope_that_is_nowhere_documented_says_so(talk: Talk) -> None:
    said = words(talk.says(ANA, "scopes cloud-contact-center:pod_read"))
    assert "Webex publishes nothing about this scope." in said
    assert "- **Needed by** No published operation" in said
    assert "For example" not in said


def test_the_whole_catalogue_fits_a_picture(talk: Talk) -> None:
    (said,) = talk.says(ANA, "scopes " + " ".join(scope.name for scope in talk.catalogue))
    assert "182 scopes together" in said.markdown
    assert said.card is not None
    assert len(json.dumps(said.card).encode()) < 20_000
    assert count_actions(said.card) <= 5


def test_every_scope_fits_its_card(talk: Talk) -> None:
    names = [scope.name for scope in talk.catalogue]
    for name in names[::9]:
        (said,) = talk.says(ANA, f"scopes {name}")
        assert name in said.markdown
        assert count_actions(said.card) <= 5
