from bot.catalogue.operations import Operations
from bot.catalogue.picture.picture import Picture
from bot.catalogue.scopes import Catalogue
from bot.chat.picture import layout, shortened

CATALOGUE, OPERATIONS = Catalogue.load(), Operations.load()


def laid_out(names: str) -> dict[str, object]:
    scopes = CATALOGUE.describe(names.split())
    return layout(Picture.of(scopes, OPERATIONS), scopes)


def test_what_is_cut_off_is_counted() -> None:
    assert shortened(["a", "b"], 2) == ["a", "b"]
    assert shortened(["a", "b", "c", "d"], 2) == ["a", "b", "And 2 more."]
    assert shortened([], 2) == []


def test_the_gravest_dangers_are_shown_and_the_others_counted() -> None:
    facts = laid_out("spark:all spark-admin:people_write")
    told = facts["dangers"]
    assert isinstance(told, list)
    assert len(told) == 5
    assert "When an administrator agrees" in told[0]
    assert told[-1] == "And 3 more."


def test_an_area_with_much_in_it_tells_how_much_is_left_out() -> None:
    facts = laid_out(" ".join(scope.name for scope in CATALOGUE))
    rows = facts["reads"]
    assert isinstance(rows, list)
    assert all(row["what"].count(";") <= 6 for row in rows)
    assert "more" in next(row["what"] for row in rows if row["area"] == "Meetings")


def test_the_most_dangerous_scopes_get_the_buttons_and_unknown_ones_none() -> None:
    names = "spark:people_read spark-admin:people_write spark:rooms_write x:y spark:teams_write"
    facts = laid_out(names)
    assert facts["neighbours"] == [
        {"name": "spark-admin:people_write"},
        {"name": "spark:rooms_write"},
        {"name": "spark:teams_write"},
    ]


def test_what_there_is_none_of_gets_no_heading() -> None:
    facts = laid_out("spark:people_read")
    assert facts["is_reading"]
    headings = ("is_changing", "is_dangerous", "is_to_mend")
    assert not any(facts[heading] for heading in headings)
