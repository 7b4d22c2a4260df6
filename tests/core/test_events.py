from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.events import HEARD, MESSAGE, Event, read_event

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


def envelope(**data: object) -> dict[str, object]:
    """Write what a webhook says about a new message."""
    return {
        "resource": "messages",
        "event": "created",
        "data": {"id": "m1", "roomId": "r1", "personId": "p1", **data},
    }


def test_an_envelope_is_read_down_to_its_ids() -> None:
    event = read_event(envelope(personEmail="anna@example.com", text="never kept"))
    assert event == Event("messages", "created", "m1", "r1", "p1")
    assert event.kind == MESSAGE


@pytest.mark.parametrize("kind", HEARD)
def test_every_kind_that_we_registered_for_is_read(kind: tuple[str, str]) -> None:
    event = read_event({**envelope(), "resource": kind[0], "event": kind[1]})
    assert event is not None
    assert event.kind == kind


@pytest.mark.parametrize(
    "nonsense",
    [
        None,
        [],
        "text",
        {},
        {"data": None},
        {**envelope(), "data": []},
        {**envelope(), "resource": "rooms"},
        {**envelope(), "event": ["created"]},
        envelope(id=""),
        envelope(id=7),
        envelope(id="x" * 513),
        envelope(id="m\x001"),
        envelope(id="m\ud8001"),
        envelope(id="line\nbreak"),
    ],
)
def test_what_we_do_not_act_on_is_nothing(nonsense: object) -> None:
    assert read_event(nonsense) is None


def test_an_odd_room_is_left_out_and_the_event_stays() -> None:
    event = read_event(envelope(roomId={"$ne": 1}, personId="x" * 10_000))
    assert event == Event("messages", "created", "m1")


def test_a_redelivery_has_the_same_name_and_another_event_has_another() -> None:
    one = Event("messages", "created", "m1", "r1", "p1")
    assert one.key == Event("messages", "created", "m1").key
    assert len({one.key, Event("messages", "created", "m2").key, Event("x", "y", "m1").key}) == 3


@given(JSON, JSON, st.sampled_from(HEARD))
def test_no_shape_however_odd_breaks_the_reading(
    odd: object, odder: object, kind: tuple[str, str]
) -> None:
    assert read_event(odd) is None
    read = read_event({"resource": kind[0], "event": kind[1], "data": {"id": odder, "roomId": odd}})
    assert read is None or read.id == odder


def test_who_leaves_and_comes_back_is_heard_of_again() -> None:
    joined = {"id": "ann:room", "roomId": "room", "personId": "ann"}
    keys = {
        event.key
        for created in ("2026-11-20T10:00:00.000Z", "2026-11-21T10:00:00.000Z")
        if (
            event := read_event(
                {
                    "resource": "memberships",
                    "event": "created",
                    "data": joined | {"created": created},
                }
            )
        )
    }
    assert len(keys) == 2
