from __future__ import annotations

import copy
import io
import json
import logging
import pickle
import traceback
from collections.abc import Callable
from dataclasses import asdict, dataclass

import pytest

from bot.core.secrets import Secret, fingerprint

VALUE = "Zm9vYmFy-very-secret"
NOTHING: dict[Secret, str] = {}

SHOWN: dict[str, Callable[[Secret], str]] = {
    "repr": repr,
    "str": str,
    "format": "{}".format,
    "format repr": "{!r}".format,
    "f-string": lambda secret: f"{secret}",
    "padded f-string": lambda secret: f"{secret:>40}",
    "percent": lambda secret: "%s %r" % (secret, secret),  # noqa: UP031 - as a log line does it
    "in a list": lambda secret: str([secret]),
    "in a mapping": lambda secret: str({"token": secret}),
    "in an error": lambda secret: repr(ValueError(secret)),
    "JSON of last resort": lambda secret: json.dumps({"token": secret}, default=str),
}

COPIES: dict[str, Callable[[Secret], object]] = {
    "pickle": pickle.dumps,
    "oldest pickle": lambda secret: pickle.dumps(secret, protocol=0),
    "copy": copy.copy,
    "deep copy": copy.deepcopy,
    "asdict": lambda secret: asdict(Envelope(secret)),
    "JSON": json.dumps,
    "vars": vars,
}


@dataclass
class Envelope:
    token: Secret


@pytest.mark.parametrize("show", SHOWN.values(), ids=SHOWN)
def test_a_secret_masks_itself_wherever_it_becomes_text(show: Callable[[Secret], str]) -> None:
    shown = show(Secret(VALUE))
    assert VALUE not in shown
    assert "Secret(present)" in shown


@pytest.mark.parametrize("copied", COPIES.values(), ids=COPIES)
def test_a_secret_is_never_copied_out_by_machinery(copied: Callable[[Secret], object]) -> None:
    with pytest.raises(TypeError) as refused:
        copied(Secret(VALUE))
    assert VALUE not in str(refused.value)


def test_a_log_line_never_shows_a_secret() -> None:
    written = io.StringIO()
    logger = logging.Logger("test")  # noqa: LOG001 - a logger of its own, which nobody else hears
    logger.addHandler(logging.StreamHandler(written))
    logger.warning("token %s", Secret(VALUE), extra={"token": Secret(VALUE)})
    try:
        NOTHING[Secret(VALUE)]
    except KeyError:
        logger.exception("lost")
    assert "Secret(present)" in written.getvalue()
    assert VALUE not in written.getvalue()


def test_a_traceback_with_all_its_locals_never_shows_a_secret() -> None:
    token = Secret(VALUE)
    with pytest.raises(KeyError) as lost:
        NOTHING[token]
    told = "".join(
        traceback.TracebackException.from_exception(lost.value, capture_locals=True).format()
    )
    assert "token = Secret(present)" in told
    assert VALUE not in told


def test_an_empty_secret_is_false_and_says_so() -> None:
    assert Secret(VALUE)
    assert not Secret("")
    assert repr(Secret("")) == "Secret(empty)"


def test_only_reveal_gives_the_value_away() -> None:
    assert Secret(VALUE).reveal() == VALUE


def test_secrets_compare_by_what_they_hide() -> None:
    assert Secret(VALUE) == Secret(VALUE)
    assert Secret(VALUE) != Secret(VALUE + "x")
    assert Secret(VALUE) != VALUE
    assert Secret("ünïcode") == Secret("ünïcode")
    assert len({Secret(VALUE), Secret(VALUE), Secret("other")}) == 2


def test_a_fingerprint_is_the_same_each_time_and_shows_nothing() -> None:
    assert fingerprint(VALUE) == fingerprint(VALUE) != fingerprint(VALUE + "x")
    assert len(fingerprint(VALUE)) == 64
    assert VALUE not in fingerprint(VALUE)
