"""What a developer sets on the emulator: its clock, its token policy, its misbehaviour."""

from dataclasses import asdict
from datetime import timedelta
from typing import get_args

from bot.emulator.clock import webex_time
from bot.emulator.consent_desk import Outcome
from bot.emulator.errors import WebexError
from bot.emulator.faults import DropMoment, Fault, RateLimit, RetryAfter
from bot.emulator.grants import DeadlineMoves, ErrorDress, TokenPolicy
from bot.emulator.records import Json
from bot.emulator.state import State

CHOICES = {
    "refresh_deadline_moves": get_args(DeadlineMoves),
    "error_dress": get_args(ErrorDress),
    "consent": get_args(Outcome),
    "drop": get_args(DropMoment),
    "retry_after": get_args(RetryAfter),
}
SECONDS = "_seconds"


def show_clock(state: State, _wish: Json) -> Json:
    """Tell the emulated time."""
    return {
        "now": webex_time(state.clock()),
        "offset_seconds": state.clock.offset.total_seconds(),
    }


def move_clock(state: State, wish: Json) -> Json:
    """Move the emulated time by `move_seconds`."""
    state.clock.move(timedelta(seconds=_number(wish, "move_seconds")))
    return show_clock(state, wish)


def show_policy(state: State, _wish: Json) -> Json:
    """Tell how tokens and the consent page behave."""
    values = asdict(state.grants.policy)
    shown = {
        name + SECONDS if isinstance(value, timedelta) else name: _plain(value)
        for name, value in values.items()
    }
    return shown | {"consent": state.consent_desk.outcome}


def set_policy(state: State, wish: Json) -> Json:
    """Change what is named, by the names that `GET` shows; lifetimes are in seconds."""
    for name, value in _checked(wish, show_policy(state, {})).items():
        if name == "consent":
            state.consent_desk.outcome = value
        elif name.endswith(SECONDS):
            setattr(state.grants.policy, name.removesuffix(SECONDS), timedelta(seconds=value))
        else:
            setattr(state.grants.policy, name, value)
    return show_policy(state, wish)


def reset_policy(state: State, wish: Json) -> Json:
    """Go back to how Webex is documented to behave."""
    state.grants.policy = TokenPolicy()
    state.consent_desk.outcome = "ask"
    return show_policy(state, wish)


def show_faults(state: State, _wish: Json) -> Json:
    """Tell which faults are still to come, the rate limit and the latency."""
    limit = state.faults.rate_limit
    return {
        "items": [asdict(fault) for fault in state.faults.pending()],
        "rate_limit": asdict(limit) if limit else None,
        "latency_seconds": state.faults.latency_seconds,
    }


def add_fault(state: State, wish: Json) -> Json:
    """Spoil the next `times` requests that match `method` and `path`; see `Fault`."""
    example = Fault(status=500, body={}, html="")
    state.faults.add(Fault(**_checked(wish, asdict(example))))
    return show_faults(state, wish)


def set_rate_limit(state: State, wish: Json) -> Json:
    """Allow `requests` per `window_seconds` and token."""
    state.faults.rate_limit = RateLimit(**_checked(wish, asdict(RateLimit())))
    return show_faults(state, wish)


def lift_rate_limit(state: State, wish: Json) -> Json:
    """Allow as many requests as one likes."""
    state.faults.rate_limit = None
    return show_faults(state, wish)


def set_latency(state: State, wish: Json) -> Json:
    """Answer every request only after `seconds`."""
    state.faults.latency_seconds = _number(wish, "seconds")
    return show_faults(state, wish)


def clear_faults(state: State, wish: Json) -> Json:
    """Behave well again."""
    state.faults.clear()
    return show_faults(state, wish)


def _check(name: str, value: object, known: Json) -> None:
    if name not in known:
        raise WebexError(400, f"There is no {name!r}; there are {', '.join(known)}.")
    if name in CHOICES and value not in CHOICES[name]:
        raise WebexError(400, f"{name} must be one of {', '.join(CHOICES[name])}.")
    expected = type(known[name])
    is_whole = expected is float and type(value) is int
    if not is_whole and type(value) is not expected:
        raise WebexError(400, f"{name} cannot be {value!r}.")


def _checked(wish: Json, known: Json) -> Json:
    for name, value in wish.items():
        _check(name, value, known)
    return wish


def _number(wish: Json, name: str) -> float:
    value = wish.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise WebexError(400, f"{name} must be a number.")
    return float(value)


def _plain(value: object) -> object:
    return value.total_seconds() if isinstance(value, timedelta) else value
