from bot.emulator.server import Emulator
from tests.emulator.world import (
    ANA,
    BEN,
    CARD,
    EVE,
    REDIRECT,
    ROBO,
    SAM,
    Api,
    Control,
    answer_of,
    authorize_url,
    card_attachment,
    granted,
    refresh,
)


def test_a_person_who_writes_to_a_bot_first_opens_their_1_1_space(
    robo: Api, control: Control
) -> None:
    said = control.say(ANA, "help", to=ROBO)
    assert said["roomType"] == "direct"
    assert robo.ok("GET", "/messages/direct", personEmail=ANA)["items"][0]["id"] == said["id"]


def test_a_mention_can_be_typed_or_asked_for(control: Control) -> None:
    typed = control.say(ANA, "@robo help", space="Telephony")
    asked = control(
        "POST", "speak", {"person": ANA, "space": "Telephony", "text": "help", "mention": True}
    )
    assert typed["html"] == asked["html"]
    assert typed["text"] == "Robo help"
    assert typed["mentionedPeople"] == asked["mentionedPeople"]


def test_nobody_speaks_where_they_are_not(control: Control) -> None:
    wish = {"person": EVE, "space": "Telephony", "text": "let me in"}
    assert control.status("POST", "speak", wish) == 404


def test_nothing_said_is_refused(control: Control) -> None:
    assert control.status("POST", "speak", {"person": ANA, "to": ROBO, "text": ""}) == 400


def test_a_pressed_button_sends_its_data_with_what_was_typed(robo: Api, control: Control) -> None:
    message = robo.ok(
        "POST",
        "/messages",
        {"toPersonEmail": ANA, "text": "-", "attachments": card_attachment(CARD)},
    )
    wish = {"person": ANA, "messageId": message["id"], "inputs": {"note": "hi"}}
    pressed = control("POST", "press", wish)
    assert pressed["inputs"] == {"action": "go", "note": "hi"}
    assert control("POST", "press", wish | {"button": "Go"})["inputs"] == pressed["inputs"]
    assert control.status("POST", "press", wish | {"button": "Stop"}) == 404
    assert control.status("POST", "press", wish | {"inputs": "hi"}) == 400
    assert control.status("POST", "press", wish | {"person": BEN}) == 404


def test_a_consent_can_be_declined(webex: Emulator, control: Control) -> None:
    wish = {"url": authorize_url(webex), "person": ANA, "decision": "decline"}
    redirect = control("POST", "consent", wish)["redirect"]
    assert redirect.startswith(REDIRECT)
    assert answer_of(redirect)["error"] == "access_denied"


def test_a_consent_to_an_unknown_integration_is_refused(webex: Emulator, control: Control) -> None:
    url = authorize_url(webex, client_id="C0")
    assert control.status("POST", "consent", {"url": url, "person": ANA}) == 400


def test_a_new_password_ends_all_grants_of_a_person(webex: Emulator, control: Control) -> None:
    hers, his = granted(webex, ANA), granted(webex, BEN)
    assert control("POST", "revoke", {"person": ANA}) == {"revoked": 1}
    assert refresh(webex, hers["refresh_token"]).status_code == 400
    assert refresh(webex, his["refresh_token"]).status_code == 200


def test_the_grants_of_one_integration_can_be_ended_alone(
    webex: Emulator, control: Control
) -> None:
    granted(webex, ANA)
    assert control("POST", "revoke", {"person": ANA, "clientId": "C0"}) == {"revoked": 0}


def test_a_deactivated_person_is_gone_everywhere(
    webex: Emulator, robo: Api, control: Control
) -> None:
    tokens = granted(webex, ANA)
    assert control("POST", "deactivate", {"person": ANA})["revoked"] == 1
    assert Api(webex.api_url, tokens["access_token"]).refused("GET", "/people/me") == 401
    assert robo.refused("POST", "/messages", {"toPersonEmail": ANA, "text": "hi"}) == 404
    assert control.status("POST", "speak", {"person": ANA, "to": ROBO, "text": "hi"}) == 403


def test_people_come_into_spaces_and_go(robo: Api, control: Control, telephony: str) -> None:
    control("POST", "members/add", {"space": "Telephony", "person": SAM})
    assert control.status("POST", "members/add", {"space": telephony, "person": SAM}) == 409
    control("POST", "members/remove", {"space": telephony, "person": ROBO})
    assert robo.refused("GET", f"/rooms/{telephony}") == 404


def test_a_deleted_space_leaves_nothing_behind(
    webex: Emulator, robo: Api, control: Control, telephony: str
) -> None:
    said = control.say(ANA, "@Robo hi", space="Telephony")
    control("POST", "spaces/delete", {"space": telephony})
    assert robo.refused("GET", f"/rooms/{telephony}") == 404
    assert robo.refused("GET", f"/messages/{said['id']}") == 404
    assert not webex.state.messages


def test_what_is_missing_or_not_so_is_refused(control: Control, telephony: str) -> None:
    assert control.status("POST", "press", {"person": ANA}) == 400
    assert control.status("POST", "members/remove", {"space": telephony, "person": EVE}) == 404
