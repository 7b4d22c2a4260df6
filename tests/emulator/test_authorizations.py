from datetime import timedelta

from bot.emulator.server import Emulator
from tests.emulator.world import (
    ANA,
    BEN,
    DASHBOARD,
    EVE,
    SAM,
    WIDE,
    Api,
    consent,
    granted,
    redeem,
    refresh,
    signed_in,
)


def test_an_administrator_sees_what_a_person_allowed(webex: Emulator) -> None:
    granted(webex, ANA)
    items = signed_in(webex, SAM).ok("GET", "/authorizations", personEmail=ANA)["items"]
    assert [item["type"] for item in items] == ["refresh", "access"]
    assert items[0]["clientId"] == DASHBOARD.client_id
    assert items[0]["applicationName"] == "Dashboard"


def test_an_access_token_that_ended_is_not_listed(webex: Emulator) -> None:
    granted(webex, ANA)
    webex.clock.move(timedelta(days=15))
    items = signed_in(webex, SAM).ok("GET", "/authorizations", personEmail=ANA)["items"]
    assert [item["type"] for item in items] == ["refresh"]


def test_deleting_a_refresh_authorization_ends_its_access_tokens(webex: Emulator) -> None:
    tokens = granted(webex, ANA)
    sam = signed_in(webex, SAM)
    listed = sam.ok("GET", "/authorizations", personEmail=ANA)["items"]
    sam.ok("DELETE", f"/authorizations/{listed[0]['id']}")
    assert Api(webex.api_url, tokens["access_token"]).refused("GET", "/people/me") == 401
    assert refresh(webex, tokens["refresh_token"]).status_code == 400
    assert sam.refused("DELETE", f"/authorizations/{listed[0]['id']}") == 404


def test_deleting_an_access_authorization_leaves_the_refresh_token(webex: Emulator) -> None:
    tokens = granted(webex, ANA)
    sam = signed_in(webex, SAM)
    listed = sam.ok("GET", "/authorizations", personEmail=ANA)["items"]
    sam.ok("DELETE", f"/authorizations/{listed[1]['id']}")
    assert Api(webex.api_url, tokens["access_token"]).refused("GET", "/people/me") == 401
    assert refresh(webex, tokens["refresh_token"]).status_code == 200


def test_a_whole_integration_can_be_ended_in_an_organisation(webex: Emulator) -> None:
    ana, ben, eve = (granted(webex, person)["refresh_token"] for person in (ANA, BEN, EVE))
    sam = signed_in(webex, SAM)
    sam.ok("DELETE", "/authorizations", clientId=DASHBOARD.client_id)
    statuses = [refresh(webex, token).status_code for token in (ana, ben, eve)]
    assert statuses == [400, 400, 200]
    assert sam.refused("GET", "/people/me") == 401


def test_only_administrators_may_look_and_only_at_their_own(webex: Emulator, robo: Api) -> None:
    ana, sam = signed_in(webex, ANA), signed_in(webex, SAM)
    assert ana.refused("GET", "/authorizations", personEmail=ANA) == 403
    assert robo.refused("GET", "/authorizations", personEmail=ANA) == 403
    assert sam.refused("GET", "/authorizations", personEmail=EVE) == 403
    assert sam.refused("GET", "/authorizations") == 400
    assert sam.refused("DELETE", "/authorizations") == 400
    assert signed_in(webex, SAM, "spark:people_read").refused("GET", "/authorizations") == 403


def test_an_own_token_is_deleted_with_the_client_that_issued_it_only(webex: Emulator) -> None:
    sam = signed_in(webex, SAM)
    consent_to_wide = consent(webex, SAM, client_id=WIDE.client_id, scope="spark:all")
    redeem(webex, consent_to_wide, client_id=WIDE.client_id, client_secret=WIDE.client_secret)
    listed = sam.ok("GET", "/authorizations", personEmail=SAM)["items"]
    by_client = {item["clientId"]: item["id"] for item in listed if item["type"] == "refresh"}
    assert sam.refused("DELETE", f"/authorizations/{by_client[WIDE.client_id]}") == 403
    sam.ok("DELETE", f"/authorizations/{by_client[DASHBOARD.client_id]}")


def test_a_token_tells_when_it_ends(webex: Emulator, robo: Api) -> None:
    ends = signed_in(webex, ANA).ok("GET", "/authorizations/tokenExpiry")["exp"] / 1000
    expected = (webex.clock() + timedelta(days=14)).timestamp()
    assert abs(ends - expected) < 60
    assert robo.ok("GET", "/authorizations/tokenExpiry")["exp"] / 1000 > expected
