import pytest

from bot.catalogue.operation import Operation, Product
from bot.catalogue.paths import Paths
from bot.catalogue.request import segments_of
from bot.catalogue.scope import Confidence

PATHS = Paths(
    Operation(
        "GET",
        path,
        title=path,
        product=Product.MESSAGING,
        group="Rooms",
        any_of=(),
        confidence=Confidence.LOW,
    )
    for path in (
        "/people/{personId}",
        "/people/me",
        "/v1/tasks/{id}",
        "/flows/{flowId}",
        "/flows/{flowId}:publish",
        "/flows/x:publish",
        "/sources/",
        "/{a}/b/c",
        "/x/{b}/c",
    )
)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("/people/abc", ["/people/{personId}"]),
        ("/people/me", ["/people/me", "/people/{personId}"]),
        ("/people/{id}", ["/people/{personId}"]),
        ("/tasks/1", ["/v1/tasks/{id}"]),
        ("/sources", ["/sources/"]),
        (
            "/flows/x:publish",
            ["/flows/x:publish", "/flows/{flowId}:publish", "/flows/{flowId}"],
        ),
        ("/flows/:publish", ["/flows/{flowId}"]),
        ("/x/b/c", ["/x/{b}/c", "/{a}/b/c"]),
        ("/people", []),
        ("/people/a/b", []),
        ("/", []),
    ],
)
def test_the_most_literal_path_comes_first(asked: str, found: list[str]) -> None:
    assert [operation.path for operation in PATHS.find(segments_of(asked))] == found


def test_capitals_are_forgiven_where_nothing_else_fits() -> None:
    assert [one.path for one in PATHS.find(("People", "Abc"))] == ["/people/{personId}"]
    assert [one.path for one in PATHS.find(("people", "ME"))] == ["/people/{personId}"]
