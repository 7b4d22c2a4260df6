from bot.emulator.server import Emulator
from tests.emulator.world import ANA, BEN, OTHER_TOKEN, ROBO, Api, Control, signed_in


def test_a_bot_reads_in_a_group_space_only_what_mentions_it_and_its_own(
    robo: Api, control: Control, telephony: str
) -> None:
    other, mine = (control.say(ANA, text, space="Telephony") for text in ("hi", "@Robo hi"))
    own = robo.ok("POST", "/messages", {"roomId": telephony, "text": "x"})
    assert robo.refused("GET", f"/messages/{other['id']}") == 404
    assert robo.ok("GET", f"/messages/{mine['id']}") == mine
    assert robo.ok("GET", f"/messages/{own['id']}") == own


def test_a_bot_reads_everything_said_to_it_alone(
    webex: Emulator, robo: Api, control: Control
) -> None:
    said = control.say(ANA, "hi", to=ROBO)
    assert robo.ok("GET", f"/messages/{said['id']}") == said
    assert Api(webex.api_url, OTHER_TOKEN).refused("GET", f"/messages/{said['id']}") == 404


def test_members_read_what_was_said_before_they_came_and_nothing_after_they_left(
    webex: Emulator, control: Control
) -> None:
    said = control.say(BEN, "psst", space="Secret")
    ana = signed_in(webex, ANA)
    assert ana.refused("GET", f"/messages/{said['id']}") == 404
    control("POST", "members/add", {"space": "Secret", "person": ANA})
    assert ana.ok("GET", f"/messages/{said['id']}")["text"] == "psst"
    control("POST", "members/remove", {"space": "Secret", "person": ANA})
    assert ana.refused("GET", f"/messages/{said['id']}") == 404


def test_fields_without_a_value_are_left_out(control: Control) -> None:
    said = control.say(ANA, "hi", to=ROBO)
    names = {"id", "roomId", "roomType", "personId", "personEmail", "created", "text"}
    assert set(said) == names
