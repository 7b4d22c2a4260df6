from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.errors import BadInput, SealBroken
from bot.core.secrets import Secret
from bot.store.sealing import Place, Sealer, generate_key

HERE = Place("connections", "c1", "access_token")
TOKEN = Secret("planted-token")
PRINTABLE = st.text(st.characters(exclude_categories=["Cs"]))
KEY = base64.b64encode(b"any 32 bytes make an AES-256 key").decode()
SEALER = Sealer.from_text(generate_key())


def keyed(*parts: str) -> Sealer:
    return Sealer.from_text(Secret(",".join(parts)))


@given(secret=PRINTABLE, row=PRINTABLE)
def test_what_was_sealed_opens_in_its_place(secret: str, row: str) -> None:
    place = HERE._replace(row=row)
    assert SEALER.open(SEALER.seal(Secret(secret), place), place) == Secret(secret)


@pytest.mark.parametrize(
    "elsewhere",
    [
        HERE._replace(table="attempts"),
        HERE._replace(row="c2"),
        HERE._replace(column="refresh_token"),
        Place("connections|access_token", "c1", ""),
    ],
)
def test_what_was_moved_does_not_open(elsewhere: Place) -> None:
    sealed = SEALER.seal(TOKEN, HERE)
    with pytest.raises(SealBroken, match=elsewhere.row):
        SEALER.open(sealed, elsewhere)


def test_one_changed_byte_anywhere_breaks_the_seal() -> None:
    sealed = SEALER.seal(TOKEN, HERE)
    for at in range(len(sealed)):
        damaged = sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :]
        with pytest.raises(SealBroken):
            SEALER.open(damaged, HERE)


def test_what_was_cut_short_does_not_open() -> None:
    sealed = SEALER.seal(TOKEN, HERE)
    for length in range(len(sealed)):
        with pytest.raises(SealBroken):
            SEALER.open(sealed[:length], HERE)


def test_an_unknown_key_does_not_open_and_the_error_shows_no_secret() -> None:
    sealed = keyed(generate_key().reveal()).seal(TOKEN, HERE)
    with pytest.raises(SealBroken) as caught:
        SEALER.open(sealed, HERE)
    assert "planted" not in str(caught.value)
    assert "connections.access_token of c1" in str(caught.value)


def test_the_same_secret_is_never_sealed_the_same() -> None:
    assert SEALER.seal(TOKEN, HERE) != SEALER.seal(TOKEN, HERE)


def test_the_first_key_seals_and_every_key_opens() -> None:
    old, new = generate_key().reveal(), generate_key().reveal()
    sealed = keyed(old).seal(TOKEN, HERE)
    both = keyed(new, old)
    assert both.open(sealed, HERE) == TOKEN
    assert not both.is_current(sealed)
    fresh = both.seal(TOKEN, HERE)
    assert both.is_current(fresh)
    assert keyed(new).open(fresh, HERE) == TOKEN
    with pytest.raises(SealBroken):
        keyed(old).open(fresh, HERE)


def test_a_key_may_be_named_and_then_is_found_by_its_name() -> None:
    key = generate_key().reveal()
    sealed = keyed(f"2026:{key}").seal(TOKEN, HERE)
    assert keyed(f" other:{generate_key().reveal()} , 2026:{key} ").open(sealed, HERE) == TOKEN
    with pytest.raises(SealBroken):
        keyed(f"2027:{key}").open(sealed, HERE)


def test_a_key_may_be_written_in_either_alphabet_of_base64() -> None:
    raw = b"\xfb\xff" * 16
    standard, urlsafe = base64.b64encode(raw).decode(), base64.urlsafe_b64encode(raw).decode()
    assert keyed(urlsafe).open(keyed(standard).seal(TOKEN, HERE), HERE) == TOKEN


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "holds no key"),
        (" , ", "holds no key"),
        ("planted-no-base64!", "Key 1"),
        (base64.b64encode(b"half of 32 bytes").decode(), "32 bytes"),
        (f"{KEY},planted", "Key 2"),
        (f"a:{KEY},a:{KEY}", "two keys alike"),
        (f"{'long' * 20}:{KEY}", "its id is longer"),
        (KEY.rstrip("="), "32 bytes"),
    ],
)
def test_keys_that_cannot_work_are_refused_without_being_shown(text: str, says: str) -> None:
    with pytest.raises(BadInput, match=says) as caught:
        Sealer.from_text(Secret(text))
    assert "planted" not in str(caught.value)


def test_a_sealer_shows_the_names_of_its_keys_and_no_key() -> None:
    key = generate_key().reveal()
    shown = repr(keyed(f"2026:{key}"))
    assert shown == "Sealer(2026)"
    assert key not in shown


def test_a_generated_key_is_new_each_time_and_masks_itself() -> None:
    one, other = generate_key(), generate_key()
    assert one != other
    assert one.reveal() not in repr(one)
