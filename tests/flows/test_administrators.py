from __future__ import annotations

import pytest

from bot.core.messages import Message, address
from bot.core.people import Person
from bot.flows.administrators import Administrators
from tests.core.examples import NOW
from tests.flows.world import ADMIN, SPACE, World


def hello(recipient: str) -> Message:
    return Message(address(recipient), "hello")


def test_each_administrator_and_their_space_are_told(world: World) -> None:
    with world.store.begin() as work:
        world.administrators.tell(work, hello, now=NOW)
    assert world.heard() == [(ADMIN, "hello"), (SPACE, "hello")]


def test_under_a_key_each_is_told_once(world: World) -> None:
    for _ in range(3):
        with world.store.begin() as work:
            world.administrators.tell(work, hello, now=NOW, key="k")
    assert world.heard() == [(ADMIN, "hello"), (SPACE, "hello")]
    with world.store.begin() as work:
        world.administrators.tell(work, hello, now=NOW, key="another")
    assert len(world.heard()) == 2


@pytest.mark.parametrize(
    ("email", "is_one"), [("Root@Example.com", True), ("operations", False), ("eve@e.com", False)]
)
def test_an_administrator_is_known_by_address_alone(world: World, email: str, is_one: bool) -> None:
    assert world.administrators.include(Person("id", email)) is is_one


def test_without_administrators_nobody_is_told(world: World) -> None:
    with world.store.begin() as work:
        Administrators(()).tell(work, hello, now=NOW)
    assert world.heard() == []
