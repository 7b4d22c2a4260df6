"""Cutting into word pieces: what is a word, what is a sign, and what nobody knows."""

from __future__ import annotations

import re
import string

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.catalogue.reading.word_pieces import END, START, UNKNOWN, WordPieces

LETTERS = string.ascii_lowercase + string.digits
PIECES = (
    *(START, END, UNKNOWN, "list", "all", "room", "##s", "rooms", "un", "##read", "read", "cafe"),
    *("##fee", "coffee", "co", "/", "{", "}", "_", "-", "'", "don", "t", "5", "##5", "2", "a"),
)
CUTTER = WordPieces(PIECES)
SPELLED = (START, END, UNKNOWN, *LETTERS, *(f"##{one}" for one in LETTERS), "##abc")
SPELLER = WordPieces(SPELLED)


def cut(text: str, *, most: int = 100) -> list[str]:
    return [PIECES[number] for number in CUTTER.numbers(text, most=most)]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("list all rooms", "list all rooms"),
        ("", ""),
        (" \n\t\u00a0 ", ""),
        # the longest known piece from the left, and what continues a word
        ("roomss", "rooms ##s"),
        ("unread", "un ##read"),
        ("coffee", "coffee"),
        ("cofeefee", "co ##fee ##fee"),
        ("cofeet", "[UNK]"),
        ("reads", "read ##s"),
        # a piece that only continues begins no word, and the other way round
        ("s", "[UNK]"),
        ("listall", "[UNK]"),
        # capitals and accents
        ("LIST Rooms", "list rooms"),
        ("Café", "cafe"),
        ("Cafe\u0301", "cafe"),
        ("RÖÖMS", "rooms"),
        # signs stand alone, the underscore, too
        ("/rooms/{room}", "/ rooms / { room }"),
        ("all_rooms", "all _ rooms"),
        ("don't", "don ' t"),
        ("un-read", "un - read"),
        ("all.rooms", "all [UNK] rooms"),
        # digits
        ("room 5", "room 5"),
        ("55", "5 ##5"),
        ("25", "2 ##5"),
        ("52", "[UNK]"),
        # what no piece stands for is one unknown word, as long as it is
        ("kitchen rooms", "[UNK] rooms"),
        ("a " + "55" * 20, "a 5" + " ##5" * 39),
        ("a " + "5" * 41 + " all", "a [UNK] all"),
        ("🎉 all", "[UNK] all"),
        ("all🎉🎉rooms", "all [UNK] [UNK] rooms"),
        ("会议 list", "[UNK] list"),
        ("[CLS] a", "[UNK] [UNK] [UNK] a"),
    ],
)
def test_a_text_is_cut_into_the_longest_known_pieces(text: str, pieces: str) -> None:
    assert cut(text) == pieces.split()


def test_the_numbers_are_the_places_in_the_vocabulary() -> None:
    assert CUTTER.numbers("list all", most=9) == [3, 4]
    assert (CUTTER.start, CUTTER.end) == (0, 1)
    assert WordPieces(("x", END, UNKNOWN, START)).start == 3


@pytest.mark.parametrize("most", [0, 1, 3, 4, 5])
def test_no_more_pieces_come_than_asked_for_even_within_a_word(most: int) -> None:
    assert cut("unread rooms all", most=most) == ["un", "##read", "rooms", "all"][:most]


def test_a_vocabulary_without_a_beginning_is_refused() -> None:
    with pytest.raises(KeyError):
        WordPieces((END, UNKNOWN))


@given(st.text(), st.integers(min_value=0, max_value=20))
@example("\ud800", 5)
@example("İ", 5)
def test_any_text_at_all_gives_numbers_of_the_vocabulary(text: str, most: int) -> None:
    numbers = CUTTER.numbers(text, most=most)
    assert len(numbers) <= most
    assert set(numbers) <= set(range(len(PIECES)))
    assert numbers == CUTTER.numbers(text, most=1000)[:most]


@given(st.lists(st.text(LETTERS, min_size=1, max_size=40), max_size=5))
def test_joining_the_pieces_gives_the_words_back(words: list[str]) -> None:
    numbers = SPELLER.numbers(" ".join(words), most=1000)
    joined = " ".join(SPELLED[number] for number in numbers)
    assert joined.replace(" ##", "") == " ".join(words)


@given(st.text("abcx", min_size=1, max_size=40))
def test_the_longest_known_piece_is_taken_each_time(word: str) -> None:
    pieces = [SPELLED[number] for number in SPELLER.numbers(word, most=1000)]
    assert pieces == [word[0], *(f"##{one}" for one in re.findall("abc|.", word[1:]))]
