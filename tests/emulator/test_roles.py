from bot.emulator.server import Emulator
from tests.emulator.world import ANA, SAM, Api, signed_in


def test_an_administrator_resolves_role_ids(webex: Emulator) -> None:
    sam = signed_in(webex, SAM)
    roles = sam.ok("GET", "/roles")["items"]
    assert "Full Administrator" in [role["name"] for role in roles]
    assert sam.ok("GET", f"/roles/{roles[0]['id']}") == roles[0]
    assert sam.refused("GET", "/roles/nope") == 404


def test_nobody_else_does_whatever_the_scope(webex: Emulator, robo: Api) -> None:
    assert signed_in(webex, ANA).refused("GET", "/roles") == 403
    assert robo.refused("GET", "/roles") == 403
    assert signed_in(webex, SAM, "spark:people_read").refused("GET", "/roles") == 403
