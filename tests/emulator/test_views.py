from bot.emulator.server import Emulator
from tests.emulator.world import ANA, BEN, DASHBOARD, ROBO, SAM, Api, Control, Receiver, granted


def unread(control: Control) -> dict[str, int]:
    return {item["email"]: item["unread"] for item in control("GET", "people")["items"]}


def test_what_others_wrote_is_unread_until_it_is_looked_at(control: Control) -> None:
    control.say(ANA, "hello", space="Telephony")
    control.say(ANA, "again", space="Telephony")
    assert (unread(control)[ANA], unread(control)[BEN], unread(control)[SAM]) == (0, 2, 0)
    control("GET", "transcript", space="Telephony", reader=BEN)
    assert unread(control)[BEN] == 0


def test_a_transcript_tells_who_said_what_and_what_was_deleted(
    robo: Api, control: Control, telephony: str
) -> None:
    control.say(ANA, "hello", space="Telephony")
    message = robo.ok("POST", "/messages", {"roomId": telephony, "markdown": "**hi**"})
    robo.ok("DELETE", f"/messages/{message['id']}")
    said = control("GET", "transcript", space=telephony)["items"]
    shown = [(item["personName"], item["text"], item["isDeleted"]) for item in said]
    assert shown == [("Ana Ruiz", "hello", False), ("Robo", "hi", True)]
    assert control.status("GET", "transcript", space="Nowhere") == 404


def test_the_spaces_of_a_person_are_named_for_her(control: Control) -> None:
    control.say(ANA, "hi", to=ROBO)
    shown = control("GET", "spaces", person=ANA)["items"]
    assert [space["title"] for space in shown] == ["Robo", "Telephony"]
    assert shown[0]["lastMessage"]["text"] == "hi"
    assert shown[1]["lastMessage"] is None


def test_the_latest_of_everywhere_comes_first(control: Control) -> None:
    control.say(BEN, "psst", space="Secret")
    control.say(ANA, "hi", to=ROBO)
    latest = control("GET", "latest")["items"]
    assert [(item["text"], item["spaceTitle"]) for item in latest] == [
        ("hi", "Robo"),
        ("psst", "Secret"),
    ]


def test_grants_are_shown_without_a_token(webex: Emulator, control: Control) -> None:
    tokens = granted(webex, ANA)
    grants = control("GET", "grants")
    assert grants["items"][0]["person"] == ANA
    assert grants["items"][0]["clientId"] == DASHBOARD.client_id
    assert not grants["items"][0]["isRevoked"]
    assert not grants["items"][0]["hasEnded"]
    assert tokens["refresh_token"] not in str(grants)
    assert tokens["access_token"] not in str(grants)


def test_the_screen_shows_one_persons_world(control: Control, telephony: str) -> None:
    control.say(BEN, "hello", space="Telephony")
    screen = control("GET", "screen", person=ANA, space=telephony)
    assert screen["messages"][0]["text"] == "hello"
    assert next(p for p in screen["people"] if p["email"] == ANA)["unread"] == 0
    foreign = control("GET", "screen", person=SAM, space=telephony)
    assert (foreign["space"], foreign["messages"]) == (None, [])
    assert control("GET", "screen")["person"] == ANA


def test_deliveries_are_shown(
    webex: Emulator, robo: Api, control: Control, target: Receiver
) -> None:
    wish = {"name": "m", "targetUrl": target.url, "resource": "messages", "event": "created"}
    robo.ok("POST", "/webhooks", wish)
    control.say(ANA, "hi", to=ROBO)
    assert webex.state.deliveries.wait_until_idle()
    shown = control("GET", "deliveries")["items"]
    assert shown[0]["body"] == target.heard[0].body.decode()
    assert shown[0]["status"] == 200
