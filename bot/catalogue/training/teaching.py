"""Teaches a network: from the examples, and where there is a teacher, from its judgement, too."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional
from torch.nn.utils import clip_grad_norm_

from bot.catalogue.reading.encoder import Text, laid_out
from bot.catalogue.reading.task_text import task_text
from bot.catalogue.reading.word_pieces import WordPieces
from bot.catalogue.training.examples import Example
from bot.catalogue.training.goals import Goals
from bot.catalogue.training.lessons import Lessons
from bot.catalogue.training.network import Network

BATCH = 32
_RATE, _RATE_OF_HEADS = 1.2e-4, 2e-3
_WARMING, _LEAST = 200, 0.02
"""Steps in which the rate rises, and the share of it that is left at the end."""
_REPORT_EVERY = 200
_TEACHER = 2.0
"""How much a teacher's judgement weighs beside the examples."""


@dataclass(frozen=True)
class Course:
    """One network's way through the examples, several times."""

    network: Network
    pieces: WordPieces
    goals: Goals
    lessons: Lessons
    teachers: Sequence[Network] = ()
    haste: float = 1.0
    """How fast to learn, beside a network that knows nothing yet."""

    def run(self, epochs: int, examples: int) -> None:
        """Learn; prints the loss now and then."""
        steps = epochs * (examples // BATCH + 1)
        optimizer = torch.optim.AdamW(self._parameters(), weight_decay=0.01)
        rate = torch.optim.lr_scheduler.LambdaLR(
            optimizer, lambda step: min(1, step / _WARMING) * max(_LEAST, 1 - step / steps)
        )
        self.network.train()
        began, step = time.monotonic(), 0
        for _ in range(epochs):
            for batch in self.lessons.batches(BATCH):
                loss = self._loss(batch)
                optimizer.zero_grad()
                loss.backward()
                clip_grad_norm_(self.network.parameters(), 1.0)
                optimizer.step()
                rate.step()
                step += 1
                if step % _REPORT_EVERY == 0:
                    print(f"{step}/{steps} {time.monotonic() - began:.0f} s loss {loss:.2f}")

    def _parameters(self) -> list[dict[str, object]]:
        encoder = [one for one in self.network.start if one.requires_grad]
        heads = list(self.network.heads.parameters())
        return [
            {"params": encoder, "lr": _RATE * self.haste},
            {"params": heads, "lr": _RATE_OF_HEADS * self.haste},
        ]

    def _loss(self, batch: Sequence[tuple[Example, str, str]]) -> Tensor:
        texts = [task_text(self.pieces, text, context) for _, text, context in batch]
        tensors = as_tensors(texts, self.pieces)
        logits = self.network(*tensors)
        loss = self.goals.loss(logits, [example for example, _, _ in batch])
        if not self.teachers:
            return loss
        with torch.no_grad():
            judged = [teacher(*tensors) for teacher in self.teachers]
        return loss + _TEACHER * _apart(logits, judged)


def as_tensors(texts: Sequence[Text], pieces: WordPieces) -> tuple[Tensor, ...]:
    """Lay texts out for the network: pieces, kinds, what is seen, what is the text's own."""
    numbers, kinds, own, seen = laid_out(texts, start=pieces.start, end=pieces.end)
    whole = torch.from_numpy(numbers), torch.from_numpy(kinds)
    return *whole, torch.from_numpy(seen).float(), torch.from_numpy(own).float()


def _apart(logits: Mapping[str, Tensor], judged: Sequence[Mapping[str, Tensor]]) -> Tensor:
    """Measure how far the logits are from what the teachers judge on average."""
    total = torch.zeros(())
    for name, mine in logits.items():
        theirs = torch.stack([functional.softmax(one[name], -1) for one in judged]).mean(0)
        total = total + functional.kl_div(
            functional.log_softmax(mine, -1), theirs, reduction="batchmean"
        )
    return total
