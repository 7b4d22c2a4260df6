"""Finds the operations that people mean by their words.

Every operation, every resource that a webhook can watch and everything that Webex cannot do is
rated, by the model and by the words alone. Here these ratings become an answer: which operation
to advise, whether its scopes are sure enough, or a refusal with its reason.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from bot.catalogue.advising.advice import Candidate, Phrase
from bot.catalogue.advising.webhook import CREATING, webhook_on
from bot.catalogue.operations import Operations
from bot.catalogue.reading.encoder import Numbers, Text, shares
from bot.catalogue.reading.model_file import FILE, Model, read_model
from bot.catalogue.reading.task_text import joined, task_text
from bot.catalogue.reading.vocabulary import (
    Impossible,
    asks_for_operations,
    impossible,
    watched,
)
from bot.catalogue.reading.word_overlap import WordOverlap

_CANDIDATES = 8
_WORDS = np.float32(0.2)
"""What a point of word overlap counts, beside the model's logits."""
_REFUSED_FROM = 0.22
"""How likely it must be that Webex cannot do it. Few ways of wishing the impossible were written
down, so that one that is remembered counts."""
_CAUTION = 0.5
"""It need only be half as likely as what would be advised: a wrong refusal costs another wording,
a wrong scope is granted for years."""
_NO_REASON = "Webex's API seems to have nothing for this. If it has, name the operation."
_EVERYONE_FROM = 0.75
"""How likely it must be that everybody's data is meant: a person's own scope does less harm."""
_SURE_FROM = 0.65
"""How likely the advised scopes must be, or the person is asked back: of less likely answers to the
developing questions one in five was wrong, of the others one in twenty-five."""


class Ranking:
    """Reads tasks with the trained model, and with the plain words beside it."""

    def __init__(self, model: Model, operations: Operations) -> None:
        """Join what was learnt with the operations of today; one that is gone is never meant.

        One that the model has not learnt yet can be found by its words.
        """
        self._model = model
        asks, webhooks, reasons = asks_for_operations(), watched(), impossible()
        self._possible = [
            *(Candidate(operation, 0.0) for operation in operations),
            *(webhook_on(kind, operations) for kind in webhooks.values()),
        ]
        self._webhooks = [at for at, one in enumerate(self._possible) if one.watches]
        self._bare_webhook = next(
            at for at, one in enumerate(self._possible) if one.phrase == CREATING
        )
        self._impossible = list(reasons.values())
        self._alternatives = _numbered(frozenset(one.operation.any_of) for one in self._possible)
        self._learnt = _Learnt.of(
            model.outcomes, [*(one.name for one in operations), *webhooks, *reasons]
        )
        self._words = WordOverlap(
            [
                *([one.title, one.group, *asks.get(one.name, ())] for one in operations),
                *(kind.asks for kind in webhooks.values()),
                *(kind.asks for kind in reasons.values()),
            ]
        )

    @classmethod
    def load(cls, operations: Operations) -> Ranking:
        """Read the model and the vocabulary that ship with Consentry.

        Raises:
            CatalogueBroken: One of the files is damaged.
        """
        with resources.files("bot.catalogue").joinpath(FILE).open("rb") as file:
            return cls(read_model(file), operations)

    def read(self, asks: Sequence[str]) -> list[Phrase]:
        """Say for each task what it means; the tasks explain each other."""
        vectors = self._model.encoder.vectors([self._text(asks, at) for at in range(len(asks))])
        learnt = self._learnt.arranged(self._model.scores(vectors, "meaning"))
        by_words = np.stack([self._words.scores(ask) for ask in asks])
        meanings = shares(learnt + _WORDS * by_words)
        everyone = shares(self._model.scores(vectors, "everyone"))[:, 1]
        return [
            self._phrase(ask, chances, is_for_everyone=bool(other > _EVERYONE_FROM))
            for ask, chances, other in zip(asks, meanings, everyone, strict=True)
        ]

    def _text(self, asks: Sequence[str], at: int) -> Text:
        others = joined([*asks[:at], *asks[at + 1 :]])
        return task_text(self._model.pieces, asks[at], others)

    def _phrase(self, ask: str, chances: Numbers, *, is_for_everyone: bool) -> Phrase:
        candidates, sureness = self._chosen(chances[: len(self._possible)])
        refused = chances[-len(self._impossible) :]
        if refused.sum() > max(_REFUSED_FROM, _CAUTION * sureness):
            return Phrase(ask, refusal=self._reason(refused))
        return Phrase(
            ask,
            candidates,
            is_for_everyone=is_for_everyone,
            is_doubtful=sureness < _SURE_FROM,
        )

    def _reason(self, refused: Numbers) -> str:
        """Tell the likeliest reason, unless it would be a guess."""
        likeliest = int(refused.argmax())
        is_clear = refused[likeliest] > _REFUSED_FROM
        return _refusal(self._impossible[likeliest]) if is_clear else _NO_REASON

    def _chosen(self, chances: Numbers) -> tuple[tuple[Candidate, ...], float]:
        """Order the candidates, and say how likely it is that the first one's scopes are right.

        Operations that need the same scopes support each other: what counts is the scopes.
        """
        chances = self._with_something_watched(chances)
        together = np.bincount(self._alternatives, weights=chances)
        likeliest = together.argmax()
        first = int(np.where(self._alternatives == likeliest, chances, -1).argmax())
        best = [first, *(int(one) for one in chances.argsort()[::-1] if one != first)]
        candidates = (
            replace(self._possible[one], score=float(chances[one])) for one in best[:_CANDIDATES]
        )
        return tuple(candidates), float(together[likeliest])

    def _with_something_watched(self, chances: Numbers) -> Numbers:
        """Take a bare webhook for the likeliest one that watches something: each must."""
        moved = chances.copy()
        likeliest = self._webhooks[int(chances[self._webhooks].argmax())]
        moved[likeliest] += moved[self._bare_webhook]
        moved[self._bare_webhook] = 0
        return moved


@dataclass(frozen=True)
class _Learnt:
    """Where the model has today's outcomes; it may know others, or not know one of them."""

    places: NDArray[np.intp]
    is_known: NDArray[np.bool_]

    @classmethod
    def of(cls, learnt: Sequence[str], today: Sequence[str]) -> _Learnt:
        places = {name: place for place, name in enumerate(learnt)}
        found = np.array([places.get(name, -1) for name in today], dtype=np.intp)
        return cls(found, found >= 0)

    def arranged(self, scores: Numbers) -> Numbers:
        """Bring the scores into today's order; what the model does not know gets the least."""
        least = scores.min(axis=1, keepdims=True)
        arranged: Numbers = np.where(self.is_known, scores[:, self.places], least)
        return arranged


def _numbered(values: Iterable[Hashable]) -> NDArray[np.intp]:
    """Give equal values the same number."""
    numbers: dict[Hashable, int] = {}
    return np.array([numbers.setdefault(value, len(numbers)) for value in values], dtype=np.intp)


def _refusal(kind: Impossible) -> str:
    return f"{kind.why} The nearest is {kind.nearest}." if kind.nearest else kind.why
