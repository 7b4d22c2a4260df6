"""Answers what was heard, inside somebody's transaction: guards first, then the handler.

It talks to nobody but the outbox, so an answer is as durable as what it tells about.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.chat.cards import CardBook
from bot.chat.guards import Halt, IsAllowed, halted
from bot.chat.hearing import Heard
from bot.chat.needs import Needs, Services
from bot.chat.reply import Reply
from bot.chat.router import Router
from bot.core.errors import BadInput
from bot.core.keeping import Work


@dataclass(frozen=True)
class Answers:
    """What the bot says when somebody says something."""

    router: Router
    cards: CardBook
    services: Services
    is_allowed: IsAllowed

    def give(self, work: Work, heard: Heard, *, now: datetime) -> None:
        """Answer a person; where a guard halts, a bot hears nothing and a stranger one sentence."""
        halt = halted(heard.person, is_allowed=self.is_allowed)
        reply = self._reply(work, heard, now)
        if halt is None:
            self._lead(heard, self._needs(work, heard, reply, now=now))
        elif halt is Halt.STRANGER:
            key = f"stranger:{heard.person.id}:{now:%Y-%m-%d}"
            reply.unseen().once(key).line("stranger")

    def apologise(self, work: Work, heard: Heard, error: BadInput, *, now: datetime) -> None:
        """Tell a person, in private, why what they asked for was not done."""
        reply = self._reply(work, heard, now).in_private()
        reply("sorry", message=error.message, advice=error.advice)

    def give_up(self, work: Work, heard: Heard, *, now: datetime) -> None:
        """Tell a person in one sentence that their message is set aside."""
        if halted(heard.person, is_allowed=self.is_allowed) is None:
            self._reply(work, heard, now).unseen().line("gave_up")

    def _lead(self, heard: Heard, needs: Needs) -> None:
        if heard.press.message_id:
            self.router.press(needs)
        else:
            self.router.say(heard.words, needs)

    def _reply(self, work: Work, heard: Heard, now: datetime) -> Reply:
        return Reply(self.cards, work.outbox, heard.person, heard.room, now)

    def _needs(self, work: Work, heard: Heard, reply: Reply, *, now: datetime) -> Needs:
        return Needs(
            person=heard.person,
            room=heard.room,
            words="",
            press=heard.press,
            work=work,
            reply=reply,
            now=now,
            commands=self.router.commands,
            catalogue=self.services.catalogue,
            advisor=self.services.advisor,
            operations=self.services.advisor.operations,
            connections=self.services.connections,
            consent=self.services.consent,
            integrations=self.services.integrations,
        )
