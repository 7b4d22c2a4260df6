import re

from bot.emulator.demo import CALLING, CONTACT_CENTER, demo_organisation

CALLBACK = "http://127.0.0.1:8080/oauth/callback"


def test_the_demo_has_the_people_the_bot_and_the_integrations_that_it_promises() -> None:
    clinic = demo_organisation("token", CALLBACK)
    staff = [person for person in clinic.people if person.org is None]
    assert len(clinic.people) == 5
    assert [person.display_name for person in staff if person.roles] == ["Sam Lindqvist"]
    assert clinic.bots[0].token == "token"
    assert set(clinic.spaces[0].members) == {*(p.email for p in staff), clinic.bots[0].email}
    assert [i.name for i in clinic.integrations] == [CALLING, CONTACT_CENTER]


def test_integrations_look_like_webexs() -> None:
    for integration in demo_organisation("token", CALLBACK).integrations:
        assert re.fullmatch("C[0-9a-f]{64}", integration.client_id)
        assert integration.redirect_uris == (CALLBACK,)
        assert {"spark:people_read", "spark:kms"} <= set(integration.scopes)


def test_client_ids_stay_and_secrets_are_drawn_anew_unless_given() -> None:
    one = demo_organisation("token", CALLBACK)
    other = demo_organisation("token", CALLBACK, {CALLING: "given"})
    assert [i.client_id for i in one.integrations] == [i.client_id for i in other.integrations]
    assert one.integrations[1].client_secret != other.integrations[1].client_secret
    assert other.integrations[0].client_secret == "given"
