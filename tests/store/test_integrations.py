from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.errors import BadInput, UnknownIntegration
from bot.core.integrations import Access, Integration, Kind, Renewal
from bot.core.secrets import Secret
from bot.store.store import Store
from tests.core.examples import CALLING, NOW, connected, pair

APP = Integration(
    slug="contact-center",
    name="contact centre",
    client_id="C2",
    client_secret=Secret("another-secret"),
    scopes=("cjp:config_read", "cjp:user"),
    owner_email="owner@example.com",
    purpose="Queues on a wall — “größer”",
    access=Access.APPROVAL,
    renewal=Renewal.MANUAL,
    approvers=("one@example.com", "two@example.com"),
    max_days=30,
    kind=Kind.SERVICE_APP,
    application_id="app-1",
    tasks=("show the queues on a wall", "GET /organization/{orgid}/queue"),
    secret_refused_at=NOW,
)


def add(store: Store, *integrations: Integration) -> None:
    with store.begin() as work:
        for integration in integrations:
            work.integrations.add(integration, now=NOW)


@pytest.mark.parametrize("integration", [CALLING, APP])
def test_an_integration_comes_out_as_it_went_in(store: Store, integration: Integration) -> None:
    add(store, integration)
    with store.reading() as work:
        found = work.integrations.get(integration.slug)
    assert found == integration
    assert found.secret_refused_at == integration.secret_refused_at


def test_a_slug_is_taken_once(store: Store) -> None:
    add(store, CALLING)
    with pytest.raises(BadInput, match="'calling' is registered already"):
        add(store, replace(APP, slug=CALLING.slug))
    with store.reading() as work:
        assert work.integrations.all() == [CALLING]


def test_an_unknown_slug_gets_the_nearest_ones(store: Store) -> None:
    add(store, CALLING, APP)
    with store.reading() as work:
        with pytest.raises(UnknownIntegration, match="Did you mean calling"):
            work.integrations.get("caling")
        with pytest.raises(UnknownIntegration, match="lists the ones there are"):
            work.integrations.get("zzz")


def test_all_are_listed_by_name_whatever_its_case(store: Store) -> None:
    zebra = replace(CALLING, slug="aaa", name="Zebra")
    add(store, zebra, APP, CALLING)
    with store.reading() as work:
        assert work.integrations.all() == [CALLING, APP, zebra]


def test_a_changed_integration_replaces_the_old_one(store: Store) -> None:
    add(store, CALLING, APP)
    changed = replace(CALLING, client_secret=Secret("rotated"), purpose="Dialling")
    with store.begin() as work:
        work.integrations.replace(changed)
        assert work.integrations.get(CALLING.slug) == changed
        assert work.integrations.get(APP.slug) == APP
        with pytest.raises(UnknownIntegration):
            work.integrations.replace(replace(CALLING, slug="unknown"))


def test_one_that_somebody_is_connected_to_is_not_removed(store: Store) -> None:
    add(store, CALLING)
    with store.begin() as work:
        work.connections.add(connected(), pair(), look_at=None)
        with pytest.raises(BadInput, match="still has 1 connection"):
            work.integrations.remove(CALLING.slug)
        assert work.integrations.get(CALLING.slug) == CALLING


def test_one_that_nobody_is_connected_to_any_more_is_removed(store: Store) -> None:
    add(store, CALLING, APP)
    with store.begin() as work:
        work.connections.add(connected().revoked(now=NOW), pair(), look_at=None)
        work.integrations.remove(CALLING.slug)
        assert work.integrations.all() == [APP]
        assert work.connections.all() == []
        with pytest.raises(UnknownIntegration):
            work.integrations.remove(CALLING.slug)
