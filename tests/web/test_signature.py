import hashlib
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import Headers

from bot.core.secrets import Secret
from bot.web.signature import is_signed

SECRET = Secret("planted-webhook-secret")
BODY = b'{"id": "w1"}'


def sign(body: bytes = BODY, digest: str = "sha1", secret: str = SECRET.reveal()) -> str:
    return hmac.new(secret.encode(), body, digest).hexdigest()


def is_good(**headers: str) -> bool:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return is_signed(Headers(named), BODY, SECRET)


def test_webex_own_signature_fits() -> None:
    assert sign() == hmac.new(b"planted-webhook-secret", BODY, hashlib.sha1).hexdigest()
    assert is_good(X_Spark_Signature=sign())
    assert is_good(x_spark_signature=sign().upper())


@pytest.mark.parametrize("digest", ["sha256", "sha512"])
def test_the_newer_header_fits_by_the_length_of_its_digest(digest: str) -> None:
    assert is_good(X_Webex_Signature=sign(digest=digest))
    assert is_good(X_Webex_Signature=sign(digest=digest), X_Spark_Signature="0" * 40)


@pytest.mark.parametrize(
    "signature",
    [
        *("", " ", "0" * 40, "0" * 64, "0" * 128, "é" * 40, "sha1=" + sign(), sign()[:-1]),
        *(sign(b"another body"), sign(secret="another secret"), sign(digest="md5")),
        f"{sign()},{sign()}",
    ],
)
def test_nothing_else_fits(signature: str) -> None:
    assert not is_good(X_Spark_Signature=signature, X_Webex_Signature=signature)


def test_without_a_header_nothing_is_signed() -> None:
    assert not is_good()


def test_without_a_secret_nothing_is_signed() -> None:
    headers = Headers({"X-Spark-Signature": sign(secret="")})
    assert not is_signed(headers, BODY, Secret(""))


@given(st.binary(), st.binary())
def test_a_signature_fits_the_very_bytes_alone(body: bytes, other: bytes) -> None:
    headers = Headers({"X-Spark-Signature": sign(body)})
    assert is_signed(headers, body, SECRET)
    assert is_signed(headers, other, SECRET) is (body == other)
