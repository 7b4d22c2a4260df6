import pytest

from bot.store.store import Store
from tests.flows.world import World


@pytest.fixture
def world(store: Store) -> World:
    """The flows over an empty store, on each engine, with one integration."""
    world = World(store)
    world.register()
    return world
