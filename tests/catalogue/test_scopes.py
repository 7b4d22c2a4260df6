import pytest

from bot.catalogue.scopes import Area, Catalogue, Level, Risk, UnknownScope
from bot.core.errors import BadInput


def test_a_scope_is_explained_by_its_exact_name(catalogue: Catalogue) -> None:
    scope = catalogue.explain(" spark:calls_write ")
    assert scope.name == "spark:calls_write"
    assert "dial" in scope.explains
    assert "start and stop recording" in scope.explains
    assert scope.level is Level.USER


def test_the_two_identity_families_are_kept_apart(catalogue: Catalogue) -> None:
    assert catalogue.explain("Identity:Organization").name == "Identity:Organization"
    with pytest.raises(UnknownScope) as caught:
        catalogue.explain("identity:Organization")
    assert caught.value.nearest[0] == "Identity:Organization"


@pytest.mark.parametrize(
    ("typo", "meant"),
    [
        ("spark:mesages_read", "spark:messages_read"),
        ("spark-admin:device_read", "spark-admin:devices_read"),
        ("cjp.config_write", "cjp:config_write"),
        ("calls_write", "spark:calls_write"),
        ("SPARK:KMS", "spark:kms"),
        ("meeting:schedule_read", "meeting:schedules_read"),
    ],
)
def test_a_mistyped_name_gets_the_nearest_scope(
    catalogue: Catalogue, typo: str, meant: str
) -> None:
    with pytest.raises(UnknownScope) as caught:
        catalogue.explain(typo)
    assert caught.value.nearest[0] == meant
    assert meant in caught.value.advice


def test_a_name_like_no_other_gets_advice_without_suggestions(catalogue: Catalogue) -> None:
    with pytest.raises(BadInput) as caught:
        catalogue.explain("zzz")
    assert "zzz" in caught.value.message
    assert "Search" in caught.value.advice


def test_an_endless_name_is_not_repeated_in_full(catalogue: Catalogue) -> None:
    with pytest.raises(UnknownScope) as caught:
        catalogue.explain("x\ny" * 5000)
    assert len(caught.value.message) < 140
    assert "\n" not in caught.value.message


def test_a_set_is_described_in_its_own_order(catalogue: Catalogue) -> None:
    names = ["spark:messages_read", "cjp:user", "analytics:read_all"]
    assert [scope.name for scope in catalogue.describe(names)] == names


def test_an_unknown_scope_in_a_set_is_marked_and_held_to_be_dangerous(
    catalogue: Catalogue,
) -> None:
    known, unknown = catalogue.describe(["spark:kms", "spark:everything"])
    assert known.known
    assert not unknown.known
    assert unknown.risk is Risk.HIGH
    assert unknown.level is Level.UNKNOWN
    assert not unknown.documented


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("recordings", "spark:recordings_read"),
        ("read mesages", "spark:messages_read"),
        ("compliance messages", "spark-compliance:messages_read"),
        ("voicemail", "spark:people_write"),
        ("who attended", "meeting:participants_read"),
        ("contact center agent", "cjp:user"),
        ("emergency addresses", "spark-admin:telephony_pstn_write"),
    ],
)
def test_plain_words_find_the_scope(catalogue: Catalogue, words: str, expected: str) -> None:
    assert expected in [scope.name for scope in catalogue.search(words)[:4]]


def test_an_exact_name_is_found_first(catalogue: Catalogue) -> None:
    assert all(catalogue.search(scope.name)[0] is scope for scope in catalogue)


def test_the_name_of_an_area_finds_all_of_it_and_nothing_else(catalogue: Catalogue) -> None:
    for area in Area:
        found = {scope.name for scope in catalogue.search(area.lower(), limit=len(catalogue))}
        assert found == {scope.name for scope in catalogue if area in scope.areas}


def test_nonsense_finds_nothing(catalogue: Catalogue) -> None:
    assert catalogue.search("asdfqwer") == []
    assert catalogue.search("") == []
    assert catalogue.search("!?") == []


def test_a_search_gives_no_more_than_asked_for(catalogue: Catalogue) -> None:
    assert len(catalogue.search("calling", limit=3)) == 3


def test_what_a_scope_does_not_do_does_not_make_it_a_result(catalogue: Catalogue) -> None:
    assert "spark:people_read" not in [scope.name for scope in catalogue.search("messages")]


def test_a_set_can_be_summed_up_by_names(catalogue: Catalogue) -> None:
    names = ["spark:people_read", "spark:messages_read"]
    assert catalogue.overall_risk(names) is Risk.MEDIUM
    assert "Cannot change anything: it only reads." in catalogue.cannot(names)
