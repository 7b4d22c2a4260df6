from __future__ import annotations

from bot.core.messages import Message, address
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


def test_without_administrators_nobody_is_told(world: World) -> None:
    with world.store.begin() as work:
        Administrators(()).tell(work, hello, now=NOW)
    assert world.heard() == []
