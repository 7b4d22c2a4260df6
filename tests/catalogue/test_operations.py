import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.catalogue.operation import Operation
from bot.catalogue.operations import Operations, UnknownOperation

OPERATIONS = Operations.load()
HOSTS = (
    "",
    "https://webexapis.com",
    "https://webexapis.com/v1",
    "https://analytics.webexapis.com/v1",
    "https://hydra-a.wbx2.com/v1",
    "https://api.wxcc-us1.cisco.com",
    "http://localhost:8080/v1",
)
ids = st.text("abcXYZ019-_=~", min_size=1, max_size=40)


def names(text: str) -> list[str]:
    match = OPERATIONS.at(text)
    assert match is not None
    return [operation.name for operation in match.operations]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("GET https://webexapis.com/v1/rooms/Y2lz...?max=5", "GET /rooms/{roomId}"),
        ("put /v1/memberships/abc", "PUT /memberships/{membershipId}"),
        ("DELETE rooms/x", "DELETE /rooms/{roomId}"),
        (
            "POST https://api.wxcc-us1.cisco.com/v1/tasks/uuid/record/resume",
            "POST /v1/tasks/{taskId}/record/resume",
        ),
        ("POST /tasks/uuid/record/resume", "POST /v1/tasks/{taskId}/record/resume"),
        ("GET /organization/f53c-22/team/12", "GET /organization/{orgid}/team/{id}"),
        ("GET https://analytics-calling.webexapis.com/v1/cdr_feed?a=1", "GET /cdr_feed"),
        ("GET /v1/dataSources", "GET /dataSources/"),
        ("GET /V1/ROOMS", "GET /rooms"),
        ("-X POST https://webexapis.com/v1/messages", "POST /messages"),
        ("GET /people/me", "GET /people/me"),
        ("GET /people/{personId}", "GET /people/{personId}"),
        (
            "POST /flow-store/1/project/2/flows/3:publish",
            "POST /flow-store/{orgId}/project/{projectId}/flows/{flowId}:publish",
        ),
    ],
)
def test_a_pasted_request_is_found(text: str, name: str) -> None:
    assert names(text)[0] == name


@settings(deadline=None)
@given(operation=st.sampled_from(list(OPERATIONS)), host=st.sampled_from(HOSTS), data=st.data())
def test_every_operation_is_found_again_with_any_host_ids_and_query(
    operation: Operation, host: str, data: st.DataObject
) -> None:
    def drawn(_: re.Match[str]) -> str:
        return data.draw(ids)

    path = re.sub(r"\{[^}]*\}", drawn, operation.path)
    query = data.draw(st.sampled_from(("", "/", "?max=5&a=b/c", "#top")))
    found = names(f"{operation.method} {host}{path}{query}")
    assert operation.name in found
    assert literals(OPERATIONS.named(found[0])) >= literals(operation)


@pytest.mark.parametrize("spelling", ["{\\1}", ":\\1", "<\\1>", "{{\\1}}"])
def test_every_operation_is_found_again_as_it_is_documented(spelling: str) -> None:
    for operation in OPERATIONS:
        path = re.sub(r"\{([^}]*)\}", spelling, operation.path)
        assert names(f"{operation.method} {path}")[0] == operation.name


def literals(operation: Operation) -> int:
    return len([part for part in operation.path.split("/") if part and not part.startswith("{")])


def test_a_path_with_another_method_names_those_that_it_takes() -> None:
    match = OPERATIONS.at("PATCH /v1/rooms/abc")
    assert match is not None
    assert match.operations == ()
    assert match.methods == ("GET", "PUT", "DELETE")


def test_a_path_that_is_none_is_told_apart_from_words() -> None:
    match = OPERATIONS.at("GET /kitchen/sink")
    assert match is not None
    assert (match.operations, match.methods) == ((), ())
    assert OPERATIONS.at("send a message to a room") is None
    assert OPERATIONS.at("DELETE kitchen/sink") is None


def test_an_operation_is_had_by_its_name() -> None:
    assert OPERATIONS.named("GET /rooms").title == "List Rooms"
    assert "GET /rooms" in OPERATIONS
    assert len(list(OPERATIONS)) == len(OPERATIONS)


def test_a_name_that_is_none_is_refused_in_short() -> None:
    with pytest.raises(UnknownOperation, match="no operation “GET /kitchen”"):
        OPERATIONS.named("GET /kitchen")
    with pytest.raises(UnknownOperation) as caught:
        OPERATIONS.named("x\ny" * 5000)
    assert len(caught.value.message) < 200


def test_a_scope_leads_to_all_operations_that_name_it_in_their_order() -> None:
    for scope in ("spark:rooms_read", "spark-admin:people_read"):
        expected = [operation for operation in OPERATIONS if scope in operation.scopes]
        assert OPERATIONS.needing(scope) == expected != []
    assert OPERATIONS.needing("spark:nonsense") == []


def test_loading_is_quick() -> None:
    durations = []
    for _ in range(3):
        started = time.monotonic()
        Operations.load()
        durations.append(time.monotonic() - started)
    assert min(durations) < 0.1
