from dataclasses import replace

from bot.catalogue.operation import Operation, Product
from bot.catalogue.refresh.comparison import Comparison, compare, refreshed
from bot.catalogue.refresh.openapi import Published
from bot.catalogue.refresh.scope_sentences import Alternatives, Statement
from bot.catalogue.scope import Confidence

A, B = frozenset({"spark:a"}), frozenset({"spark:b"})
SCOPES = {"spark:a", "spark:b"}

HELD = Operation(
    "GET",
    "/v1/rooms/{id}",
    title="Room",
    product=Product.MESSAGING,
    group="Rooms",
    any_of=(A,),
    confidence=Confidence.HIGH,
    roles=("full_admin",),
    doubt="a doubt",
)
FOREIGN = replace(HELD, path="/devices", product=Product.DEVICES)
PUBLISHED = Published("GET", "/v1/rooms/{id}", "Room", "Rooms", Product.MESSAGING, Statement())


def saying(*any_of: frozenset[str], names: frozenset[str] = frozenset()) -> Published:
    return replace(PUBLISHED, says=Statement(names.union(*any_of), any_of))


def compared(*published: Published) -> Comparison:
    return compare([HELD, FOREIGN], published, SCOPES)


def test_nothing_differs_where_the_text_says_the_same_or_nothing() -> None:
    assert not compared(PUBLISHED)
    assert not compared(saying(A))
    assert not compared(saying(names=A))
    assert refreshed([HELD, FOREIGN], compared(PUBLISHED)) == [HELD, FOREIGN]


def test_what_is_published_no_longer_is_gone_from_the_parts_that_the_files_cover() -> None:
    other = replace(PUBLISHED, path="/other")
    found = compared(other)
    assert found.gone == (HELD,)
    assert [operation.path for operation in refreshed([HELD, FOREIGN], found)] == [
        "/devices",
        "/other",
    ]


def test_a_file_on_another_part_makes_nothing_gone() -> None:
    elsewhere = replace(PUBLISHED, path="/devices", product=Product.DEVICES)
    assert compared(elsewhere).gone == ()


def test_what_is_new_takes_over_the_scopes_that_are_surely_read() -> None:
    new = replace(saying(A, B), path="/new", title="New", group="News")
    found = compared(PUBLISHED, new)
    assert refreshed([HELD, FOREIGN], found)[2] == Operation(
        "GET",
        "/new",
        title="New",
        product=Product.MESSAGING,
        group="News",
        any_of=(A, B),
        confidence=Confidence.MEDIUM,
    )


def test_what_is_new_and_not_surely_read_or_not_explained_has_no_known_scope() -> None:
    strange = frozenset({"spark:strange"})
    for said in (saying(names=A), saying(strange), saying()):
        (change,) = compared(PUBLISHED, replace(said, path="/new")).new
        assert change.operation.any_of == ()
        assert change.operation.confidence is Confidence.LOW


def test_a_new_name_of_the_placeholder_keeps_everything_that_was_checked() -> None:
    found = compared(replace(PUBLISHED, path="/rooms/{roomId}/", title="A Room", group="Space"))
    assert (found.new, found.gone) == ((), ())
    now = refreshed([HELD, FOREIGN], found)[0]
    assert now == replace(HELD, path="/rooms/{roomId}/", title="A Room", group="Space")


def test_changed_scopes_are_found_and_never_taken_over() -> None:
    changes: tuple[Alternatives, ...] = ((B,), (A, B), (A | B,), (frozenset(),))
    for any_of in changes:
        found = compared(saying(*any_of))
        assert [change.has_other_scopes for change in found.changed] == [True]
        assert refreshed([HELD, FOREIGN], found) == [HELD, FOREIGN]


def test_a_text_that_is_not_understood_counts_when_it_names_another_scope() -> None:
    assert compared(saying(names=A | B)).changed[0].has_other_scopes


def test_of_several_files_the_one_on_its_own_part_of_webex_counts() -> None:
    elsewhere = replace(PUBLISHED, product=Product.ADMIN, title="Otherwise")
    assert not compared(elsewhere, PUBLISHED)
    assert not compared(PUBLISHED, elsewhere)
    new = replace(PUBLISHED, path="/new")
    first = compared(PUBLISHED, new, replace(new, product=Product.ADMIN)).new[0]
    assert first.operation.product is Product.MESSAGING


def test_scopes_that_nobody_explained_are_told_once() -> None:
    names = frozenset({"spark:y", "spark:x"})
    found = compared(saying(names=names), replace(saying(names=names), path="/new"))
    assert found.strange_scopes == ("spark:x", "spark:y")
