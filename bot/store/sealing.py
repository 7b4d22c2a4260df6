"""Seals secrets with AES-256-GCM, bound to the very row and column that they are kept in.

Separate, because this is the one place that knows the encryption keys. A sealed value is a
version byte, the length and text of the key's id, a 12-byte nonce and the ciphertext. Moved to
another row or column it does not open, because its place is authenticated with it.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
from typing import NamedTuple, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.core.errors import BadInput, SealBroken
from bot.core.secrets import Secret

_VERSION = 1
_KEY_BYTES = 32
_NONCE_BYTES = 12
"""96 bits, the size that GCM is made for (NIST SP 800-38D §8.2)."""
_HEADER_BYTES = 2
_LONGEST_ID = 32
"""Shorter than a key, so that a key which stands in the place of an id is never shown as one."""
_DERIVED_ID = 8


class Place(NamedTuple):
    """Where a sealed value is kept; the row is named by what never changes about it."""

    table: str
    row: str
    column: str

    def __str__(self) -> str:
        """Name it as an error does."""
        return f"{self.table}.{self.column} of {self.row}"

    def bound(self, header: bytes) -> bytes:
        """Compose what is authenticated along with the secret."""
        return header + f"|{self.table}|{self.column}|{self.row}".encode()


def generate_key() -> Secret:
    """Make a new encryption key, in the form that ENCRYPTION_KEYS takes."""
    return Secret(base64.b64encode(os.urandom(_KEY_BYTES)).decode())


class Sealer:
    """Seals with the first key, opens with any."""

    def __init__(self, keys: dict[str, bytes]) -> None:
        """Take the keys by id; the first one seals."""
        self._keys = {key_id: AESGCM(key) for key_id, key in keys.items()}
        self._first = next(iter(self._keys))

    @classmethod
    def from_text(cls, text: Secret) -> Self:
        """Read ENCRYPTION_KEYS: keys in base64, parted by commas, each with or without ``id:``.

        Raises:
            BadInput: There is no key, or one is no 32 bytes in base64, or two have the same id.
        """
        parts = [part.strip() for part in text.reveal().split(",") if part.strip()]
        named = [_read_key(number, part) for number, part in enumerate(parts, start=1)]
        keys = dict(named)
        if not keys or len(keys) < len(named):
            what = "names two keys alike" if keys else "holds no key"
            raise BadInput(f"ENCRYPTION_KEYS {what}.", advice=_KEY_ADVICE)
        return cls(keys)

    def __repr__(self) -> str:
        """Show the ids of the keys, never a key."""
        return f"Sealer({', '.join(self._keys)})"

    def seal(self, secret: Secret, place: Place) -> bytes:
        """Seal a secret for one place under the first key."""
        header = self._header
        nonce = os.urandom(_NONCE_BYTES)
        plain = secret.reveal().encode()
        sealed = self._keys[self._first].encrypt(nonce, plain, place.bound(header))
        return header + nonce + sealed

    def open(self, sealed: bytes, place: Place) -> Secret:
        """Open what was sealed for this place.

        Raises:
            SealBroken: It was sealed for another place or by an unknown key, or is damaged.
        """
        start = _HEADER_BYTES + sealed[1] if len(sealed) > _HEADER_BYTES else 0
        header, nonce = sealed[:start], sealed[start : start + _NONCE_BYTES]
        key = self._keys.get(header[_HEADER_BYTES:].decode(errors="replace"))
        if key is None or header[0] != _VERSION:
            raise SealBroken(str(place))
        try:
            plain = key.decrypt(nonce, sealed[start + _NONCE_BYTES :], place.bound(header))
        except (InvalidTag, ValueError) as error:
            raise SealBroken(str(place)) from error
        return Secret(plain.decode())

    def is_current(self, sealed: bytes) -> bool:
        """Tell whether the first key sealed this, so that rotation may pass over it."""
        return sealed.startswith(self._header)

    @property
    def _header(self) -> bytes:
        key_id = self._first.encode()
        return bytes((_VERSION, len(key_id))) + key_id


_KEY_ADVICE = "Give keys as `consentry keys generate` prints them, parted by commas."


def _read_key(number: int, part: str) -> tuple[str, bytes]:
    """Read one key without ever showing it; one without an id is named by its own hash."""
    key_id, _, text = part.rpartition(":")
    try:
        key = base64.b64decode(text.replace("-", "+").replace("_", "/"), validate=True)
    except binascii.Error:
        key = b""
    if len(key) != _KEY_BYTES or len(key_id) > _LONGEST_ID:
        raise BadInput(
            f"Key {number} of ENCRYPTION_KEYS is not {_KEY_BYTES} bytes in base64, "
            f"or its id is longer than {_LONGEST_ID} characters.",
            advice=_KEY_ADVICE,
        )
    return key_id or hashlib.sha256(key).hexdigest()[:_DERIVED_ID], key
