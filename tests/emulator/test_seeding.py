from bot.emulator.clock import EmulatorClock
from bot.emulator.ids import inner_key
from bot.emulator.seeding import accounts_of, rooms_of
from tests.emulator.world import ANA, BEN, EVE, ORGANISATION, ROBO

NOW = EmulatorClock()()


def test_everybody_gets_an_account_and_outsiders_another_organisation() -> None:
    accounts = {account.email: account for account in accounts_of(ORGANISATION, NOW).values()}
    assert len(accounts) == 6
    assert accounts[ROBO].is_bot
    assert accounts[ROBO].org_id == accounts[ANA].org_id != accounts[EVE].org_id


def test_spaces_have_their_members_with_ids_that_name_both() -> None:
    accounts = accounts_of(ORGANISATION, NOW)
    room = next(r for r in rooms_of(ORGANISATION, accounts, NOW).values() if r.title == "Telephony")
    assert {accounts[person].email for person in room.members} == {ANA, BEN, ROBO}
    for person, membership in room.members.items():
        assert inner_key(membership.id) == f"{inner_key(person)}:{inner_key(room.id)}"


def test_a_second_start_gives_the_same_ids() -> None:
    one, other = (accounts_of(ORGANISATION, NOW) for _ in range(2))
    assert set(one) == set(other)
    assert set(rooms_of(ORGANISATION, one, NOW)) == set(rooms_of(ORGANISATION, other, NOW))
