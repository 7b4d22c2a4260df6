import pytest

from bot.catalogue.limits import cannot, overall_risk
from bot.catalogue.scopes import Catalogue, Risk, Scope
from bot.core.scopes import KMS


def limits(catalogue: Catalogue, names: str) -> list[str]:
    return cannot(catalogue.describe(names.split()))


def test_reading_scopes_cannot_change_anything(catalogue: Catalogue) -> None:
    said = limits(catalogue, "spark:people_read spark:calls_read spark:kms")
    assert said[0] == "Cannot change anything: it only reads."


@pytest.mark.parametrize("name", ["spark:messages_write", "spark:xapi_commands", "cjp:config"])
def test_a_scope_that_acts_is_never_said_to_change_nothing(catalogue: Catalogue, name: str) -> None:
    assert "Cannot change anything: it only reads." not in limits(catalogue, f"openid {name}")


def test_without_a_power_over_others_nobody_else_is_reached(catalogue: Catalogue) -> None:
    own = "Cannot go beyond what the person who agrees may see and do."
    assert own in limits(catalogue, "spark:calls_write meeting:schedules_read")
    assert own not in limits(catalogue, "spark:calls_write spark-admin:people_read")
    assert own not in limits(catalogue, "spark-compliance:messages_read")
    assert own not in limits(catalogue, "spark:applications_token")


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("Cannot read, send or delete messages.", "spark:messages_read"),
        ("Cannot list spaces or teams, nor their members.", "spark:teams_read"),
        ("Cannot see, schedule or join meetings.", "spark:rooms_read"),
        ("Cannot open, share or delete recordings.", "meeting:recordings_read"),
        ("Cannot open, share or delete recordings.", "cjp:config_read"),
        ("Cannot see, place or control calls.", "meeting:participants_write"),
        ("Cannot see, place or control calls.", "spark:xapi_commands"),
        ("Cannot see or control devices.", "spark:telephony_config_read"),
        ("Cannot look up people's profiles.", "spark-admin:licenses_read"),
    ],
)
def test_what_no_scope_touches_is_ruled_out_and_nothing_else(
    catalogue: Catalogue, sentence: str, names: str
) -> None:
    assert sentence in limits(catalogue, "application:webhooks_read")
    assert sentence not in limits(catalogue, names)


def test_looking_at_one_thing_while_changing_another_is_told_apart(catalogue: Catalogue) -> None:
    said = limits(catalogue, "spark:messages_read spark:calls_write")
    assert "Cannot send, edit or delete messages." in said
    assert not [sentence for sentence in said if "control calls" in sentence]


def test_sending_alone_cannot_read(catalogue: Catalogue) -> None:
    assert "Cannot read messages." in limits(catalogue, "spark:messages_write")
    assert "Cannot read messages." not in limits(
        catalogue, "spark:messages_write spark:messages_read"
    )


def test_an_unknown_scope_rules_out_every_promise(catalogue: Catalogue) -> None:
    said = limits(catalogue, "spark:people_read spark:everything")
    assert said == ["Nothing can be ruled out, for we do not know spark:everything."]


def test_nothing_or_the_key_service_alone_reaches_nothing(catalogue: Catalogue) -> None:
    assert cannot([]) == limits(catalogue, "spark:kms") == ["Cannot reach anything in Webex."]


def test_the_key_service_changes_no_judgement(catalogue: Catalogue) -> None:
    names = "spark:people_read spark:messages_read"
    assert limits(catalogue, names) == limits(catalogue, f"{names} spark:kms")


def test_a_further_scope_never_closes_an_area(catalogue: Catalogue) -> None:
    all_closed = set(limits(catalogue, "application:webhooks_read"))
    further = catalogue.describe(["spark-admin:people_write"])
    for scope in catalogue:
        if scope.name != KMS:
            assert all_closed.intersection(cannot([scope, *further])) <= set(cannot([scope]))


def test_a_set_is_as_dangerous_as_its_worst_scope(catalogue: Catalogue) -> None:
    low, medium, high = catalogue.describe(
        ["spark:people_read", "spark:messages_read", "spark-compliance:messages_read"]
    )
    assert overall_risk([low]) is Risk.LOW
    assert overall_risk([medium, low]) is Risk.MEDIUM
    assert overall_risk([low, high, medium]) is Risk.HIGH
    assert overall_risk([]) is Risk.LOW
    assert overall_risk([low, Scope.unknown("x:y")]) is Risk.HIGH
