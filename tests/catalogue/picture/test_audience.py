import pytest

from bot.catalogue.picture.audience import (
    OF_AN_ORGANISATION,
    OF_THE_CONTACT_CENTRE,
    Audience,
    audience,
)
from bot.catalogue.scopes import Catalogue


@pytest.mark.parametrize(
    ("names", "whose"),
    [
        ("spark:kms", Audience.NOBODY),
        ("application:webhooks_write", Audience.NOBODY),
        ("guest-issuer:write", Audience.NOBODY),
        ("openid email", Audience.PERSON),
        ("spark:all spark:kms", Audience.PERSON),
        ("cjp:user", Audience.CONTACT_CENTRE),
        ("cjp:config_read spark:people_read", Audience.CONTACT_CENTRE),
        ("cjds:admin_org_read cloud-contact-center:pod_conv", Audience.CONTACT_CENTRE),
        ("spark-admin:people_read cjp:user", Audience.ORGANISATION),
        ("spark-compliance:messages_read", Audience.ORGANISATION),
        ("spark:applications_token", Audience.ORGANISATION),
        ("meeting:group_meeting_read", Audience.ORGANISATION),
        ("spark-admin:wholesale_customers_read", Audience.CUSTOMERS),
        ("spark-admin:broadworks_subscribers_write spark-admin:people_read", Audience.CUSTOMERS),
        ("spark-admin:wholesale_customers_read spark:everything", Audience.UNKNOWN),
        ("", Audience.NOBODY),
    ],
)
def test_the_widest_circle_of_people_counts(
    catalogue: Catalogue, names: str, whose: Audience
) -> None:
    assert audience(catalogue.describe(names.split())) is whose


def test_every_audience_is_told_in_a_sentence_of_its_own() -> None:
    sentences = {one.sentence for one in Audience}
    assert len(sentences) == len(Audience)
    assert all(sentence.endswith(".") for sentence in sentences)


def test_a_power_over_others_never_counts_as_the_persons_own(catalogue: Catalogue) -> None:
    own = {Audience.NOBODY, Audience.PERSON}
    assert [
        scope.name
        for scope in catalogue
        if scope.reaches_beyond_a_person and audience([scope]) in own
    ] == []


def test_every_scope_that_is_told_by_its_name_is_in_the_catalogue(catalogue: Catalogue) -> None:
    names = {scope.name for scope in catalogue}
    assert names >= OF_AN_ORGANISATION
    begun = {start for start in OF_THE_CONTACT_CENTRE for name in names if name.startswith(start)}
    assert begun == set(OF_THE_CONTACT_CENTRE)
