"""Whom an operation answers to: the roles of which Webex wants the consenting person to hold one.

Apart from the other notes, because operations that name the same roles are told together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice

from bot.catalogue.advising.advice import Advice, Phrase
from bot.catalogue.scopes import Catalogue

_MOST_NOTES = 3
_MOST_NAMED = 3
"""So many operations are named in a note; the others are counted."""
_VOWELS = tuple("aeio")
"""Before these a role takes “an”; a user_admin begins with another sound."""


def notes_on_roles(advice: Advice, catalogue: Catalogue) -> Iterator[str]:
    """Say who has to consent, where what is advised reaches beyond a person."""
    names: defaultdict[tuple[str, ...], dict[str, None]] = defaultdict(dict)
    for phrase in advice.phrases:
        if phrase.operations and _reaches_beyond_a_person(phrase, advice, catalogue):
            operation = phrase.operations[0].operation
            names[operation.roles][operation.name] = None
    notes = (_answers_only_to(roles, list(named)) for roles, named in names.items() if roles)
    return islice(notes, _MOST_NOTES)


def _reaches_beyond_a_person(phrase: Phrase, advice: Advice, catalogue: Catalogue) -> bool:
    """Tell whether it needs an advised scope for other people's data: no other one would do."""
    any_of = phrase.operations[0].operation.any_of
    wide = [
        any(scope.reaches_beyond_a_person for scope in catalogue.describe(one))
        for one in any_of
        if one <= frozenset(advice.scopes)
    ]
    return any(wide) if phrase.is_for_everyone else bool(wide) and all(wide)


def _answers_only_to(roles: Sequence[str], names: Sequence[str]) -> str:
    left = len(names) - _MOST_NAMED
    told = [*names[:_MOST_NAMED], *([f"{left} more"] if left > 0 else [])]
    article = "an" if roles[0].startswith(_VOWELS) else "a"
    verb = "answers" if len(names) == 1 else "answer"
    return f"{_listed(told, 'and')} {verb} only to {article} {_listed(roles, 'or')}."


def _listed(words: Sequence[str], joint: str) -> str:
    """Write words in a row: ``a, b or c``."""
    *others, last = words
    return f"{', '.join(others)} {joint} {last}" if others else last
