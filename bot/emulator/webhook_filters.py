"""What a webhook may listen to, and how its filter narrows that down.

The table comes from the Webhooks guide and the OpenAPI description of `POST /webhooks`; resources
that this emulator never lets happen (meetings, telephony, ...) may be registered and stay silent.
"""

from urllib.parse import parse_qsl

from bot.emulator.errors import WebexError
from bot.emulator.records import Json

CHANGES = frozenset({"created", "updated", "deleted"})
EVENTS: dict[str, frozenset[str]] = {
    "messages": CHANGES,
    "memberships": CHANGES,
    "rooms": frozenset({"created", "updated", "migrated"}),
    "attachmentActions": frozenset({"created"}),
    "dataSources": CHANGES,
    "meetings": CHANGES | {"started", "ended"},
    "recordings": CHANGES,
    "convergedRecordings": CHANGES,
    "meetingParticipants": frozenset({"joined", "left"}),
    "meetingTranscripts": CHANGES,
    "telephony_calls": CHANGES,
    "telephony_conference": CHANGES,
    "telephony_mwi": CHANGES,
    "uc_counters": CHANGES,
    "serviceApp": frozenset({"authorized", "deauthorized"}),
    "adminBatchJobs": frozenset({"statusChanged"}),
}
FIREHOSE = frozenset({"memberships", "messages", "rooms"})
FILTERS: dict[str, frozenset[str]] = {
    "messages": frozenset(
        {
            "roomId",
            "roomType",
            "personId",
            "personEmail",
            "mentionedPeople",
            "hasFiles",
            "hasAttachments",
        }
    ),
    "memberships": frozenset({"roomId", "personId", "personEmail", "isModerator"}),
    "attachmentActions": frozenset({"messageId", "personId", "roomId"}),
    "rooms": frozenset({"type", "isLocked"}),
}


def check_subject(resource: str, event: str) -> None:
    """Refuse a resource or an event that Webex has no webhook for."""
    if resource != "all" and resource not in EVENTS:
        raise WebexError(400, f"invalid value for resource: {resource}")
    allowed = EVENTS.get(resource, CHANGES) | ({"all"} if resource in FIREHOSE | {"all"} else set())
    if event not in allowed or (resource == "all" and event != "all"):
        raise WebexError(400, f"invalid value for event: {event}")


def parse_filter(resource: str, text: str | None) -> dict[str, str]:
    """Read `k=v&k2=v2`; refuse names that the resource cannot be filtered by."""
    pairs = parse_qsl(text or "", keep_blank_values=True)
    if text and (not pairs or any(not value for _, value in pairs)):
        raise WebexError(400, f"invalid value for filter: {text}")
    for name, _ in pairs:
        if name not in FILTERS.get(resource, frozenset()):
            raise WebexError(400, f"invalid value for filter: {name}")
    return dict(pairs)


def passes(wanted: dict[str, str], facts: Json, owner_id: str) -> bool:
    """Say whether an event's facts are what a filter asks for."""
    return all(
        _agrees(facts.get(name), owner_id if value == "me" else value)
        for name, value in wanted.items()
    )


def _agrees(fact: object, value: str) -> bool:
    if isinstance(fact, bool):
        return value.lower() == str(fact).lower()
    return value in fact if isinstance(fact, list) else value == fact
