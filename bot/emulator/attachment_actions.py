"""What happens when somebody presses a card's Submit button (Attachment Actions API)."""

from bot.emulator.call import Call
from bot.emulator.cards import submit_data
from bot.emulator.clock import webex_time
from bot.emulator.errors import WebexError
from bot.emulator.events import Event, announce
from bot.emulator.ids import new_id
from bot.emulator.messages import find
from bot.emulator.records import Account, AttachmentAction, Json, Message
from bot.emulator.state import State


def create(state: State, call: Call) -> Json:
    """Answer `POST /attachment/actions`."""
    if call.required_text("type") != "submit":
        raise WebexError(400, "type must be submit.")
    inputs = call.body.get("inputs")
    if not isinstance(inputs, dict):
        raise WebexError(400, "inputs must be an object.")
    message = find(state, call.required_text("messageId"), call.account)
    return describe(submit(state, call.account, message, inputs=inputs))


def show(state: State, call: Call) -> Json:
    """Answer `GET /attachment/actions/{id}`, for the one who pressed and the card's author."""
    action = state.actions.get(call.path["action_id"])
    if action is None or call.account.id not in _concerned(state, action):
        raise WebexError(404, "Could not find an attachment action with the provided ID.")
    return describe(action)


def press(
    state: State, person: Account, message: Message, *, inputs: Json, button: str | None
) -> AttachmentAction:
    """Press a button as the Webex app does: its data is merged into what was typed."""
    if not message.attachments:
        raise WebexError(400, "The message has no card.")
    data = submit_data(message.attachments[0]["content"], button)
    return submit(state, person, message, inputs=data | inputs)


def submit(state: State, person: Account, message: Message, *, inputs: Json) -> AttachmentAction:
    """Record the inputs and tell the card's author."""
    if not message.attachments:
        raise WebexError(400, "The message has no card.")
    action = AttachmentAction(
        id=new_id("ATTACHMENT_ACTION"),
        message_id=message.id,
        room_id=message.room_id,
        person_id=person.id,
        inputs=inputs,
        created=state.clock(),
    )
    state.actions[action.id] = action
    _announce(state, action, author_id=message.person_id)
    return action


def describe(action: AttachmentAction) -> Json:
    """Return an action as the API shows it."""
    return _outline(action) | {"inputs": action.inputs}


def _outline(action: AttachmentAction) -> Json:
    return {
        "id": action.id,
        "type": "submit",
        "messageId": action.message_id,
        "personId": action.person_id,
        "roomId": action.room_id,
        "created": webex_time(action.created),
    }


def _announce(state: State, action: AttachmentAction, *, author_id: str) -> None:
    announce(
        state,
        Event(
            resource="attachmentActions",
            event="created",
            actor=state.accounts[action.person_id],
            data=_outline(action),
            may_know=lambda account: account.id == author_id,
        ),
    )


def _concerned(state: State, action: AttachmentAction) -> tuple[str, str]:
    return action.person_id, state.messages[action.message_id].person_id
