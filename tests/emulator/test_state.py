import pytest

from bot.emulator.clock import EmulatorClock
from bot.emulator.errors import WebexError
from bot.emulator.state import State
from tests.emulator.world import ANA, BEN, EVE, ORGANISATION, ROBO, ROBO_TOKEN


@pytest.fixture
def state() -> State:
    return State(ORGANISATION, EmulatorClock())


def test_accounts_are_found_by_address_in_any_case(state: State) -> None:
    ana = state.account_by_email(ANA.upper())
    assert state.account(ana.id) is ana
    assert state.bot_tokens[ROBO_TOKEN].email == ROBO
    with pytest.raises(WebexError):
        state.account_by_email("nobody@clinic.example")


def test_a_room_is_found_by_its_members_only(state: State) -> None:
    ben, eve = state.account_by_email(BEN), state.account_by_email(EVE)
    room = state.rooms_with(ben)[0]
    assert state.room(room.id, ben) is room
    with pytest.raises(WebexError):
        state.room(room.id, eve)
    assert state.rooms_with(eve) == []


def test_two_who_never_talked_have_no_space(state: State) -> None:
    assert state.direct_room(state.account_by_email(ANA), state.account_by_email(BEN)) is None
