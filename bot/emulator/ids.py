"""Identifiers in Webex's form: unpadded base64 of a `ciscospark://` address.

What an organisation starts with gets the same id in every run, so that a bot which remembers a
person or a space finds them again; messages, webhooks and grants get a new one each time.
"""

import base64
import uuid

NAMESPACE = uuid.UUID("5f2d3c1a-7b64-4e0c-9a55-0c9f1d8e7a21")


def stable_uuid(kind: str, key: str) -> str:
    """Return the UUID that stands for this key in every run."""
    return str(uuid.uuid5(NAMESPACE, f"{kind}:{key}"))


def webex_id(kind: str, key: str) -> str:
    """Return the public id for a kind (`PEOPLE`, `ROOM`, ...) and its inner key."""
    address = f"ciscospark://us/{kind}/{key}"
    return base64.b64encode(address.encode()).decode().rstrip("=")


def stable_id(kind: str, key: str) -> str:
    """Return an id that is the same in every run."""
    return webex_id(kind, stable_uuid(kind, key))


def new_id(kind: str) -> str:
    """Return an id that nobody had before."""
    return webex_id(kind, str(uuid.uuid4()))


def inner_key(public_id: str) -> str:
    """Return what follows the last slash of a public id's address."""
    padding = "=" * (-len(public_id) % 4)
    return base64.b64decode(public_id + padding).decode().rsplit("/", 1)[-1]
