from bot.emulator.server import Emulator
from tests.emulator.world import ANA, EVE, ROBO, SAM, Api, Control, signed_in


def person(api: Api, email: str) -> dict[str, object]:
    found: dict[str, object] = api.ok("GET", "/people", email=email)["items"][0]
    return found


def test_a_bot_is_told_who_it_is(robo: Api) -> None:
    me = robo.ok("GET", "/people/me")
    assert (me["type"], me["emails"], me["displayName"]) == ("bot", [ROBO], "Robo")


def test_a_token_tells_who_consented(webex: Emulator) -> None:
    me = signed_in(webex, ANA).ok("GET", "/people/me")
    assert (me["type"], me["emails"], me["timezone"]) == ("person", [ANA], "Europe/Madrid")
    assert "roles" not in me


def test_an_e_mail_address_finds_own_people_only(robo: Api) -> None:
    assert person(robo, ANA)["firstName"] == "Ana"
    assert person(robo, ANA.upper())["lastName"] == "Ruiz"
    assert robo.ok("GET", "/people", email=EVE)["items"] == []
    assert robo.ok("GET", "/people", email="x@clinic.example")["items"] == []


def test_names_and_ids_find_people(robo: Api) -> None:
    ids = [item["id"] for item in robo.ok("GET", "/people", displayName="sam")["items"]]
    assert len(ids) == 1
    assert robo.ok("GET", "/people", id=f"{ids[0]},unknown")["items"][0]["emails"] == [SAM]
    assert robo.refused("GET", "/people", id=",".join(["x"] * 86)) == 400


def test_only_administrators_list_everybody_and_see_roles(webex: Emulator, robo: Api) -> None:
    sam = signed_in(webex, SAM)
    assert robo.refused("GET", "/people") == 400
    assert len(sam.ok("GET", "/people")["items"]) == 5
    roles = sam.ok("GET", "/people/me")["roles"]
    assert [sam.ok("GET", f"/roles/{role}")["name"] for role in roles] == ["Full Administrator"]
    assert "roles" not in person(robo, SAM)


def test_an_outsider_shows_little(webex: Emulator, robo: Api, control: Control) -> None:
    eve = control.say(EVE, "hello", to=ROBO)["personId"]
    shown = robo.ok("GET", f"/people/{eve}")
    assert shown["emails"] == [EVE]
    assert "timezone" not in shown
    assert shown["orgId"] != robo.ok("GET", "/people/me")["orgId"]


def test_an_administrator_sees_that_somebody_cannot_log_in_any_more(
    webex: Emulator, control: Control
) -> None:
    sam = signed_in(webex, SAM)
    assert person(sam, ANA)["loginEnabled"] == "true"
    control("POST", "deactivate", {"person": ANA})
    assert person(sam, ANA)["loginEnabled"] == "false"


def test_nobody_by_that_id(robo: Api) -> None:
    assert robo.refused("GET", "/people/nobody") == 404
