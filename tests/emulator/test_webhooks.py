import pytest

from bot.emulator.server import Emulator
from tests.emulator.world import ANA, EVE, OTHER_TOKEN, Api, signed_in

WISH = {
    "name": "mine",
    "targetUrl": "http://127.0.0.1:9/hook",
    "resource": "messages",
    "event": "created",
}


def test_a_webhook_is_registered_shown_and_deleted(robo: Api) -> None:
    created = robo.ok("POST", "/webhooks", WISH | {"secret": "x", "filter": "roomType=direct"})
    assert created["status"] == "active"
    assert created["ownedBy"] == "creator"
    assert created["secret"] == "x"
    assert robo.ok("GET", "/webhooks")["items"] == [created]
    assert robo.ok("GET", f"/webhooks/{created['id']}") == created
    assert robo("DELETE", f"/webhooks/{created['id']}").status_code == 204
    assert robo.refused("GET", f"/webhooks/{created['id']}") == 404


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"name": ""}, 400),
        ({"targetUrl": None}, 400),
        ({"targetUrl": "ftp://x.example"}, 400),
        ({"targetUrl": "https://"}, 400),
        ({"resource": "people"}, 400),
        ({"event": "started"}, 400),
        ({"filter": "nonsense=1"}, 400),
        ({"filter": "roomId=unknown"}, 400),
        ({"ownedBy": "org"}, 403),
    ],
)
def test_a_wrong_webhook_is_refused(robo: Api, change: dict[str, object], status: int) -> None:
    assert robo.refused("POST", "/webhooks", WISH | change) == status
    assert robo.ok("GET", "/webhooks")["items"] == []


def test_a_room_of_others_cannot_be_listened_to(webex: Emulator, robo: Api, telephony: str) -> None:
    wish = WISH | {"filter": f"roomId={telephony}"}
    robo.ok("POST", "/webhooks", wish)
    assert signed_in(webex, EVE).refused("POST", "/webhooks", wish) == 400


def test_a_second_one_for_the_same_wish_is_refused(robo: Api) -> None:
    robo.ok("POST", "/webhooks", WISH)
    assert robo.refused("POST", "/webhooks", WISH | {"name": "other", "secret": "y"}) == 409
    robo.ok("POST", "/webhooks", WISH | {"event": "deleted"})
    robo.ok("POST", "/webhooks", WISH | {"filter": "roomType=group"})


def test_registering_needs_the_scope_to_read_what_is_listened_to(webex: Emulator) -> None:
    ana = signed_in(webex, ANA, "spark:messages_read")
    ana.ok("POST", "/webhooks", WISH)
    assert ana.refused("POST", "/webhooks", WISH | {"resource": "memberships"}) == 403


def test_only_name_target_secret_and_status_can_change(robo: Api) -> None:
    created = robo.ok("POST", "/webhooks", WISH | {"secret": "x"})
    path = f"/webhooks/{created['id']}"
    wish = {"name": "new", "targetUrl": "http://127.0.0.1:9/new", "event": "deleted"}
    changed = robo.ok("PUT", path, wish)
    assert changed == created | {"name": "new", "targetUrl": "http://127.0.0.1:9/new"}
    assert robo.ok("PUT", path, wish | {"secret": "y"})["secret"] == "y"
    assert robo.refused("PUT", path, {"name": "new"}) == 400
    assert robo.refused("PUT", path, wish | {"status": "inactive"}) == 400


def test_others_neither_see_nor_touch_it(webex: Emulator, robo: Api) -> None:
    created = robo.ok("POST", "/webhooks", WISH)
    other = Api(webex.api_url, OTHER_TOKEN)
    assert other.ok("GET", "/webhooks")["items"] == []
    for method in ("GET", "PUT", "DELETE"):
        assert other.refused(method, f"/webhooks/{created['id']}", WISH) == 404
    assert robo.refused("GET", "/webhooks", ownedBy="org") == 403
