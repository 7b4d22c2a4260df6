import json
from pathlib import Path
from typing import Any

import pytest

from bot.catalogue.operation import Product
from bot.catalogue.refresh.openapi import NotOpenApi, Published, read_openapi
from bot.catalogue.refresh.scope_sentences import Statement

FAMILIES = {"spark"}
Json = dict[str, Any]


def read(folder: Path, paths: Json, *, title: object = "Webex Admin") -> list[Published]:
    file = folder / "file.json"
    file.write_text(json.dumps({"info": {"title": title}, "paths": paths}), encoding="utf-8")
    return read_openapi(file, FAMILIES)


def test_an_operation_is_read_with_what_its_text_says_and_without_the_text(tmp_path: Path) -> None:
    details = {"summary": "List Things. ", "tags": ["Things", "More"], "description": "Use spark:a"}
    assert read(tmp_path, {"/things": {"get": details, "parameters": []}}) == [
        Published(
            "GET",
            "/things",
            title="List Things",
            group="Things",
            product=Product.ADMIN,
            says=Statement(frozenset({"spark:a"}), (frozenset({"spark:a"}),)),
        )
    ]


def test_what_is_left_out_is_made_good(tmp_path: Path) -> None:
    (found,) = read(tmp_path, {"/things": {"delete": {"operationId": "x"}}, "x-own": {"get": {}}})
    assert (found.title, found.group) == ("DELETE /things", "admin")
    assert found.says == Statement()


def test_declared_scopes_count_before_the_text(tmp_path: Path) -> None:
    security = [{"one": ["spark:a", "spark:b"]}, {"one": ["spark:c"], "other": []}]
    details = {"security": security, "description": "Requires spark:d."}
    (found,) = read(tmp_path, {"/things": {"get": details}})
    assert found.says.any_of == (frozenset({"spark:a", "spark:b"}), frozenset({"spark:c"}))


def test_a_bare_bearer_declares_nothing(tmp_path: Path) -> None:
    details = {"security": [{"bearer": []}], "description": "Requires spark:d."}
    (found,) = read(tmp_path, {"/things": {"get": details}})
    assert found.says.any_of == (frozenset({"spark:d"}),)


@pytest.mark.parametrize(
    ("title", "product"),
    [
        ("Webex Messaging", Product.MESSAGING),
        ("Webex Meeting", Product.MEETINGS),
        ("Webex Device", Product.DEVICES),
        ("Webex Contact Center", Product.CONTACT_CENTER),
        ("Webex Cloud Calling", Product.CALLING),
        ("Webex BroadWorks Calling", Product.BROADWORKS),
        ("Webex Wholesale", Product.WHOLESALE),
        ("Webex UCM", Product.UCM),
    ],
)
def test_the_title_tells_the_part_of_webex(tmp_path: Path, title: str, product: Product) -> None:
    (found,) = read(tmp_path, {"/things": {"get": {}}}, title=title)
    assert found.product is product


def test_so_does_the_name_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "webex-contact-center.json"
    file.write_text('{"paths": {"/things": {"get": {"tags": []}}}}', encoding="utf-8")
    assert [one.product for one in read_openapi(file, FAMILIES)] == [Product.CONTACT_CENTER]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("{", "is no JSON"),
        ("[]", "holds no paths"),
        ('{"paths": []}', "holds no paths"),
        ('{"info": {"title": "Kitchen"}, "paths": {}}', "'Kitchen'"),
        ('{"paths": {}}', "which part of Webex"),
        ('{"info": {"title": "Admin"}, "paths": {"/a": []}}', "shape of its own"),
        ('{"info": {"title": "Admin"}, "paths": {"/a": {"get": "b"}}}', "shape of its own"),
        (
            '{"info": {"title": "Admin"}, "paths": {"/a": {"get": {"security": ["b"]}}}}',
            "shape of its own",
        ),
    ],
)
def test_anything_else_is_refused_with_its_fault(tmp_path: Path, text: str, fault: str) -> None:
    file = tmp_path / "other.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(NotOpenApi) as caught:
        read_openapi(file, FAMILIES)
    assert fault in caught.value.message
    assert caught.value.message.startswith("other.json ")


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotOpenApi, match=r"missing\.json cannot be read"):
        read_openapi(tmp_path / "missing.json", FAMILIES)
