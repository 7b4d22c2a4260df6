"""The data itself: complete, consistent, and written in sentences that people understand."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.catalogue.scopes import Access, Area, Catalogue, Confidence, Level, Scope

NAMED_BY_OPERATIONS = (
    Path(__file__).with_name("scopes_named_by_operations.txt").read_text(encoding="utf-8").split()
)

CALLING_DOCUMENT = (
    "analytics:read_all",
    "spark-admin:calling_cdr_read",
    "spark-admin:devices_read",
    "spark-admin:devices_write",
    "spark-admin:organizations_read",
    "spark-admin:organizations_write",
    "spark-admin:people_read",
    "spark-admin:people_write",
    "spark-admin:places_read",
    "spark-admin:telephony_config_read",
    "spark-admin:telephony_config_write",
    "spark-admin:workspaces_read",
    "spark-admin:workspaces_write",
    "spark:calls_read",
    "spark:calls_write",
)
CONTACT_CENTER_DOCUMENT = (
    "cjds:admin_org_read",
    "cjds:admin_org_write",
    "cjp:config",
    "cjp:config_read",
    "cjp:config_write",
    "cjp:user",
    "cloud-contact-center:pod_conv",
    "cloud-contact-center:pod_read",
    "spark:applications_token",
    "spark:kms",
    "spark:people_read",
)
AREAS_OF_THE_CALLING_DOCUMENT = {
    Area.MEETINGS,
    Area.PEOPLE,
    Area.ROOMS,
    Area.MESSAGES,
    Area.TEAMS,
    Area.DEVICES,
    Area.RECORDINGS,
    Area.CALLING,
}

LEVEL_BY_PREFIX = {
    "spark:applications_token": Level.APP,
    "spark-compliance:": Level.COMPLIANCE,
    "spark-admin:": Level.ADMIN,
    "spark:": Level.USER,
    "meeting:admin_": Level.ADMIN,
    "meeting:group_": Level.APP,
    "meeting:": Level.USER,
    "cjp:config": Level.ADMIN,
    "cjp:": Level.AGENT,
    "cjds:": Level.ADMIN,
    "cloud-contact-center:": Level.AGENT,
    "identity:": Level.ADMIN,
    "Identity:": Level.ADMIN,
    "application:": Level.APP,
    "guest-": Level.APP,
}
"""The first prefix that fits decides."""

ACCESS_BY_ENDING = {
    "_read": Access.READ,
    "_write": Access.WRITE,
    "_rw": Access.READ_WRITE,
    ":rw": Access.READ_WRITE,
}

SCOPE_NAME = re.compile(r"\b[\w-]+:\w+")
SENTENCES = re.compile(r"([A-Z0-9]|[a-z-]+:\w+ )[^\n]*\w\.")
NO_VERBS = {"Access", "Allows", "Cannot", "Gives", "Permission", "The", "This"}


def offenders(catalogue: Catalogue, rule: Callable[[Scope], bool]) -> list[str]:
    """Name the scopes that break a rule, so that a failure shows all of them."""
    return [scope.name for scope in catalogue if not rule(scope)]


def is_sentence(text: str, shortest: int, longest: int) -> bool:
    return bool(SENTENCES.fullmatch(text)) and shortest <= len(text) <= longest


def is_phrase(text: str) -> bool:
    return 10 <= len(text) <= 90 and not text.endswith(".") and "  " not in text


def test_every_scope_that_an_operation_names_is_explained(catalogue: Catalogue) -> None:
    assert [name for name in NAMED_BY_OPERATIONS if name not in catalogue] == []
    assert len(NAMED_BY_OPERATIONS) == 138


def test_scopes_that_no_operation_names_are_explained_as_well(catalogue: Catalogue) -> None:
    assert len(catalogue) == 182
    assert "openid" in catalogue
    assert "spark:webhooks_read" in catalogue
    assert "spark-admin:rooms_read" in catalogue


def test_the_two_founding_documents_name_twenty_six_scopes_and_all_are_explained(
    catalogue: Catalogue,
) -> None:
    required = {*CALLING_DOCUMENT, *CONTACT_CENTER_DOCUMENT}
    assert len(required) == 26
    assert [name for name in required if name not in catalogue] == []


def test_the_areas_of_both_founding_documents_all_occur(catalogue: Catalogue) -> None:
    covered = {area for scope in catalogue for area in scope.areas}
    assert covered >= AREAS_OF_THE_CALLING_DOCUMENT | {Area.CONTACT_CENTER}


def test_texts_are_sentences_of_a_length_that_fits_a_card(catalogue: Catalogue) -> None:
    assert offenders(catalogue, lambda scope: is_sentence(scope.explains, 30, 190)) == []
    assert offenders(catalogue, lambda scope: is_sentence(scope.does_not, 20, 110)) == []
    assert (
        offenders(catalogue, lambda scope: not scope.note or is_sentence(scope.note, 20, 170)) == []
    )


def test_reasons_and_grantors_are_phrases(catalogue: Catalogue) -> None:
    assert offenders(catalogue, lambda scope: is_phrase(scope.why)) == []
    assert offenders(catalogue, lambda scope: is_phrase(scope.grantable_by)) == []


def test_matters_stand_behind_reads_or_changes(catalogue: Catalogue) -> None:
    def fits(scope: Scope) -> bool:
        text = scope.matter
        return (
            6 <= len(text) <= 60 and text[-1] != "." and text.split()[0] not in {"Read", "Change"}
        )

    assert offenders(catalogue, fits) == []


def test_explanations_begin_with_what_the_integration_does(catalogue: Catalogue) -> None:
    def begins_with_a_verb(scope: Scope) -> bool:
        first = scope.explains.split()[0].rstrip(",")
        return first.istitle() and not first.endswith("ing") and first not in NO_VERBS

    assert offenders(catalogue, begins_with_a_verb) == []


def test_limits_are_told_as_limits(catalogue: Catalogue) -> None:
    assert offenders(catalogue, lambda scope: scope.does_not.startswith("Cannot ")) == []


def test_no_two_scopes_share_an_explanation(catalogue: Catalogue) -> None:
    explanations = [scope.explains.casefold() for scope in catalogue]
    assert len(set(explanations)) == len(explanations)


def test_every_scope_touches_some_area_and_none_twice(catalogue: Catalogue) -> None:
    assert offenders(catalogue, lambda scope: bool(scope.areas)) == []
    assert offenders(catalogue, lambda scope: len(set(scope.areas)) == len(scope.areas)) == []


def test_the_level_fits_the_name(catalogue: Catalogue) -> None:
    def fits(scope: Scope) -> bool:
        expected = [
            level for prefix, level in LEVEL_BY_PREFIX.items() if scope.name.startswith(prefix)
        ]
        return scope.level is not Level.UNKNOWN and scope.level in (expected or [scope.level])[:1]

    assert offenders(catalogue, fits) == []


@pytest.mark.parametrize(("ending", "access"), ACCESS_BY_ENDING.items())
def test_the_access_fits_the_name(catalogue: Catalogue, ending: str, access: Access) -> None:
    assert (
        offenders(
            catalogue, lambda scope: not scope.name.endswith(ending) or scope.access is access
        )
        == []
    )


def test_neighbours_know_each_other(catalogue: Catalogue) -> None:
    def is_known_by_its_neighbours(scope: Scope) -> bool:
        below = all(scope.name in catalogue.explain(name).wider for name in scope.narrower)
        above = all(scope.name in catalogue.explain(name).narrower for name in scope.wider)
        return below and above and not set(scope.narrower) & set(scope.wider)

    assert offenders(catalogue, is_known_by_its_neighbours) == []


def test_a_narrower_neighbour_is_never_the_more_dangerous_one(catalogue: Catalogue) -> None:
    def is_at_least_as_dangerous(scope: Scope) -> bool:
        return all(name.risk.rank <= scope.risk.rank for name in catalogue.describe(scope.narrower))

    assert offenders(catalogue, is_at_least_as_dangerous) == []


def test_a_scope_that_is_named_in_a_text_exists(catalogue: Catalogue) -> None:
    def names_real_ones(scope: Scope) -> bool:
        named = SCOPE_NAME.findall(f"{scope.explains} {scope.does_not} {scope.note}")
        return all(name in catalogue for name in named)

    assert offenders(catalogue, names_real_ones) == []


def test_what_is_not_documented_is_never_told_with_confidence(catalogue: Catalogue) -> None:
    undocumented = [scope for scope in catalogue if not scope.documented]
    assert "cloud-contact-center:pod_read" in [scope.name for scope in undocumented]
    assert {scope.confidence for scope in undocumented} == {Confidence.LOW}
    assert all(scope.note for scope in undocumented)


def test_a_deprecated_scope_says_what_to_do_about_it(catalogue: Catalogue) -> None:
    deprecated = [scope for scope in catalogue if scope.deprecated]
    assert {"spark-admin:places_read", "spark-admin:messages_read"} <= {
        scope.name for scope in deprecated
    }
    assert all("instead" in scope.note or "drop it" in scope.note for scope in deprecated)


def test_changing_what_belongs_to_others_is_never_called_harmless(catalogue: Catalogue) -> None:
    def is_power_over_others(scope: Scope) -> bool:
        return scope.level in {Level.ADMIN, Level.COMPLIANCE} and scope.can_change

    harmless = [
        scope.name for scope in catalogue if is_power_over_others(scope) and scope.risk.rank == 0
    ]
    assert harmless == []


def test_every_scope_that_answers_a_question_is_explained(catalogue: Catalogue) -> None:
    file = Path(__file__).parent / "questions" / "questions.jsonl"
    questions = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    assert len(questions) == 292
    named = {scope for one in questions for answer in one["scopes"] for scope in answer}
    assert [scope for scope in named if scope not in catalogue] == []
