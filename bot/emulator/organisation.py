"""Who and what an emulated Webex starts with.

These are plain frozen values that a test or a demo writes down; `state.py` turns them into the
living organisation. They are separate so that nobody has to start a server to describe one.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Person:
    """Describe somebody who can chat, sign in and give consent.

    Args:
        roles: Administrator roles by name, such as `Full Administrator`.
        org: The name of another organisation, for an outsider; None for our own.
    """

    email: str
    display_name: str
    roles: tuple[str, ...] = ()
    timezone: str = "UTC"
    org: str | None = None


@dataclass(frozen=True)
class Bot:
    """Describe a bot account and the access token that it was given."""

    email: str
    name: str
    token: str


@dataclass(frozen=True)
class Space:
    """Describe a group space by its title and its members' e-mail addresses."""

    title: str
    members: tuple[str, ...]


@dataclass(frozen=True)
class Integration:
    """Describe an OAuth client as it is registered in the developer portal."""

    name: str
    client_id: str
    client_secret: str
    redirect_uris: tuple[str, ...]
    scopes: tuple[str, ...]


@dataclass(frozen=True)
class Organisation:
    """Describe all that the emulator knows when it starts."""

    name: str
    people: tuple[Person, ...]
    bots: tuple[Bot, ...] = ()
    spaces: tuple[Space, ...] = ()
    integrations: tuple[Integration, ...] = ()
