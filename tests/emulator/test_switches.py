from datetime import timedelta

import pytest

from bot.emulator.grants import TokenPolicy
from bot.emulator.server import Emulator
from tests.emulator.world import ANA, Control, granted


def test_the_clock_is_moved(webex: Emulator, control: Control) -> None:
    assert control("POST", "clock", {"move_seconds": 86400})["offset_seconds"] == 86400
    assert webex.clock.offset == timedelta(days=1)
    assert control("GET", "clock")["now"].endswith("Z")


def test_the_policy_is_changed_by_name_and_reset(webex: Emulator, control: Control) -> None:
    wish = {
        "access_lifetime_seconds": 43199,
        "refresh_lifetime_seconds": 60,
        "rotates_refresh_token": True,
        "refresh_deadline_moves": "never",
        "error_dress": "identity",
    }
    shown = control("PUT", "policy", wish)
    assert {name: shown[name] for name in wish} == wish
    assert webex.state.grants.policy.refresh_lifetime == timedelta(seconds=60)
    tokens = granted(webex, ANA)
    assert tokens["expires_in"] in (43198, 43199)
    control("DELETE", "policy")
    assert webex.state.grants.policy == TokenPolicy()


@pytest.mark.parametrize(
    ("method", "name", "wish"),
    [
        ("POST", "clock", {}),
        ("POST", "clock", {"move_seconds": "9"}),
        ("POST", "clock", {"move_seconds": True}),
        ("PUT", "policy", {"nonsense": 1}),
        ("PUT", "policy", {"error_dress": "plain"}),
        ("PUT", "policy", {"consent": True}),
        ("PUT", "policy", {"names_scope": 1}),
        ("PUT", "policy", {"access_lifetime_seconds": "long"}),
        ("POST", "faults", {"nonsense": 1}),
        ("POST", "faults", {"drop": "later"}),
        ("POST", "faults", {"times": "2"}),
        ("POST", "faults", {"status": "500"}),
        ("PUT", "rate-limit", {"retry_after": "never"}),
        ("PUT", "rate-limit", {"requests": 1.5}),
        ("PUT", "latency", {"seconds": None}),
    ],
)
def test_a_wrong_wish_is_refused(control: Control, method: str, name: str, wish: object) -> None:
    assert control.status(method, name, wish) == 400


def test_faults_are_set_shown_and_cleared(webex: Emulator, control: Control) -> None:
    control("POST", "faults", {"path": "/v1/rooms", "status": 500, "times": 2, "delay_seconds": 1})
    control("PUT", "rate-limit", {"requests": 5, "window_seconds": 10})
    shown = control("PUT", "latency", {"seconds": 0.01})
    assert shown["items"][0]["times"] == 2
    assert shown["rate_limit"]["requests"] == 5
    assert shown["latency_seconds"] == 0.01
    assert control("DELETE", "rate-limit")["rate_limit"] is None
    assert control("DELETE", "faults")["items"] == []
    assert control("GET", "faults")["latency_seconds"] == 0
    assert webex.state.faults.pending() == []
