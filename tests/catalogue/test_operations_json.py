"""The data itself: complete, and in step with the scopes."""

from collections import Counter
from pathlib import Path

import pytest

from bot.catalogue.operation import Product
from bot.catalogue.operations import Operations
from bot.catalogue.scope import Confidence
from bot.catalogue.scopes import Catalogue

HERE = Path(__file__).parent
DATA = HERE.parents[1] / "bot" / "catalogue" / "operations.json"
OPERATIONS = Operations.load()

PER_PRODUCT = {
    Product.MESSAGING: 59,
    Product.MEETINGS: 155,
    Product.CALLING: 900,
    Product.DEVICES: 101,
    Product.ADMIN: 107,
    Product.CONTACT_CENTER: 415,
    Product.BROADWORKS: 19,
    Product.WHOLESALE: 17,
    Product.UCM: 1,
    Product.OAUTH: 2,
}


def test_every_operation_is_there() -> None:
    assert Counter(operation.product for operation in OPERATIONS) == PER_PRODUCT


def test_every_scope_that_an_operation_names_is_explained(catalogue: Catalogue) -> None:
    named = {scope for operation in OPERATIONS for scope in operation.scopes}
    assert sorted(name for name in named if name not in catalogue) == []
    listed = (HERE / "scopes_named_by_operations.txt").read_text(encoding="utf-8").split()
    assert sorted(named) == sorted(listed)


def test_how_sure_we_are_is_known_of_each() -> None:
    counted = Counter(operation.confidence for operation in OPERATIONS)
    assert counted == {Confidence.HIGH: 1160, Confidence.MEDIUM: 279, Confidence.LOW: 337}


def test_what_nobody_published_is_never_told_with_confidence() -> None:
    unknown = [operation for operation in OPERATIONS if not operation.any_of]
    assert len(unknown) == 24
    assert {operation.confidence for operation in unknown} == {Confidence.LOW}


def test_few_operations_need_no_scope() -> None:
    needless = [operation.name for operation in OPERATIONS if operation.any_of == (frozenset(),)]
    assert needless == [
        "GET /dataSources/schemas",
        "GET /dataSources/schemas/{schemaId}",
        "GET /authorize",
        "POST /access_token",
    ]
    assert not [one.name for one in OPERATIONS if frozenset() in one.any_of[1:]]


def test_a_webhook_needs_what_it_watches() -> None:
    webhooks = [operation for operation in OPERATIONS if operation.group == "Webhooks"]
    assert len(webhooks) == 5
    for webhook in webhooks:
        assert frozenset({"spark:messages_read"}) in webhook.any_of
        assert webhook.doubt == "needs the read scope of what it watches"


@pytest.mark.parametrize(
    ("name", "any_of"),
    [
        ("GET /people", ({"spark:people_read"}, {"spark-admin:people_read"})),
        ("POST /people", ({"spark-admin:people_read", "spark-admin:people_write"},)),
        ("POST /applications/{applicationId}/token", ({"spark:applications_token"},)),
    ],
)
def test_alternatives_and_what_is_needed_together_are_kept(
    name: str, any_of: tuple[set[str], ...]
) -> None:
    assert OPERATIONS.named(name).any_of == any_of


def test_no_alternative_contains_another() -> None:
    for operation in OPERATIONS:
        for one in operation.any_of:
            assert not [other for other in operation.any_of if other < one], operation.name


def test_what_contradicts_itself_says_so() -> None:
    doubts = Counter(operation.doubt for operation in OPERATIONS if operation.doubt)
    assert doubts["Webex names a reading scope although it changes something"] == 5
    assert doubts["Webex names a writing scope although it only reads"] == 1
    assert max(map(len, doubts)) < 70


def test_some_are_betas() -> None:
    assert len([operation for operation in OPERATIONS if operation.is_beta]) == 19


def test_a_path_is_written_as_everybody_pastes_it() -> None:
    for operation in OPERATIONS:
        assert " " not in operation.path
        assert "?" not in operation.path
        assert operation.title.strip(" .") == operation.title


def test_the_file_is_small() -> None:
    assert DATA.stat().st_size < 340_000
