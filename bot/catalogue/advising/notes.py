"""What a person should know besides the scopes: who can grant them, what is unsure, what is not.

Each note is a sentence or two that a card, a page or a terminal can show as it stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from bot.catalogue.advising.advice import Advice, Phrase
from bot.catalogue.operation import Operation
from bot.catalogue.operations import Operations
from bot.catalogue.picture.reach import Reach
from bot.catalogue.scope import Confidence, Level
from bot.catalogue.scopes import Catalogue
from bot.core.scopes import KMS, WHO

_SHOWN_OF_AN_ASK = 80
_NOTHING_FITS = "Nothing in the API fits; say it in other words, or name the operation."


def with_notes(advice: Advice, catalogue: Catalogue, operations: Operations) -> Advice:
    """Add the notes to an advice, the most pressing first."""
    notes = _Notes(advice, catalogue, operations)
    return replace(advice, notes=tuple(dict.fromkeys(notes.all())))


@dataclass(frozen=True)
class _Notes:
    advice: Advice
    catalogue: Catalogue
    operations: Operations

    def all(self) -> Iterator[str]:
        """Give every note, the most pressing first; a text may come twice."""
        for phrase in self.advice.phrases:
            yield from _about_phrase(phrase)
        yield from self._about_grants()
        yield from self._about_founding()
        yield from self._about_wider_choice()
        yield from self._about_kms()

    def _about_grants(self) -> Iterator[str]:
        for scope in self.catalogue.describe(self.advice.scopes):
            if scope.reaches_beyond_a_person or scope.level is Level.AGENT:
                yield f"{scope.name} has an effect only when granted by {scope.grantable_by}."
            if scope.deprecated:
                yield f"{scope.name} is deprecated. {scope.note}".strip()

    def _about_founding(self) -> Iterator[str]:
        for operation in _advised(self.advice.phrases):
            if operation.any_of and operation.confidence is Confidence.LOW:
                yield (
                    f"Which scope {operation.name} needs is inferred from its neighbours; Webex "
                    "states it nowhere. Try it before you rely on it."
                )

    def _about_wider_choice(self) -> Iterator[str]:
        """Say what the common shortcut would have exposed."""
        chosen = self.catalogue.describe(self.advice.scopes)
        wider = {name for scope in chosen for name in scope.wider} - set(self.advice.scopes)
        covering = [name for name in sorted(wider) if self._covers_more(name)]
        if not covering:
            return
        common = max(covering, key=lambda name: len(self._opened_by([name])))
        replaced = self._replaced_by(common)
        yield (
            f"{common} instead of {', '.join(replaced)} would open "
            f"{len(self._opened_by([common]))} operations rather than "
            f"{len(self._opened_by(replaced))}: “{self.catalogue.explain(common).explains}”"
        )

    def _covers_more(self, name: str) -> bool:
        """Whether it opens all that it replaces and more; a wider neighbour need not."""
        return self._opened_by([name]) > self._opened_by(self._replaced_by(name))

    def _replaced_by(self, name: str) -> list[str]:
        chosen = self.catalogue.describe(self.advice.scopes)
        return [scope.name for scope in chosen if name in scope.wider]

    def _opened_by(self, names: Iterable[str]) -> frozenset[str]:
        return Reach(self.catalogue.describe(names), self.operations).opened()

    def _about_kms(self) -> Iterator[str]:
        if not self.advice.scopes:
            return
        yield f"Webex adds {KMS} to every integration by itself; you need not list it."
        if WHO not in self.advice.scopes:
            yield (
                f"To be managed here the integration also needs {WHO}: without it Webex does not "
                "say which account consented."
            )


def _advised(phrases: Iterable[Phrase]) -> Iterator[Operation]:
    return (phrase.operations[0].operation for phrase in phrases if phrase.operations)


def _about_phrase(phrase: Phrase) -> Iterator[str]:
    ask = _shortened(phrase.ask)
    if not phrase.operations:
        yield f"“{ask}”: {phrase.refusal or _NOTHING_FITS}"
        return
    operation = phrase.operations[0].operation
    if not operation.any_of:
        yield f"“{ask}”: Webex publishes no scope for {operation.name}; try it without."
    elif not operation.scopes:
        yield f"“{ask}”: {operation.name} needs no scope."
    if operation.doubt:
        yield f"{operation.name}: {operation.doubt}."
    other = _other_reading(phrase)
    if phrase.is_doubtful and other:
        yield (
            f"“{ask}” was taken for {operation.name} ({operation.title}). If you meant "
            f"{other.name} ({other.title}), ask for that."
        )


def _other_reading(phrase: Phrase) -> Operation | None:
    """Give the likeliest other operation whose scopes differ; webhooks differ in scopes alone."""
    first, *others = (candidate.operation for candidate in phrase.operations)
    return next(
        (one for one in others if one.any_of != first.any_of and one.name != first.name), None
    )


def _shortened(ask: str) -> str:
    """Cut a long ask, in the middle of a word if need be, for an address is a single word."""
    line = " ".join(ask.split())
    return line if len(line) <= _SHOWN_OF_AN_ASK else f"{line[: _SHOWN_OF_AN_ASK - 1].rstrip()}…"
