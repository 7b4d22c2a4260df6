"""What a person should know besides the scopes: who can grant them, what is unsure, what is not.

Each note is a sentence or two that a card, a page or a terminal can show as it stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from bot.catalogue.advising.advice import Advice, Phrase, shown
from bot.catalogue.advising.roles import notes_on_roles
from bot.catalogue.operation import Operation
from bot.catalogue.operations import Operations
from bot.catalogue.picture.reach import Reach
from bot.catalogue.scope import Confidence, Level
from bot.catalogue.scopes import Catalogue
from bot.core.scopes import KMS, WHO


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
            if phrase.operations:
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
        yield from notes_on_roles(self.advice, self.catalogue)

    def _about_founding(self) -> Iterator[str]:
        for operation in _advised(self.advice.phrases):
            if operation.any_of and operation.confidence is Confidence.LOW:
                yield (
                    f"Which scope {operation.name} needs is inferred from its neighbours; Webex "
                    "states it nowhere. Try it before you rely on it."
                )
            if operation.is_beta:
                yield f"Webex calls {operation.name} a beta; it may change."

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
            f"{len(self._opened_by(replaced))}."
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
    ask, meant = shown(phrase.ask), phrase.operations[0]
    operation = meant.operation
    if not operation.any_of:
        yield f"“{ask}”: Webex publishes no scope for {operation.name}; try it without."
    elif not operation.scopes:
        yield f"“{ask}”: {operation.name} needs no scope."
    if operation.doubt:
        yield f"{operation.name}: {operation.doubt}."
    if phrase.is_doubtful:
        for other in phrase.readings[1:2]:
            yield (
                f"“{ask}” was taken for {meant.phrase} ({operation.title}). If you meant "
                f"{other.phrase} ({other.operation.title}), ask for that."
            )
