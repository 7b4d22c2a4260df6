"""``advise``: the smallest set of scopes for what an integration shall do.

Where a task can be read in several ways the card asks which is meant, one task after the other.
Nothing is kept between the question and the press: the button brings the tasks back.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.catalogue.advising.advice import Candidate, Phrase, shown
from bot.catalogue.advising.advisor import Advisor
from bot.chat.advice import layout, titled
from bot.chat.commands import Press, action, command
from bot.chat.reply import Reply
from bot.chat.wish import LONGEST, Wish

_MOST_OFFERED = 4
"""With “none of these” that makes five buttons, and Webex draws no more."""


@command(
    "advise",
    summary="Finds the smallest set of scopes for what an integration shall do.",
    usage="advise <what the integration shall do>",
)
def advise(words: str, advisor: Advisor, reply: Reply) -> None:
    """Advise on what was said; without words, explain how to ask."""
    wish = Wish.spoken(words)
    if wish.tasks:
        _answer(wish, advisor, reply)
    else:
        reply("advise", most=LONGEST)


@action("advise")
def advise_pressed(press: Press, advisor: Advisor, reply: Reply) -> None:
    """Go on with what was chosen on the question's card; everybody may."""
    _answer(Wish.returned(press.inputs), advisor, reply)


def _answer(wish: Wish, advisor: Advisor, reply: Reply) -> None:
    advice = advisor.advise(wish.tasks)
    doubtful = [phrase for phrase in advice.phrases if _is_open(phrase)]
    if doubtful and wish.may_be_questioned:
        reply("which_operation", **_question(doubtful[0], wish))
    else:
        reply("advice", **layout(advice, advisor.catalogue, wish.set_aside))


def _is_open(phrase: Phrase) -> bool:
    """Tell whether to ask back; readings that all need the same scopes leave nothing to ask."""
    return phrase.is_doubtful and len(phrase.readings) > 1


def _question(phrase: Phrase, wish: Wish) -> dict[str, object]:
    offered = phrase.readings[:_MOST_OFFERED]
    wishes = [wish.choosing(phrase.ask, one.phrase) for one in offered]
    none = wish.setting_aside(phrase.ask)
    choices = [
        {"title": title, "name": one.phrase, **_button(chosen, one.phrase)}
        for title, one, chosen in zip(_titles(offered), offered, wishes, strict=True)
    ]
    return {
        "task": shown(phrase.ask),
        "choices": choices,
        "none": _button(none, ""),
        "is_cut": any(chosen.is_long for chosen in (*wishes, none)),
    }


def _button(wish: Wish, first: str) -> dict[str, object]:
    return {**wish.carried(), "say": wish.saying(first)}


def _titles(offered: Sequence[Candidate]) -> list[str]:
    """Give the plain titles, with the path where two are called the same."""
    titles = [one.operation.title for one in offered]
    return [
        title if titles.count(title) == 1 else titled(one.operation)
        for title, one in zip(titles, offered, strict=True)
    ]
