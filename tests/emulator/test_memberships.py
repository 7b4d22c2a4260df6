import pytest

from bot.emulator.server import Emulator
from tests.emulator.world import ANA, EVE, OTHER_TOKEN, ROBO, SAM, Api, Control, signed_in


def test_the_members_of_a_space_are_listed(robo: Api, telephony: str) -> None:
    everybody = robo.ok("GET", "/memberships", roomId=telephony)["items"]
    assert {m["personEmail"] for m in everybody} >= {ANA, ROBO}
    ana = robo.ok("GET", "/memberships", roomId=telephony, personEmail=ANA)["items"]
    assert [m["personDisplayName"] for m in ana] == ["Ana Ruiz"]
    assert robo.ok("GET", f"/memberships/{ana[0]['id']}") == ana[0]
    by_id = robo.ok("GET", "/memberships", roomId=telephony, personId=ana[0]["personId"])["items"]
    assert by_id == ana


def test_without_a_room_all_own_rooms_are_listed(robo: Api, control: Control) -> None:
    control.say(ANA, "hi", to=ROBO)
    types = {item["roomType"] for item in robo.ok("GET", "/memberships")["items"]}
    assert types == {"direct", "group"}


def test_a_person_filter_needs_a_room(robo: Api) -> None:
    assert robo.refused("GET", "/memberships", personEmail=ANA) == 400


def test_somebody_is_let_in_once(robo: Api, telephony: str) -> None:
    wish = {"roomId": telephony, "personEmail": SAM, "isModerator": True}
    assert robo.ok("POST", "/memberships", wish)["isModerator"] is True
    assert robo.refused("POST", "/memberships", wish) == 409


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"roomId": "nope"}, 404),
        ({"personEmail": "nobody@clinic.example"}, 404),
        ({"personEmail": None}, 400),
        ({"personId": "x"}, 400),
        ({"isModerator": "yes"}, 400),
    ],
)
def test_a_wrong_invitation_is_refused(
    robo: Api, telephony: str, change: dict[str, object], status: int
) -> None:
    wish = {"roomId": telephony, "personEmail": SAM} | change
    assert robo.refused("POST", "/memberships", wish) == status


def test_nobody_joins_or_leaves_a_1_1_space(robo: Api, control: Control) -> None:
    room = control.say(ANA, "hi", to=ROBO)["roomId"]
    assert robo.refused("POST", "/memberships", {"roomId": room, "personEmail": SAM}) == 400
    listed = robo.ok("GET", "/memberships", roomId=room)["items"]
    assert robo.refused("DELETE", f"/memberships/{listed[0]['id']}") == 400


def test_a_bot_can_leave(robo: Api, telephony: str) -> None:
    own = robo.ok("GET", "/memberships", roomId=telephony, personEmail=ROBO)["items"][0]
    robo.ok("DELETE", f"/memberships/{own['id']}")
    assert robo.refused("GET", "/memberships", roomId=telephony) == 404


def test_strangers_see_no_members(webex: Emulator, telephony: str) -> None:
    other = Api(webex.api_url, OTHER_TOKEN)
    assert other.refused("GET", "/memberships", roomId=telephony) == 404
    assert other.refused("GET", "/memberships/nope") == 404
    assert signed_in(webex, EVE).refused("GET", "/memberships") == 403
