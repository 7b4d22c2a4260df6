from collections.abc import Callable
from datetime import timedelta

from bot.chat.cards import CardBook, find_directory
from bot.chat.repertoire import router
from bot.chat.reply import Reply
from bot.core.messages import Message
from bot.core.people import Room
from bot.store.store import Store
from tests.chat.talk import ANA, NOW, places

GROUP, DIRECT = Room("group", is_direct=False), Room("direct", is_direct=True)


STEPS: dict[str, Callable[[Reply], None]] = {
    "card": lambda reply: reply("kept"),
    "line": lambda reply: reply.line("kept"),
    "private": lambda reply: reply.in_private()("kept"),
    "unseen": lambda reply: reply.unseen()("kept"),
    "once": lambda reply: reply.once("key").line("kept"),
    "retract": lambda reply: reply.retract("m1"),
}


def said(store: Store, room: Room, *steps: str) -> list[Message]:
    cards = CardBook(find_directory(), actions=router().actions)
    with store.begin() as work:
        reply = Reply(cards, work.outbox, ANA, room, NOW)
        for step in steps:
            STEPS[step](reply)
    with store.begin() as work:
        found: list[Message] = []
        while claimed := work.outbox.claim("test", now=NOW, lease=timedelta(minutes=1)):
            work.outbox.sent(claimed[0], message_id=f"m{len(found)}", now=NOW)
            found.append(claimed[1].message)
    return found


def test_it_answers_where_it_was_asked(store: Store) -> None:
    assert places(said(store, GROUP, "card")) == ["room:group"]
    assert places(said(store, DIRECT, "card")) == ["person:ana-id"]


def test_a_line_has_no_card(store: Store) -> None:
    card, line = said(store, GROUP, "card", "line")
    assert card.card
    assert line.card is None
    assert line.markdown == card.markdown


def test_in_private_the_space_is_told_where_the_answer_is(store: Store) -> None:
    assert places(said(store, GROUP, "private")) == ["room:group", "person:ana-id"]
    assert places(said(store, DIRECT, "private")) == ["person:ana-id"]


def test_unseen_the_space_is_told_nothing(store: Store) -> None:
    assert places(said(store, GROUP, "unseen")) == ["person:ana-id"]


def test_once_is_once(store: Store) -> None:
    assert len(said(store, GROUP, "once", "once")) == 1
    assert said(store, GROUP, "once") == []


def test_a_card_can_be_taken_back(store: Store) -> None:
    assert [message.retracts for message in said(store, DIRECT, "retract")] == ["m1"]
