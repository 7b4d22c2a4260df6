import pytest

from bot.core.errors import WebexBusy, WebexRefused
from bot.core.secrets import Secret
from bot.emulator.faults import Fault
from bot.emulator.server import Emulator
from bot.webex.sdk import Sdk
from bot.webex.webhooks import WebexWebhooks

TARGET = "http://127.0.0.1:9/webhooks/webex"


@pytest.fixture
def webhooks(sdk: Sdk) -> WebexWebhooks:
    return WebexWebhooks(sdk, Secret("planted-secret"))


def test_what_is_created_is_listed_active_and_signed(
    webhooks: WebexWebhooks, webex: Emulator
) -> None:
    webhooks.create("messages", "created", TARGET)
    (listed,) = webhooks.all()
    assert (listed.resource, listed.event, listed.target_url) == ("messages", "created", TARGET)
    assert listed.is_current
    with webex.state.lock:
        assert webex.state.webhooks[listed.id].secret == "planted-secret"


def test_a_disabled_one_is_revived_with_our_secret(
    webhooks: WebexWebhooks, webex: Emulator
) -> None:
    webhooks.create("messages", "created", TARGET)
    (listed,) = webhooks.all()
    with webex.state.lock:
        kept = webex.state.webhooks[listed.id]
        kept.is_active, kept.secret = False, "another"
    (disabled,) = webhooks.all()
    assert not disabled.is_current
    webhooks.revive(disabled)
    (revived,) = webhooks.all()
    assert revived == listed
    with webex.state.lock:
        assert webex.state.webhooks[listed.id].secret == "planted-secret"


def test_one_that_was_registered_with_another_secret_is_not_current(
    webhooks: WebexWebhooks, webex: Emulator
) -> None:
    webhooks.create("messages", "created", TARGET)
    renewed = WebexWebhooks(webhooks._sdk, Secret("another-secret-of-ours"))
    (listed,) = renewed.all()
    assert not listed.is_current
    renewed.revive(listed)
    assert [hook.is_current for hook in renewed.all()] == [True]
    with webex.state.lock:
        assert webex.state.webhooks[listed.id].secret == "another-secret-of-ours"


def test_one_can_be_deleted_twice(webhooks: WebexWebhooks) -> None:
    webhooks.create("memberships", "deleted", TARGET)
    (listed,) = webhooks.all()
    webhooks.delete(listed.id)
    webhooks.delete(listed.id)
    assert webhooks.all() == []


def test_a_refusal_to_delete_is_not_taken_for_gone(
    webhooks: WebexWebhooks, webex: Emulator
) -> None:
    webex.state.faults.add(Fault("DELETE", status=403))
    with pytest.raises(WebexRefused):
        webhooks.delete("w1")


def test_what_webex_does_not_know_cannot_be_heard(webhooks: WebexWebhooks) -> None:
    with pytest.raises(WebexRefused):
        webhooks.create("messages", "shouted", TARGET)


def test_a_busy_webex_is_told(webhooks: WebexWebhooks, webex: Emulator) -> None:
    webex.state.faults.add(Fault("GET", "/v1/webhooks*", status=503))
    with pytest.raises(WebexBusy):
        webhooks.all()
