"""The demo organisation: a clinic whose telephony team tries the bot out.

Its two integrations register what the guides for Webex Calling and for Webex Contact Center name
as their usual scopes, and `spark:people_read`, without which nobody can ask who consented.
"""

import secrets
from collections.abc import Mapping

from bot.emulator.ids import stable_uuid
from bot.emulator.organisation import Bot, Integration, Organisation, Person, Space

CALLING = "Calling Dashboard"
CONTACT_CENTER = "Contact Center Wallboard"
CALLING_SCOPES = (
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
    "spark-admin:calling_cdr_read",
    "analytics:read_all",
    "spark:people_read",
    "spark:kms",
)
CONTACT_CENTER_SCOPES = (
    "cjp:config",
    "cjp:config_write",
    "cjp:config_read",
    "cjp:user",
    "cjds:admin_org_read",
    "cjds:admin_org_write",
    "spark:people_read",
    "spark:kms",
    "cloud-contact-center:pod_conv",
    "cloud-contact-center:pod_read",
    "spark:applications_token",
)
PEOPLE = (
    Person("ana.ruiz@northwind.example", "Ana Ruiz", timezone="Europe/Madrid"),
    Person("ben.okafor@northwind.example", "Ben Okafor", timezone="Europe/London"),
    Person("mia.chen@northwind.example", "Mia Chen", timezone="America/New_York"),
    Person(
        "sam.lindqvist@northwind.example",
        "Sam Lindqvist",
        roles=("Full Administrator",),
        timezone="Europe/Stockholm",
    ),
    Person("eve@elsewhere.example", "Eve Elsewhere", org="Elsewhere"),
)
BOT_EMAIL = "consentry@webex.bot"


def demo_organisation(
    bot_token: str, redirect_uri: str, client_secrets: Mapping[str, str] | None = None
) -> Organisation:
    """Return Northwind Clinic, with the bot that holds this token.

    Args:
        redirect_uri: Where both integrations send the browser after consent.
        client_secrets: The secrets by integration name; a new one is drawn for each absent name.
    """
    given = client_secrets or {}
    staff = tuple(person.email for person in PEOPLE if person.org is None)
    return Organisation(
        name="Northwind Clinic",
        people=PEOPLE,
        bots=(Bot(BOT_EMAIL, "Consentry", bot_token),),
        spaces=(Space("Clinic Telephony", (*staff, BOT_EMAIL)),),
        integrations=(
            _integration(CALLING, CALLING_SCOPES, redirect_uri, secret=given.get(CALLING)),
            _integration(
                CONTACT_CENTER,
                CONTACT_CENTER_SCOPES,
                redirect_uri,
                secret=given.get(CONTACT_CENTER),
            ),
        ),
    )


def _integration(
    name: str, scopes: tuple[str, ...], redirect_uri: str, *, secret: str | None
) -> Integration:
    client_id = "C" + "".join(stable_uuid("INTEGRATION", f"{name}{n}") for n in (1, 2))
    return Integration(
        name=name,
        client_id=client_id.replace("-", ""),
        client_secret=secret or secrets.token_hex(32),
        redirect_uris=(redirect_uri,),
        scopes=scopes,
    )
