"""Every rule fires on an example, and on no part of it."""

import pytest

from bot.catalogue.picture.dangers import RULES, dangers
from bot.catalogue.scopes import Catalogue

EXAMPLES = {
    "sign in as others": "Identity:one_time_password identity:people_read",
    "make anybody an administrator": "spark-admin:roles_read spark-admin:people_write",
    "lock people out": "identity:tokens_write spark-admin:people_write",
    "look like colleagues": "Identity:Organization identity:people_rw",
    "evidence can be found": "spark-compliance:messages_read spark-compliance:messages_write",
    "outsiders can be let in": "spark-compliance:memberships_write spark-compliance:rooms_read",
    "a tool for compliance": "spark-compliance:events_read spark:rooms_write",
    "nearly their whole account": "spark:all spark-admin:devices_read",
    "tokens of service apps": "spark:applications_token",
    "switch recording on": "spark-admin:telephony_config_write spark-admin:recordings_read",
    "lead chosen callers": "spark-admin:telephony_config_write spark-admin:calling_cdr_read",
    "forwarded elsewhere": "spark:calls_write spark:telephony_config_write",
    "wrong place": "spark-admin:telephony_pstn_write spark-admin:locations_write",
    "listen in rooms": "spark:xapi_commands spark:xapi_statuses",
    "customers can be led elsewhere": "cjp:user cjp:config_write",
    "flow to another company": "spark-admin:datasource_write cjds:admin_org_read",
    "service of whole companies": (
        "spark-admin:organizations_write spark-admin:wholesale_customers_write"
    ),
    "strangers can slip in": "guest-issuer:write meeting:admin_schedule_read",
    "whom nobody checked": "guest-issuer:write spark:messages_write",
    "outside address all the time": "meeting:transcripts_read spark:webhooks_write",
    "passed on in the person's name": "spark:recordings_read spark:messages_write",
    "listen in on calls or meetings": "meeting:controls_write meeting:recordings_read",
    "before the person notices": "spark:messages_read spark:messages_write",
    "an AI assistant": "spark:mcp spark:rooms_write",
}
"""A few words of each rule's sentence, and the least that makes it true."""


def told(catalogue: Catalogue, names: str) -> list[str]:
    return [one.sentence for one in dangers(catalogue.describe(names.split()))]


def test_every_rule_has_an_example() -> None:
    assert len(RULES) == len(EXAMPLES) >= 10
    for rule in RULES:
        assert len([words for words in EXAMPLES if words in rule.sentence]) == 1


@pytest.mark.parametrize(("words", "names"), EXAMPLES.items())
def test_a_rule_fires_on_its_example_and_on_no_part_of_it(
    catalogue: Catalogue, words: str, names: str
) -> None:
    assert [words in one for one in told(catalogue, names)].count(True) == 1
    for name in names.split():
        rest = names.replace(name, "").strip()
        assert not [one for one in told(catalogue, rest) if words in one]


@pytest.mark.parametrize(
    "names",
    [
        "",
        "spark:people_read spark:kms",
        "spark:calls_read spark:people_read spark:telephony_config_read",
        "spark-admin:people_read spark-admin:licenses_read spark-admin:locations_read",
        "spark:rooms_read spark:rooms_write spark:memberships_read spark:memberships_write",
        "spark-compliance:events_read spark-compliance:messages_read",
        "meeting:schedules_read meeting:schedules_write",
        "cjp:config_read",
        "spark:everything",
    ],
)
def test_an_ordinary_set_is_not_called_dangerous(catalogue: Catalogue, names: str) -> None:
    assert told(catalogue, names) == []


def test_every_scope_that_a_rule_asks_for_is_in_the_catalogue(catalogue: Catalogue) -> None:
    asked = frozenset().union(*(part.names for rule in RULES for part in rule.parts))
    assert len(asked) > len(RULES)
    assert asked - {scope.name for scope in catalogue} == set()


def test_a_further_scope_never_hides_a_danger(catalogue: Catalogue) -> None:
    everything = {one.sentence for one in dangers(list(catalogue))}
    assert everything == {rule.sentence for rule in RULES}


def test_every_sentence_fits_a_line_or_two_of_a_card() -> None:
    assert [
        r.sentence for r in RULES if len(r.sentence) > 140 or not r.sentence.endswith(".")
    ] == []
