"""What is dangerous in combination: scopes that are sensible alone, and together too much.

Webex publishes no such list. The rules are our own judgement, the gravest first; each is a
sentence for the person who decides, and the parts that make it true.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.catalogue.picture.rule import (
    Danger,
    Part,
    Rule,
    administers,
    one_of,
    writes,
    writes_elsewhere,
)
from bot.catalogue.scope import ALL_OF_A_PERSON, Scope

_ACCOUNTS_READ = "identity:people_read identity:people_rw spark-admin:people_read"
_ACCOUNTS_WRITTEN = "identity:people_rw spark-admin:people_write"
_ALL_CONVERSATIONS = (
    "spark-compliance:messages_read spark-compliance:events_read spark-compliance:meetings_read "
    "spark-compliance:recordings_read"
)
_ALL_RECORDS = (
    f"{_ALL_CONVERSATIONS} spark-admin:recordings_read meeting:admin_recordings_read "
    "meeting:admin_transcripts_read"
)
_ALL_RECORDS_WRITTEN = (
    "spark-compliance:messages_write spark-compliance:meetings_write "
    "spark-compliance:recordings_write spark-compliance:rooms_write "
    "spark-admin:recordings_write meeting:admin_recordings_write"
)
_OWN_RECORDS = (
    "meeting:recordings_read meeting:transcripts_read meeting:summaries_read spark:recordings_read "
    "meeting:group_meeting_read"
)
_HOOKS = "spark:webhooks_write spark-compliance:webhooks_write"
_LIVE_CALLS = "spark:calls_write spark-admin:calls_write spark:xsi spark-admin:xsi"
_FORWARDING = (
    "spark:telephony_config_write spark-admin:telephony_config_write spark:people_write "
    "spark-admin:people_write spark:xsi spark-admin:xsi"
)
_CONTACTS = "cjp:user cloud-contact-center:pod_conv cjp:task_write"
_CONTACT_CENTRE_READ = (
    "cjp:config cjp:config_read cjp:task_read cjp:user cloud-contact-center:pod_conv "
    "cjds:admin_org_read cjds:admin_org_write"
)

RULES = (
    Rule(
        "It knows everybody's account and makes one-time passwords: it can sign in as others.",
        (one_of("Identity:Config Identity:one_time_password"), one_of(_ACCOUNTS_READ)),
    ),
    Rule(
        "It sees which roles exist and changes accounts: it can make anybody an administrator.",
        (one_of("spark-admin:roles_read"), one_of("spark-admin:people_write")),
    ),
    Rule(
        "It ends the authorisations of apps and changes or deletes accounts: it can lock people "
        "out of Webex.",
        (one_of("identity:tokens_write"), one_of(_ACCOUNTS_WRITTEN)),
    ),
    Rule(
        "It claims e-mail domains and creates accounts: it can set up people who look like "
        "colleagues.",
        (one_of("Identity:Organization identity:organizations_rw"), one_of(_ACCOUNTS_WRITTEN)),
    ),
    Rule(
        "It reads what others said and can delete or share it: evidence can be found and removed.",
        (one_of(_ALL_RECORDS), one_of(_ALL_RECORDS_WRITTEN)),
    ),
    Rule(
        "It finds any space of the organisation and adds people to it: outsiders can be let in.",
        (
            one_of("spark-compliance:memberships_write"),
            one_of(
                "spark-compliance:rooms_read spark-compliance:memberships_read "
                "spark-compliance:events_read spark-compliance:messages_read"
            ),
        ),
    ),
    Rule(
        "It reads everybody's conversations for compliance and changes other things as well; a "
        "tool for compliance should do no more than that.",
        (one_of(_ALL_CONVERSATIONS), Part(writes_elsewhere)),
    ),
    Rule(
        "When an administrator agrees, one token holds nearly their whole account and power over "
        "the organisation.",
        (one_of(ALL_OF_A_PERSON), Part(administers)),
    ),
    Rule(
        "It fetches tokens of service apps: what these may do in whole organisations comes on top "
        "of this list.",
        (one_of("spark:applications_token"),),
    ),
    Rule(
        "It changes the telephone system and opens everybody's call recordings: it can switch "
        "recording on and listen afterwards.",
        (
            one_of("spark-admin:telephony_config_write"),
            one_of("spark-admin:recordings_read spark-compliance:recordings_read"),
        ),
    ),
    Rule(
        "It sees who calls whom and changes the routing: it can lead chosen callers elsewhere.",
        (
            one_of("spark-admin:telephony_config_write"),
            one_of("spark-admin:calling_cdr_read spark-admin:calls_read"),
        ),
    ),
    Rule(
        "It acts in live calls and changes call settings: calls can be forwarded elsewhere, at "
        "the company's cost.",
        (one_of(_LIVE_CALLS), one_of(_FORWARDING)),
    ),
    Rule(
        "It changes emergency addresses and where numbers or sites are: help may be sent to the "
        "wrong place.",
        (
            one_of("spark-admin:telephony_pstn_write"),
            one_of("spark-admin:telephony_config_write spark-admin:locations_write"),
        ),
    ),
    Rule(
        "It finds room devices, or sees when they are in use, and operates their cameras and "
        "microphones: it can watch and listen in rooms.",
        (
            one_of("spark:xapi_commands"),
            one_of(
                "spark:xapi_statuses spark:devices_read spark-admin:devices_read "
                "spark-admin:devices_write spark-admin:workspaces_read "
                "spark-admin:workspace_metrics_read"
            ),
        ),
    ),
    Rule(
        "It acts in customers' live contacts and changes the contact centre's setup: customers "
        "can be led elsewhere.",
        (one_of(_CONTACTS), one_of("cjp:config cjp:config_write")),
    ),
    Rule(
        "It sees customers' contacts and registers outside endpoints for live voice: "
        "conversations can flow to another company.",
        (one_of("spark-admin:datasource_write"), one_of(_CONTACT_CENTRE_READ)),
    ),
    Rule(
        "It deletes customer organisations and changes their subscribers: a mistake ends the "
        "service of whole companies.",
        (
            one_of("spark-admin:organizations_write"),
            one_of(
                "spark-admin:wholesale_customers_write spark-admin:wholesale_subscribers_write "
                "spark-admin:broadworks_subscribers_write"
            ),
        ),
    ),
    Rule(
        "It creates guests and knows the join links of everybody's meetings: strangers can slip "
        "in.",
        (
            one_of("guest-issuer:write"),
            one_of("meeting:admin_schedule_read meeting:admin_schedule_write"),
        ),
    ),
    Rule(
        "It creates guests and reaches messages or spaces: people whom nobody checked can read "
        "and write along.",
        (
            one_of("guest-issuer:write"),
            one_of(
                "spark:messages_read spark:messages_write spark:memberships_write "
                "spark-compliance:memberships_write"
            ),
        ),
    ),
    Rule(
        "It reads conversations or recordings and sets up notification hooks: content can flow "
        "to an outside address all the time.",
        (one_of(f"spark:messages_read {_OWN_RECORDS} {_ALL_RECORDS}"), one_of(_HOOKS)),
    ),
    Rule(
        "It opens recordings or transcripts and writes messages: what was said can be passed on "
        "in the person's name.",
        (one_of(f"{_OWN_RECORDS} {_ALL_RECORDS}"), one_of("spark:messages_write")),
    ),
    Rule(
        "It starts recordings and opens them: it can listen in on calls or meetings afterwards.",
        (
            one_of("spark:calls_write meeting:controls_write"),
            one_of("spark:recordings_read meeting:recordings_read"),
        ),
    ),
    Rule(
        "It reads messages and writes in the person's name: it can answer others, or pass on "
        "what they wrote, before the person notices.",
        (one_of("spark:messages_read"), one_of("spark:messages_write")),
    ),
    Rule(
        "It lets an AI assistant act, and it changes things: a text that the assistant reads may "
        "talk it into using that.",
        (one_of("spark:mcp"), Part(writes)),
    ),
)


def dangers(scopes: Sequence[Scope]) -> tuple[Danger, ...]:
    """Find every dangerous combination in a set, the gravest first."""
    return tuple(danger for rule in RULES if (danger := rule.applied(scopes)))
