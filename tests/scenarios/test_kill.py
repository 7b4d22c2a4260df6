"""The worker is killed at each of its writes, and nothing that was promised is lost.

Promised at the time of the kill: an acknowledged message of Ana's, a space's and Ben's; a refresh
that is due; a warning that is due to Ben and, about him, to the administrator.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import count

import pytest
import requests
from flask import Response, request

from bot.core.connections import State
from tests.scenarios import mortal
from tests.stage import ANA, BEN, SAM, SPACE, Stage, staged

LEASES_RUN_OUT = timedelta(minutes=10)


@pytest.mark.parametrize(
    ("moment", "at_least"), [("commit", 10), ("begin", 10), ("request", 5), ("answer", 5)]
)
def test_a_kill_at_any_moment_loses_nothing(moment: str, at_least: int, sqlite_url: str) -> None:
    deaths = 0
    for number in count(1):
        with prepared(f"{sqlite_url}{number}") as stage:
            has_died = lives_and_dies(stage, moment, number)
            stage.webex.clock.move(LEASES_RUN_OUT)
            stage.play()
            assert_nothing_is_lost(stage)
        deaths += has_died
        if not has_died:
            break
    assert deaths >= at_least, "the worker must write more often, or this proves little"


def test_kills_on_postgresql_lose_nothing_either(postgresql_url: str) -> None:
    with prepared(postgresql_url) as stage:
        deaths = 0
        for number in (3, 5, 8, 13):
            deaths += lives_and_dies(stage, "commit", number)
            stage.webex.clock.move(LEASES_RUN_OUT)
        assert deaths >= 2
        stage.play()
        assert_nothing_is_lost(stage)


@contextmanager
def prepared(database_url: str) -> Iterator[Stage]:
    """Put everything on the stage that a kill could lose."""
    mortal.set_forkserver_up()
    with staged(database_url) as stage:
        stage.register()
        stage.connect(ANA)
        stage.connect(BEN)
        stage.control("revoke", person=BEN)
        stage.webex.clock.move(timedelta(days=10))
        heard_before = len(stage.heard(ANA)), len(stage.heard(BEN)), len(stage.heard_in(SPACE))
        stage.said_before = heard_before  # type: ignore[attr-defined]  # a note for the end
        stage.control("speak", person=ANA, to="consentry@webex.bot", text="status")
        stage.control("speak", person=BEN, to="consentry@webex.bot", text="integrations")
        stage.control("speak", person=ANA, space=SPACE, mention=True, text="scopes")
        assert stage.webex.state.deliveries.wait_until_idle()
        yield stage


def lives_and_dies(stage: Stage, moment: str, number: int) -> bool:
    """Let a worker live; tell whether it died before its work was done."""
    process = mortal.SPAWN.Process(
        target=mortal.live, args=(stage.environ, stage.webex.url, moment, number)
    )
    with dealing_death(stage, moment, number) as victim:
        process.start()
        victim.append(process.pid or 0)
        process.join(timeout=60)
    assert process.exitcode in (mortal.DONE, -signal.SIGKILL)
    return process.exitcode != mortal.DONE


@contextmanager
def dealing_death(stage: Stage, moment: str, number: int) -> Iterator[list[int]]:
    """Let the emulator kill the worker at its n-th call: before handling or answering it."""
    victim: list[int] = []
    calls = count(1)
    app = stage.webex.app

    def is_the_one() -> bool:
        is_call = request.path.startswith("/v1/") and request.method in ("POST", "PUT", "DELETE")
        return bool(victim) and is_call and next(calls) == number

    def before() -> None:
        if moment == "request" and is_the_one():
            os.kill(victim[0], signal.SIGKILL)
            # Webex never sees what the dead did not send.
            raise ConnectionAbortedError

    def after(response: Response) -> Response:
        if moment == "answer" and is_the_one():
            os.kill(victim[0], signal.SIGKILL)
        return response

    app.before_request_funcs.setdefault(None, []).insert(0, before)
    app.after_request_funcs.setdefault(None, []).append(after)
    try:
        yield victim
    finally:
        app.before_request_funcs[None].remove(before)
        app.after_request_funcs[None].remove(after)


def assert_nothing_is_lost(stage: Stage) -> None:
    ana, ben, space = stage.said_before  # type: ignore[attr-defined]  # noted in ``prepared``
    to_ana = titles(stage.heard(ANA)[ana:])
    to_ben = titles(stage.heard(BEN)[ben:])
    assert to_ana.count("Your connections") == 1, to_ana
    assert to_ben.count("Integrations") == 1, to_ben
    assert sum("needs your consent again" in title for title in to_ben) == 1, to_ben
    assert sum("needs attention" in title for title in titles(stage.heard(SAM))) == 1
    assert len(stage.heard_in(SPACE)[space:]) >= 1
    assert_tokens_live(stage)


def assert_tokens_live(stage: Stage) -> None:
    with stage.consentry.store.reading() as work:
        states = {one.person.email: one for one in work.connections.all()}
        token = work.connections.access_token(states[ANA].id)
        assert work.inbox.waiting() == work.outbox.waiting() == 0
    assert states[ANA].state is State.ACTIVE
    assert states[ANA].refreshed_at is not None
    assert states[BEN].state is State.NEEDS_CONSENT
    assert token is not None
    bearer = {"Authorization": f"Bearer {token.reveal()}"}
    assert requests.get(f"{stage.webex.api_url}/people/me", headers=bearer, timeout=5).ok


def titles(messages: list[dict[str, str]]) -> list[str]:
    return [message["markdown"].split("\n")[0].strip("*") for message in messages]
