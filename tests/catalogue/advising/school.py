"""A school that makes models small enough for a test, which say what their lessons say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from bot.catalogue.advising.advice import Phrase
from bot.catalogue.advising.ranking import Ranking
from bot.catalogue.operations import Operations
from bot.catalogue.reading.encoder import Numbers, Text
from bot.catalogue.reading.model_file import Model, read_model
from bot.catalogue.reading.word_pieces import END, START, UNKNOWN
from bot.catalogue.training.examples import Outcomes
from bot.catalogue.training.export import write_model
from tests.catalogue.reading.tiny_model import tiny_head, tiny_weights

OPERATIONS = Operations.load()
SEND, EDIT, ROOMS = "POST /messages", "PUT /messages/{messageId}", "GET /rooms"
WEBHOOK, MEMBERS, PEOPLE = "POST /webhooks", "GET /memberships", "GET /people"
OUTCOMES = Outcomes((*(one.name for one in OPERATIONS), "GET /gone"))
PIECES = (START, END, UNKNOWN, ".", "aaa", "bbb", "ccc", "ddd")
UNLIKELY = 1e-5


@dataclass(frozen=True)
class Lesson:
    """A text and the chances of what it means."""

    ask: str
    chances: Mapping[str, float]
    beside: tuple[str, ...] = ()
    everyone: float = 0.1
    wanted: dict[str, list[float]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        named = OUTCOMES.numbers()
        assert named.keys() >= self.chances.keys()
        rest = max(UNLIKELY, (1 - sum(self.chances.values())) / (len(named) - len(self.chances)))
        self.wanted["meaning"] = [self.chances.get(name, rest) for name in named]
        self.wanted["everyone"] = [1 - self.everyone, self.everyone]


class School:
    """Makes models that say what their lessons say."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def model(self, *lessons: Lesson) -> Model:
        """Solve for the heads, given the vectors that the encoder will compute."""
        encoder = tiny_weights(pieces=len(PIECES), layers=1)
        blank = self._written(
            encoder | tiny_head("meaning", len(OUTCOMES.numbers())) | tiny_head("everyone", 2)
        )
        vectors = blank.encoder.vectors([_text(blank, lesson) for lesson in lessons])
        heads: dict[str, Numbers] = {}
        for head in ("meaning", "everyone"):
            logits = np.log(np.array([lesson.wanted[head] for lesson in lessons]))
            bias = logits.mean(axis=0)
            heads[f"{head}.bias"] = bias
            heads[f"{head}.matrix"] = np.linalg.lstsq(vectors, logits - bias)[0].T
        return self._written(encoder | heads)

    def reads(self, *lessons: Lesson) -> list[Phrase]:
        return Ranking(self.model(*lessons), OPERATIONS).read([lesson.ask for lesson in lessons])

    def phrase(self, chances: Mapping[str, float], everyone: float = 0.1) -> Phrase:
        (phrase,) = self.reads(Lesson("aaa", chances, everyone=everyone))
        return phrase

    def _written(self, weights: Mapping[str, Numbers]) -> Model:
        write_model(self.path, weights, pieces=PIECES, outcomes=OUTCOMES)
        with self.path.open("rb") as file:
            return read_model(file)


def _text(model: Model, lesson: Lesson) -> Text:
    own, others = (
        model.pieces.numbers(text, most=40) for text in (lesson.ask, " . ".join(lesson.beside))
    )
    return Text(own, others)
