from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Engine, text

from bot.core.consent import Attempt
from bot.core.messages import Message, to_room
from bot.core.secrets import Secret
from bot.store import rotation
from bot.store.rotation import Rotation, rotate
from bot.store.sealing import Sealer, generate_key
from bot.store.store import Store
from tests.core.examples import CALLING, NOW, connected, pair

OLD, NEW = generate_key().reveal(), generate_key().reveal()
BEFORE, DURING, AFTER = (Sealer.from_text(Secret(keys)) for keys in (OLD, f"{NEW},{OLD}", NEW))
ATTEMPT = Attempt("state", "ticket", "browser", Secret("verifier"), NOW)
SECRETS = 5


def fill(engine: Engine) -> None:
    with Store(engine, BEFORE).begin() as work:
        work.integrations.add(CALLING, now=NOW)
        work.connections.add(connected(), pair(), look_at=None)
        work.tickets.open(ATTEMPT)
        work.outbox.put(Message(to_room("space"), "Hello", key="hello"), now=NOW)


def test_afterwards_the_first_key_alone_opens_everything(engine: Engine) -> None:
    fill(engine)
    assert rotate(engine, DURING) == Rotation(resealed=SECRETS)
    with Store(engine, AFTER).begin() as work:
        assert work.integrations.get("calling") == CALLING
        assert work.connections.access_token("c1") == pair().access
        assert work.connections.refresh_token("c1") == pair().refresh
        assert work.tickets.take("state") == ATTEMPT
        claimed = work.outbox.claim("worker", now=NOW, lease=NOW - NOW)
        assert claimed
        assert claimed[1].message.markdown == "Hello"


def test_rotating_again_finds_nothing_to_do(engine: Engine) -> None:
    fill(engine)
    rotate(engine, DURING)
    assert rotate(engine, DURING) == Rotation(current=SECRETS)


def test_more_than_a_batch_is_rotated_to_the_end(engine: Engine) -> None:
    many = rotation._BATCH + 1
    with Store(engine, BEFORE).begin() as work:
        for number in range(many):
            work.outbox.put(Message(to_room("space"), "Hello", key=f"{number}"), now=NOW)
    assert rotate(engine, DURING) == Rotation(resealed=many)


def test_a_secret_that_does_not_open_is_named_and_holds_nothing_up(engine: Engine) -> None:
    fill(engine)
    stranger = Sealer.from_text(generate_key())
    with Store(engine, stranger).begin() as work:
        work.integrations.add(replace(CALLING, slug="another"), now=NOW)
    found = rotate(engine, DURING)
    assert found == Rotation(resealed=SECRETS, broken=["integrations.client_secret of another"])


def test_a_token_that_was_replaced_meanwhile_is_not_overwritten(engine: Engine) -> None:
    fill(engine)
    writer = Store(engine, DURING)
    newer = replace(pair(), access=Secret("newer-token"))

    column = next(
        each for each in rotation._sealed_columns() if each._column.name == "access_token"
    )
    (batch,) = column.batches(engine)
    anew = list(rotation._sealed_anew(batch, DURING, Rotation()))
    with writer.begin() as work:
        found = work.connections.get("c1")
        assert found
        work.connections.save(found, look_at=None, tokens=newer)
    assert column.replace(engine, anew) == 0
    with writer.reading() as work:
        assert work.connections.access_token("c1") == Secret("newer-token")


def test_rotation_leaves_the_version_of_a_connection(engine: Engine) -> None:
    fill(engine)
    rotate(engine, DURING)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT version FROM connections")).scalar_one() == 0
