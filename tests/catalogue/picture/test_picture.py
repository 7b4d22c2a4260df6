from bot.catalogue.operations import Operations
from bot.catalogue.picture.audience import Audience
from bot.catalogue.picture.picture import Picture
from bot.catalogue.scope import Risk
from bot.catalogue.scopes import Catalogue
from bot.core.scopes import KMS

OPERATIONS = Operations.load()


def drawn(catalogue: Catalogue, names: str) -> Picture:
    return Picture.of(catalogue.describe(names.split()), OPERATIONS)


def test_a_picture_tells_what_a_set_amounts_to(catalogue: Catalogue) -> None:
    picture = drawn(catalogue, "spark:messages_read spark-admin:people_write spark:kms")
    assert picture.scopes == ("spark:messages_read", "spark-admin:people_write", "spark:kms")
    assert (picture.risk, picture.audience) == (Risk.HIGH, Audience.ORGANISATION)
    assert picture.reads == {"Messages": ("messages and files in the person's spaces",)}
    assert picture.changes == {"People": ("everybody's account, licences and call settings",)}
    assert "Cannot send, edit or delete messages." in picture.cannot
    assert "GET /messages" in picture.operations
    assert "POST /messages" not in picture.operations


def test_what_is_wrong_with_a_set_is_told_the_surest_first(catalogue: Catalogue) -> None:
    picture = drawn(
        catalogue,
        "identity:people_read identity:people_rw identity:tokens_write spark-admin:rooms_read "
        "spark:xsi spark:everything",
    )
    assert picture.unknown == ("spark:everything",)
    assert picture.deprecated == ("spark-admin:rooms_read",)
    assert picture.undocumented == ("spark:xsi",)
    assert picture.audience is Audience.UNKNOWN
    assert picture.remarks == [
        "Unknown: spark:everything. Check the spelling.",
        "Withdrawn or replaced by Webex: spark-admin:rooms_read.",
        "Webex publishes nothing about spark:xsi.",
        "identity:tokens_write opens nothing without identity:tokens_read beside it.",
        "All that identity:people_read opens is open through identity:people_rw, too.",
    ]


def test_a_sound_set_leaves_nothing_to_remark(catalogue: Catalogue) -> None:
    picture = drawn(catalogue, "spark:people_read spark:calls_read")
    assert picture.remarks == []
    assert picture.dangers == ()
    assert picture.changes == {}


def test_what_reaches_everywhere_is_told_once(catalogue: Catalogue) -> None:
    picture = drawn(catalogue, "spark:all")
    assert picture.reads == {"Everywhere": ("nearly everything the person can reach",)}
    assert len(picture.operations) > 300


def test_every_scope_but_the_key_service_shows_in_its_picture(catalogue: Catalogue) -> None:
    for scope in catalogue:
        picture = drawn(catalogue, scope.name)
        told = [*picture.reads.values(), *picture.changes.values()]
        assert set(told) == (set() if scope.name == KMS else {(scope.matter,)})
        assert bool(picture.reads) == (scope.can_read and scope.name != KMS)


def test_two_scopes_for_one_matter_tell_it_once(catalogue: Catalogue) -> None:
    picture = drawn(catalogue, "spark-admin:recordings_read spark-compliance:recordings_read")
    assert picture.reads == {"Recordings": ("everybody's call recordings",)}


def test_the_largest_set_is_drawn_and_the_empty_one_too(catalogue: Catalogue) -> None:
    everything = Picture.of(list(catalogue), OPERATIONS)
    assert len(everything.operations) > 1700
    nothing = Picture.of([], OPERATIONS)
    assert (nothing.risk, nothing.audience) == (Risk.LOW, Audience.NOBODY)
    assert nothing.cannot == ("Cannot reach anything in Webex.",)
