from dataclasses import replace

from bot.chat.card_rules import count_actions
from bot.chat.integrations import MOST_SHOWN
from bot.core.integrations import Kind
from tests.chat.talk import ANA, CALLING, DIRECT, GROUP, NOW, SAM, Talk, words


def test_in_private_it_tells_where_the_person_stands(talk: Talk) -> None:
    talk.connected()
    said = words(talk.says(ANA, "integrations"))
    assert "**Calling reports** · Connected" in said
    assert "**Contact Center wallboard** · Not connected" in said
    assert "2 scopes, high risk" in said


def test_in_a_space_it_tells_nothing_about_the_person(talk: Talk) -> None:
    talk.connected()
    said = words(talk.says(ANA, "integrations", room=GROUP))
    assert "Calling reports" in said
    assert "Connected" not in said
    assert "Not connected" not in said
    assert "1:1 space to see where you stand" in said


def test_only_what_can_be_connected_has_a_button(talk: Talk) -> None:
    said = talk.says(ANA, "integrations")
    assert "Connect: type **connect calling**" in said[0].markdown
    assert "connect wallboard" not in said[0].markdown
    talk.connected()
    assert "Connect: type" not in words(talk.says(ANA, "integrations"))


def test_what_cannot_be_connected_says_why(talk: Talk) -> None:
    service = replace(CALLING, slug="app", name="App", kind=Kind.SERVICE_APP, application_id="A")
    refused = replace(CALLING, slug="refused", name="Refused", secret_refused_at=NOW)
    with talk.store.begin() as work:
        for integration in (service, refused):
            talk.integrations.register(work, integration, who="the test")
    said = words(talk.says(ANA, "integrations", room=GROUP))
    assert "wallboard may only be connected after an approval. Ask its owner, owner@" in said
    assert "App is a service app" in said
    assert "Refused is out of order" in said
    assert said.count("Say **connect") == 1


def test_what_is_connected_needs_no_connecting(talk: Talk) -> None:
    talk.connected()
    assert "Say **connect" not in words(talk.says(ANA, "integrations"))
    assert "Say **connect calling**" in words(talk.says(ANA, "integrations", room=GROUP))


def test_a_long_list_keeps_to_what_webex_draws(talk: Talk) -> None:
    with talk.store.begin() as work:
        for number in range(20):
            another = replace(CALLING, slug=f"another-{number}", name=f"Another {number:02}")
            talk.integrations.register(work, another, who="the test")
    said = talk.says(ANA, "integrations")[0]
    assert count_actions(said.card) == 5
    assert f"And {22 - MOST_SHOWN} more" in said.markdown


def test_an_empty_list_says_who_can_fill_it(talk: Talk) -> None:
    with talk.store.begin() as work:
        for slug in ("calling", "wallboard"):
            talk.integrations.remove(work, slug, who="the test")
    assert "An administrator adds one" in words(talk.says(ANA, "integrations"))


def test_the_owner_and_administrators_read_in_private_what_a_check_found(talk: Talk) -> None:
    tasks = replace(CALLING, slug="alerts", owner_email=ANA.email, tasks=("POST /messages",))
    with talk.store.begin() as work:
        talk.integrations.register(work, tasks, who="the test")
    talk.outbox()
    found = "Check of its scopes: 2 missing, 2 more than needed."
    boss = replace(SAM, id="boss-id", email="admin@example.com")
    talk.messenger.people[boss.id] = boss
    talk.messenger.direct_rooms.add(DIRECT + boss.id)
    assert found in words(talk.says(ANA, "integrations"))
    assert found in words(talk.says(boss, "integrations"))
    assert "Check of" not in words(talk.says(SAM, "integrations"))
    assert "Check of" not in words(talk.says(ANA, "integrations", room=GROUP))
