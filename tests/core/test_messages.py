from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.messages import Address, Message, To, address, to_email, to_person, to_room


@given(st.sampled_from(To), st.text())
def test_an_address_is_read_back_as_it_was_written(to: To, identity: str) -> None:
    assert address(str(Address(to, identity))) == Address(to, identity)


@pytest.mark.parametrize(
    ("written", "made", "is_direct"),
    [
        ("room:r1", to_room("r1"), False),
        ("person:p1", to_person("p1"), True),
        ("email:anna@example.com", to_email("anna@example.com"), True),
    ],
)
def test_only_a_person_is_surely_spoken_to_alone(
    written: str, made: Address, is_direct: bool
) -> None:
    assert str(made) == written
    assert made.is_direct is is_direct


def test_an_address_of_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="pigeon"):
        address("pigeon:42")


def test_a_message_gets_its_key_and_its_topic_in_a_copy() -> None:
    message = Message(to_room("r1"), "Hello")
    keyed = message.under("k").about("t")
    assert (keyed.key, keyed.topic, keyed.markdown) == ("k", "t", "Hello")
    assert (message.key, message.topic) == ("", "")


def test_a_card_does_not_fill_the_log() -> None:
    assert "columns" not in repr(Message(to_room("r1"), "Hello", {"columns": []}))
