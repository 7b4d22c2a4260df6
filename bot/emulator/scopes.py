"""Which scope a request needs; any one of those listed will do.

Compliance and partner scopes are left out: the emulator has no such officers. `spark:all` stands
for every user scope (those starting with `spark:`), never for an administrator's.
"""

from collections.abc import Iterable

PEOPLE_READ = ("spark:people_read", "spark-admin:people_read")
ME_READ = ("spark:people_read",)
ROOMS_READ = ("spark:rooms_read",)
ROOMS_WRITE = ("spark:rooms_write",)
MEMBERSHIPS_READ = ("spark:memberships_read",)
MEMBERSHIPS_WRITE = ("spark:memberships_write",)
MESSAGES_READ = ("spark:messages_read",)
MESSAGES_WRITE = ("spark:messages_write",)
ROLES_READ = ("spark-admin:roles_read",)
TOKENS_READ = ("identity:tokens_read",)
TOKENS_WRITE = ("identity:tokens_write",)
READING = {
    "messages": MESSAGES_READ,
    "attachmentActions": MESSAGES_READ,
    "memberships": MEMBERSHIPS_READ,
    "rooms": ROOMS_READ,
    "all": MESSAGES_READ,
}
OPENID = frozenset({"openid", "email", "profile", "phone", "address"})
ALWAYS_REGISTERED = OPENID | {"spark:kms"}  # Webex adds spark:kms to every integration itself


def is_covered(held: frozenset[str] | None, any_of: Iterable[str]) -> bool:
    """Say whether held scopes suffice; None stands for a bot, which holds all user scopes."""
    wanted = tuple(any_of)
    if not wanted or not (held or frozenset()).isdisjoint(wanted):
        return True
    has_user_scopes = held is None or "spark:all" in held
    return has_user_scopes and any(scope.startswith("spark:") for scope in wanted)
