"""What a check found: the scopes of an integration beside the tasks that it declares.

Plain values, each with its reason in a sentence, so that the command line, the cards and the notice
to the owner all say the same.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Missing:
    """A scope that is not there, and the declared tasks and operations that fail without it.

    There are none of either where Consentry alone needs it.
    """

    scope: str
    why: str
    tasks: tuple[str, ...]
    operations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unneeded:
    """A scope that reaches further than the tasks.

    Attributes:
        instead: Narrower ones that do; none where nothing has to replace it.
        is_sure: False where a task that is unclear, or about other people, may yet need it.
    """

    scope: str
    why: str
    instead: tuple[str, ...] = ()
    is_sure: bool = True


@dataclass(frozen=True, slots=True)
class Dubious:
    """A scope that is wrong whatever the tasks are: deprecated, or unknown."""

    scope: str
    why: str


@dataclass(frozen=True, slots=True)
class Unclear:
    """A declared task of which nobody can say for sure which scopes it needs."""

    task: str
    why: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What is to be said about a set of scopes.

    Without tasks nothing is unneeded, and only what Consentry itself needs is missing.
    """

    scopes: tuple[str, ...]
    tasks: tuple[str, ...] = ()
    missing: tuple[Missing, ...] = ()
    unneeded: tuple[Unneeded, ...] = ()
    deprecated: tuple[Dubious, ...] = ()
    unknown: tuple[Dubious, ...] = ()
    unclear: tuple[Unclear, ...] = ()

    @property
    def surely_unneeded(self) -> tuple[Unneeded, ...]:
        """What the tasks do not need, without the guesses."""
        return tuple(one for one in self.unneeded if one.is_sure)

    @property
    def is_flawless(self) -> bool:
        """Whether there is nothing to mend."""
        parts = (self.missing, self.unneeded, self.deprecated, self.unknown, self.unclear)
        return not any(parts)

    @property
    def is_advice(self) -> bool:
        """Whether the owner should hear it: something is to be mended for the declared tasks."""
        return bool(self.tasks) and not self.is_flawless

    @property
    def better(self) -> tuple[str, ...]:
        """The scopes to register instead; a guess takes none away."""
        gone = {one.scope for one in self.surely_unneeded}
        kept = (scope for scope in self.scopes if scope not in gone)
        narrower = (scope for one in self.surely_unneeded for scope in one.instead)
        return tuple(dict.fromkeys((*kept, *narrower, *(one.scope for one in self.missing))))

    @property
    def summary(self) -> str:
        """The finding in a line."""
        surely = len(self.surely_unneeded)
        counts = (
            (len(self.missing), "missing"),
            (surely, "more than needed"),
            (len(self.unneeded) - surely, "maybe not needed"),
            (len(self.deprecated), "deprecated"),
            (len(self.unknown), "unknown"),
            (len(self.unclear), "of the tasks unclear"),
        )
        faults = ", ".join(f"{number} {what}" for number, what in counts if number)
        return faults or ("they fit the declared tasks" if self.tasks else "no tasks are declared")
