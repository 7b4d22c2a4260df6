"""From the passing of time to a warning: about what no renewal cures, once, and else silence."""

from __future__ import annotations

from datetime import timedelta

from tests.stage import ANA, SAM, Stage, staged

DAYS = 100


def test_a_healthy_connection_is_never_warned_about(stage: Stage) -> None:
    stage.connect(ANA)
    heard = len(stage.heard(ANA))
    for _ in range(DAYS):
        stage.move(days=2)
    assert len(stage.heard(ANA)) == heard
    assert stage.heard(SAM) == []


def test_a_deadline_that_refreshing_does_not_move_is_warned_about_once_per_threshold(
    stage: Stage,
) -> None:
    stage.control("policy", method="PUT", refresh_deadline_moves="never")
    stage.connect(ANA)
    foreseen = [one.at for one in stage.consentry.reminders.forecast(120)]
    days_of_warnings = []
    for day in range(1, DAYS):
        before = len(stage.heard(ANA))
        stage.move(days=1)
        days_of_warnings += [day] * (len(stage.heard(ANA)) - before)
    assert days_of_warnings[:4] == [76, 83, 87, 89]
    assert foreseen == []  # nobody knew on the first day that refreshing would not help
    warned = len(days_of_warnings)
    assert warned == 5  # 14, 7, 3 and 1 days before, and at the end
    assert len(stage.heard(SAM)) == 3  # from the last threshold but one: 3, 1, the end


def test_who_connects_again_ends_the_warnings_and_the_administrator_hears_it(
    stage: Stage,
) -> None:
    stage.connect(ANA)
    stage.control("revoke", person=ANA)
    stage.move(days=10)
    assert "needs your consent again" in stage.last(ANA)
    assert "Calling Dashboard" in stage.last(SAM)
    stage.connect(ANA)
    assert "is connected" in stage.last(ANA)
    assert "works again" in stage.last(SAM)
    heard = len(stage.heard(ANA))
    stage.move(days=10)
    assert len(stage.heard(ANA)) == heard


def test_two_hours_of_webex_being_down_harm_no_connection_and_warn_nobody(stage: Stage) -> None:
    stage.connect(ANA)
    stage.move(days=8)
    stage.control("faults", method="POST", path="/v1/access_token", status=503, times=1000)
    heard = len(stage.heard(ANA))
    for _ in range(24):
        stage.move(minutes=5)
    stage.move(days=1)
    stage.control("faults", method="DELETE")
    stage.move(hours=2)
    stage.move(days=10)
    with stage.consentry.store.reading() as work:
        connection = work.connections.all()[0]
    assert connection.state == "active"
    assert connection.access_ends_at is not None
    assert connection.access_ends_at > stage.webex.clock() + timedelta(days=1)
    assert len(stage.heard(ANA)) == heard
    assert stage.heard(SAM) == []


def test_a_worker_that_slept_through_three_thresholds_gives_one_warning(stage: Stage) -> None:
    stage.control("policy", method="PUT", refresh_deadline_moves="never")
    stage.connect(ANA)
    for _ in range(8):
        stage.move(days=9)
    heard = len(stage.heard(ANA))
    stage.move(days=16)
    assert len(stage.heard(ANA)) == heard + 1


def test_a_connection_that_nobody_renews_is_warned_about_before_its_token_ends(
    sqlite_url: str,
) -> None:
    with staged(sqlite_url) as stage:
        stage.register(renews=False)
        stage.connect(ANA)
        days_of_warnings = []
        for day in range(1, 16):
            before = len(stage.heard(ANA))
            stage.move(days=1)
            days_of_warnings += [day] * (len(stage.heard(ANA)) - before)
    assert days_of_warnings == [7, 11, 13, 14]  # 7, 3 and 1 days before the 14th, and at its end
