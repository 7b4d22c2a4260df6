"""The registered integrations, their client secrets sealed."""

from __future__ import annotations

from datetime import datetime
from difflib import get_close_matches
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, delete, func, select, update

from bot.core.connections import State
from bot.core.errors import BadInput, UnknownIntegration
from bot.core.integrations import Integration
from bot.core.secrets import Unopened
from bot.store.rows import insert_new, names_of, picked
from bot.store.sealing import Place, Sealer
from bot.store.tables import ConnectionRow, IntegrationRow, table

_PLAIN = names_of(Integration, apart="client_secret")


class Integrations:
    """The integrations within a transaction; see ``core.keeping.Integrations``."""

    def __init__(self, connection: Connection, sealer: Sealer) -> None:
        """Work in this transaction, sealing client secrets."""
        self._connection = connection
        self._sealer = sealer
        self._table = table(IntegrationRow)

    def add(self, integration: Integration, *, now: datetime) -> None:
        """Register one. Raises BadInput where the slug is taken."""
        values = self._values(integration) | {"created_at": now}
        if not insert_new(self._connection, self._table, values):
            raise BadInput(
                f"An integration {integration.slug!r} is registered already.",
                advice="Choose another slug, or change the registered one.",
            )

    def get(self, slug: str) -> Integration:
        """Find one by its slug. Raises UnknownIntegration, naming the nearest ones."""
        return self._one(slug, select(self._table))

    def hold(self, slug: str) -> Integration:
        """Find one, and let nobody else change it before this transaction ends."""
        return self._one(slug, select(self._table).with_for_update())

    def all(self) -> list[Integration]:
        """List all, by name."""
        row = self._table.c
        statement = select(self._table).order_by(func.lower(row.name), row.slug)
        return [self._integration(row) for row in self._connection.execute(statement).mappings()]

    def replace(self, integration: Integration) -> None:
        """Keep a changed integration under the same slug. Raises UnknownIntegration."""
        statement = update(self._table).where(self._table.c.slug == integration.slug)
        changed = self._connection.execute(statement.values(**self._values(integration)))
        if changed.rowcount != 1:
            raise self._unknown(integration.slug)

    def remove(self, slug: str) -> None:
        """Forget one that has no connections left, and its revoked ones with it.

        Raises:
            UnknownIntegration: No integration has this slug.
            BadInput: Somebody is still connected.
        """
        row = table(ConnectionRow).c
        of_it = delete(table(ConnectionRow)).where(row.integration == slug)
        self._connection.execute(of_it.where(row.state == State.REVOKED))
        left = select(func.count()).select_from(table(ConnectionRow)).where(row.integration == slug)
        if count := self._connection.execute(left).scalar_one():
            raise BadInput(
                f"The integration {slug!r} still has {count} connections.",
                advice="Have them disconnected first; nothing was removed.",
            )
        gone = self._connection.execute(delete(self._table).where(self._table.c.slug == slug))
        if gone.rowcount != 1:
            raise self._unknown(slug)

    def _one(self, slug: str, statement: Select[Any]) -> Integration:
        which = statement.where(self._table.c.slug == slug)
        row = self._connection.execute(which).mappings().one_or_none()
        if row is None:
            raise self._unknown(slug)
        return self._integration(row)

    def _unknown(self, slug: str) -> UnknownIntegration:
        known = self._connection.execute(select(self._table.c.slug)).scalars().all()
        nearest = get_close_matches(slug, known)
        advice = (
            f"Did you mean {' or '.join(nearest)}?"
            if nearest
            else "“integrations” lists the ones there are."
        )
        return UnknownIntegration(f"There is no integration {slug!r}.", advice=advice)

    def _values(self, integration: Integration) -> dict[str, object]:
        values: dict[str, object] = {name: getattr(integration, name) for name in _PLAIN}
        secret = self._sealer.seal(integration.client_secret, _place(integration.slug))
        return values | {"client_secret": secret}

    def _integration(self, row: RowMapping) -> Integration:
        sealed, place = row["client_secret"], _place(row["slug"])
        secret = Unopened(lambda: self._sealer.open(sealed, place))
        return Integration(client_secret=secret, **picked(row, _PLAIN))


def _place(slug: str) -> Place:
    return Place("integrations", slug, "client_secret")
