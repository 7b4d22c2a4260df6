import pytest

from bot.chat.card_binding import Facts, SlotBroken, bind, is_web_address
from bot.core.messages import Card


def filled(tree: Card, **facts: object) -> Card:
    return bind("cards/test.json", tree, facts)


def test_a_slot_alone_keeps_the_type_of_its_value() -> None:
    tree: Card = {"number": "${n}", "flag": "${f}", "words": "${w}", "mixed": "${n} of ${n}"}
    bound = filled(tree, n=3, f=True, w="yes")
    assert bound == {"number": 3, "flag": True, "words": "yes", "mixed": "3 of 3"}


def test_a_dotted_name_leads_into_a_value() -> None:
    assert filled({"text": "${a.b}"}, a={"b": "deep"}) == {"text": "deep"}


def test_an_element_is_repeated_for_each_item() -> None:
    tree: Card = {"body": [{"$data": "${rows}", "text": "${$index}: ${name} of ${$root.all}"}]}
    bound = filled(tree, rows=[{"name": "x"}, {"name": "y"}], all=2)
    assert bound == {"body": [{"text": "0: x of 2"}, {"text": "1: y of 2"}]}


def test_an_item_may_be_a_word() -> None:
    tree: Card = {"body": [{"$data": "${words}", "text": "${$data}"}]}
    assert filled(tree, words=["a"]) == {"body": [{"text": "a"}]}


def test_repeating_goes_deeper_than_one_level() -> None:
    inner = {"$data": "${items}", "text": "${$data}"}
    tree: Card = {"body": [{"$data": "${groups}", "items": [inner]}]}
    bound = filled(tree, groups=[{"items": ["a", "b"]}, {"items": []}])
    assert bound == {"body": [{"items": [{"text": "a"}, {"text": "b"}]}, {"items": []}]}


@pytest.mark.parametrize(("flag", "kept"), [(True, 1), (False, 0), (2, 1), (0, 0), ("", 0)])
def test_an_element_is_kept_when_its_flag_says_so(flag: object, kept: int) -> None:
    bound = filled({"body": [{"$when": "${flag}", "type": "TextBlock"}]}, flag=flag)
    assert bound == {"body": [{"type": "TextBlock"}] * kept}


def test_each_item_is_asked_for_its_own_flag() -> None:
    tree: Card = {"body": [{"$data": "${rows}", "$when": "${on}", "text": "${n}"}]}
    assert filled(tree, rows=[{"on": True, "n": 1}, {"on": False, "n": 2}]) == {
        "body": [{"text": 1}]
    }


def test_an_unknown_name_tells_file_place_and_the_names_given() -> None:
    with pytest.raises(SlotBroken) as broken:
        filled({"body": [{"text": "Hi ${nmae}"}]}, name="Ana", when="now")
    assert str(broken.value) == (
        "cards/test.json: $.body[0].text: nothing is named 'nmae'. "
        "This place was given: name, when. Correct the slot, or give it the value."
    )


def test_names_from_outside_are_unknown_inside_a_list() -> None:
    with pytest.raises(SlotBroken, match="nothing is named 'title'"):
        filled({"body": [{"$data": "${rows}", "text": "${title}"}]}, rows=[{"n": 1}], title="x")


@pytest.mark.parametrize(
    ("tree", "fault"),
    [
        ({"text": "${rows}"}, "not words"),
        ({"text": "${none}"}, "not words"),
        ({"body": [{"$data": "${name}"}]}, "is no list"),
        ({"body": [{"$data": "rows"}]}, "is no slot"),
        ({"body": [{"$when": "true"}]}, "is no slot"),
        ({"text": "${name.first}"}, "nothing is named"),
        ({"url": "${name}"}, "no http or https address"),
    ],
)
def test_a_value_that_does_not_fit_is_refused(tree: Card, fault: str) -> None:
    with pytest.raises(SlotBroken, match=fault):
        filled(tree, rows=[], none=None, name="Ana")


def test_shown_words_are_made_harmless_and_sent_ones_stay() -> None:
    words, shown = "**a_b**", "\u2217\u2217a_b\u2217\u2217"
    tree: Card = {"text": "${w}", "title": "${w}", "id": "${w}", "data": {"words": "${w}"}}
    bound = filled(tree, w=words)
    assert bound == {"text": shown, "title": shown, "id": words, "data": {"words": words}}


def test_a_value_is_never_read_as_a_slot() -> None:
    assert filled({"text": "${a} ${b}"}, a="${b}", b="x") == {"text": "${b} x"}


def test_the_file_stays_as_it_was() -> None:
    tree: Card = {"body": [{"$data": "${rows}", "text": "${$data}"}]}
    facts: Facts = {"rows": ["a"]}
    assert bind("f", tree, facts) == bind("f", tree, facts)


@pytest.mark.parametrize(
    ("url", "fits"),
    [
        ("https://webex.com/a?b=c", True),
        ("http://127.0.0.1:8080/connect/x", True),
        ("javascript:alert(1)", False),
        ("https://", False),
        ("https://a\n.example", False),
        ("//webex.com", False),
    ],
)
def test_only_the_web_may_be_linked_to(url: str, fits: bool) -> None:
    assert is_web_address(url) is fits
