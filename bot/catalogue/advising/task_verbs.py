"""Tells whether some words begin a task: the verbs with which people say what they want done.

Many of these verbs are nouns as well (“post”, “call”, “record”). What follows tells which is meant:
“call my boss” is a task, “call history” is none.
"""

from __future__ import annotations

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_VERBS = _words(
    """
    accept activate add adjust admit allow announce apply approve archive arrange ask assign
    associate attach ban become bring build buy cancel change check choose clean clear clone
    close collect compare configure connect control convert create cut deactivate decline delete
    deny detach disable disconnect dismiss dispatch download drop edit eject enable erase
    exclude expel extract fetch figure find fix free gather generate get give grab grant greet
    hang hide identify include increase inform inspect install invite join keep kick learn leave
    let list listen look lower make manage mark merge migrate modify monitor move mute notify
    observe obtain offboard onboard open organise organize override pair pause pick play prepare
    prevent promote provision publish pull purge push put raise react reactivate read reassign
    reboot receive recover redirect regenerate register reject release remind remove rename
    renew reorder replace reply reschedule reserve reset resolve restart restore restrict resume
    retrieve return revoke rotate run save say scan see select send set show shut sign silence
    speak store submit subscribe summarise summarize suspend swap switch take tell terminate
    throw toggle transcribe translate trigger turn unassign unblock unlink unlock unmute unpark
    unpin unregister unshare unsubscribe upgrade upload use validate verify wait wake warn watch
    wipe write
    """
)
_ALSO_NOUNS = _words(
    """
    alert answer block book broadcast copy count display end export filter forward hold host
    import limit link lock park pin plan post queue rate review ring schedule search share start
    stop sync test track transfer update view
    """
)
_NOUNS_ABOVE_ALL = _words(
    """
    call dial email file log mail message name note order page record report request route tag text
    """
)
_WHOM_OR_WHAT = _words(
    """
    a an the this that these those it them him her me us my our your their his its all any each
    every some no new one two three another everyone everybody everything someone somebody anyone
    anybody people users members agents colleagues who whoever what which where when how
    """
)
_REQUEST = re.compile(r"(?:get|post|put|patch|delete)\s+(?:/|https?:)|curl\s", re.IGNORECASE)
_WORD = re.compile(r"[^\W_][\w'’-]*")
_PLURAL = re.compile(
    r"(?!(?:codes|dates|hours|ids|keys|lists|logs|names|numbers|rules|times)$)\w{2,}[^su]s$"
)
"""The exceptions stand behind a noun: “start times”, “block lists”."""
_ENDINGS = (("ing", ""), ("ing", "e"), ("es", ""), ("s", ""))
_ALL = _VERBS | _ALSO_NOUNS | _NOUNS_ABOVE_ALL


def begins_with_verb(text: str) -> bool:
    """Tell whether a text begins with a verb that asks for something, or is a request."""
    if _REQUEST.match(text):
        return True
    first, second = first_words(text)
    if first in _VERBS:
        return second != "of"
    if _is_form_of(first, _VERBS) or first in _ALSO_NOUNS:
        return second in _WHOM_OR_WHAT or bool(_PLURAL.match(second))
    is_verb_at_all = first in _NOUNS_ABOVE_ALL or _is_form_of(first, _ALSO_NOUNS)
    return is_verb_at_all and second in _WHOM_OR_WHAT


def is_verb(word: str) -> bool:
    """Tell whether a word can be such a verb, whatever stands beside it."""
    return word.lower() in _ALL


def first_words(text: str) -> tuple[str, str]:
    """Give the first two words in small letters; none of them stands behind another sign."""
    first = _WORD.match(text)
    if first is None:
        return "", ""
    second = _WORD.match(text, first.end() + 1)
    return first[0].lower(), second[0].lower() if second else ""


def _is_form_of(word: str, verbs: frozenset[str]) -> bool:
    """Tell whether it is one of the verbs in another form: “adds”, “creating”, “getting”."""
    stems = {word.removesuffix(end) + more for end, more in _ENDINGS if word.endswith(end)}
    stems |= {stem[:-1] for stem in stems if stem[-1:] == stem[-2:-1]}
    return bool(stems & verbs)
