import pytest

from bot.emulator.server import Emulator
from tests.emulator.world import ANA, OTHER_TOKEN, ROBO, Api, Control


def test_a_1_1_space_is_named_after_the_other_one(robo: Api, control: Control) -> None:
    room = control.say(ANA, "hi", to=ROBO)["roomId"]
    shown = robo.ok("GET", f"/rooms/{room}")
    assert (shown["title"], shown["type"]) == ("Ana Ruiz", "direct")


def test_a_1_1_space_is_opened_once_and_keeps_its_id(robo: Api, control: Control) -> None:
    rooms = {control.say(ANA, "hi", to=ROBO)["roomId"] for _ in range(2)}
    rooms.add(robo.ok("POST", "/messages", {"toPersonEmail": ANA, "text": "x"})["roomId"])
    assert len(rooms) == 1


def test_rooms_are_listed_by_kind_and_latest_activity(robo: Api, control: Control) -> None:
    control.say(ANA, "hi", to=ROBO)
    new = robo.ok("POST", "/rooms", {"title": "New"})
    titles = [room["title"] for room in robo.ok("GET", "/rooms")["items"]]
    assert titles == ["New", "Ana Ruiz", "Telephony"]
    groups = robo.ok("GET", "/rooms", type="group", sortBy="created")["items"]
    assert [room["title"] for room in groups] == ["New", "Telephony"]
    by_id = [room["id"] for room in robo.ok("GET", "/rooms", sortBy="id")["items"]]
    assert by_id == sorted(by_id)
    assert new["id"] in by_id


@pytest.mark.parametrize("query", [{"type": "team"}, {"sortBy": "title"}, {"max": "0"}])
def test_a_wrong_question_is_refused(robo: Api, query: dict[str, str]) -> None:
    assert robo.refused("GET", "/rooms", **query) == 400


def test_who_creates_a_space_is_in_it(webex: Emulator, robo: Api) -> None:
    created = robo.ok("POST", "/rooms", {"title": "New"})
    members = robo.ok("GET", "/memberships", roomId=created["id"])["items"]
    assert [member["personEmail"] for member in members] == [ROBO]
    other = Api(webex.api_url, OTHER_TOKEN)
    assert other.refused("GET", f"/rooms/{created['id']}") == 404
    assert robo.refused("POST", "/rooms", {}) == 400
