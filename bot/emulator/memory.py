"""Remembers the emulated Webex from one start to the next, in a file of one's own choice.

Without it a restart would be the end of every grant, webhook and message, as if Webex itself had
been wiped; a bot that keeps its own side would look broken for no fault of its own.
"""

import itertools
import os
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from flask import Flask, Response, request
from pydantic import TypeAdapter

from bot.emulator.grants import Code, Grant, TokenPolicy
from bot.emulator.records import Account, AttachmentAction, Message, Room, Webhook
from bot.emulator.state import State


@dataclass
class _Snapshot:
    """Everything that a restart must not forget."""

    clock_offset: timedelta
    policy: TokenPolicy
    accounts: list[Account]
    rooms: list[Room]
    messages: list[Message]
    actions: list[AttachmentAction]
    webhooks: list[Webhook]
    read_up_to: list[tuple[str, str, int]]
    codes: list[Code]
    grants: list[Grant]


_JSON = TypeAdapter(_Snapshot)


def install(app: Flask, state: State, file: Path) -> None:
    """Take up what the file remembers, and keep it up to date with every change."""
    if file.exists():
        _restore(state, _JSON.validate_json(file.read_bytes()))

    def remember(response: Response) -> Response:
        if request.method != "GET":
            with state.lock:
                _write(file, _JSON.dump_json(_snapshot(state)))
        return response

    app.after_request(remember)


def _snapshot(state: State) -> _Snapshot:
    return _Snapshot(
        clock_offset=state.clock.offset,
        policy=state.grants.policy,
        accounts=list(state.accounts.values()),
        rooms=list(state.rooms.values()),
        messages=list(state.messages.values()),
        actions=list(state.actions.values()),
        webhooks=list(state.webhooks.values()),
        read_up_to=[(*key, number) for key, number in state.read_up_to.items()],
        codes=list(state.grants.codes.values()),
        grants=list(state.grants.grants.values()),
    )


def _restore(state: State, snapshot: _Snapshot) -> None:
    state.clock.offset = snapshot.clock_offset
    # The organisation as it is written down now may have people who were not there then.
    state.accounts |= {account.id: account for account in snapshot.accounts}
    state.bot_tokens = {
        token: state.accounts[account.id] for token, account in state.bot_tokens.items()
    }
    state.rooms |= {room.id: room for room in snapshot.rooms}
    state.messages = {message.id: message for message in snapshot.messages}
    state.actions = {action.id: action for action in snapshot.actions}
    state.webhooks = {webhook.id: webhook for webhook in snapshot.webhooks}
    state.read_up_to = {(person, room): n for person, room, n in snapshot.read_up_to}
    last = max((message.number for message in snapshot.messages), default=0)
    state.message_numbers = itertools.count(last + 1)
    state.grants.restore(snapshot.policy, codes=snapshot.codes, grants=snapshot.grants)


def _write(file: Path, content: bytes) -> None:
    """Replace the file in one step, readable by its owner only: it holds tokens."""
    fresh = file.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    # Made anew and never followed: a link that lies there may lead anywhere.
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(descriptor, "wb") as written:
        written.write(content)
    fresh.replace(file)
