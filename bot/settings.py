"""The environment, read once at start into a frozen object.

Everything that is missing or wrong is reported together, each with what to do, before anything
starts. Secrets are kept in ``Secret`` from here on, so no dump of the settings shows them.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
)

from bot.core.errors import BadInput, ConsentryError
from bot.core.secrets import Secret
from bot.store.sealing import Sealer

_EMAIL = re.compile(r"[^@\s,<>]+@[^@\s,<>]+\.[^@\s,<>]+")
_DOMAIN = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")
_SHORTEST_SECRET = 16


class SettingsFault(ConsentryError):
    """The environment does not allow a start. ``faults`` lists every reason."""

    def __init__(self, faults: list[str]) -> None:
        """Gather what is missing or wrong."""
        super().__init__(
            "\n  - ".join(("Consentry cannot start with these settings:", *faults)),
            advice="Correct them and start again; the README lists every setting.",
        )
        self.faults = faults

    def __str__(self) -> str:
        """Give the advice a line of its own, after the list."""
        return f"{self.message}\n{self.advice}"


def _list(value: str) -> tuple[str, ...]:
    """Read a comma-separated list, ignoring blanks."""
    return tuple(item.strip() for item in value.split(",") if item.strip())


Texts = Annotated[tuple[str, ...], BeforeValidator(_list)]
Days = Annotated[tuple[Annotated[int, Field(ge=1, le=365)], ...], BeforeValidator(_list)]
Hidden = Annotated[Secret, BeforeValidator(Secret)]


class Settings(BaseModel):
    """What the environment says. Each field is the environment name in lower case."""

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)

    webex_bot_token: Hidden
    webex_api_url: str = "https://webexapis.com/v1"
    webex_webhook_secret: Hidden
    public_url: str = ""
    port: int = Field(default=8080, ge=1, le=65535)
    host: str = "127.0.0.1"
    database_url: str = "sqlite:///var/consentry.db"
    encryption_keys: Hidden
    secret_key: Hidden
    admin_emails: Texts = Field(min_length=1)
    admin_room_id: str = ""
    allowed_email_domains: Texts = ()
    allowed_org_ids: Texts = ()
    reminder_days: Days = Field(default=(14, 7, 3, 1), min_length=1)
    sweep_seconds: int = Field(default=60, ge=1, le=3600)
    log_format: str = Field(default="", pattern="^(console|json|)$")

    @field_validator("webex_webhook_secret", "secret_key")
    @classmethod
    def _long_enough(cls, value: Secret) -> Secret:
        if len(value.reveal()) < _SHORTEST_SECRET:
            fault = f"it must have at least {_SHORTEST_SECRET} characters"
            raise ValueError(fault)
        return value

    @field_validator("admin_emails")
    @classmethod
    def _addresses(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        wrong = [email for email in value if not _EMAIL.fullmatch(email)]
        if wrong:
            fault = f"{', '.join(wrong)} is not an e-mail address"
            raise ValueError(fault)
        return tuple(email.lower() for email in value)

    @field_validator("allowed_email_domains")
    @classmethod
    def _domains(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        domains = tuple(domain.lower().lstrip("@") for domain in value)
        wrong = [domain for domain in domains if not _DOMAIN.fullmatch(domain)]
        if wrong:
            fault = f"{', '.join(wrong)} is not a domain such as example.com"
            raise ValueError(fault)
        return domains

    @field_validator("webex_api_url", "public_url")
    @classmethod
    def _url(cls, value: str) -> str:
        if value and not re.fullmatch(r"https?://[^/\s?#]+(/[^\s?#]*)?", value):
            fault = "it must look like https://host or https://host/path"
            raise ValueError(fault)
        return value.rstrip("/")

    @field_validator("encryption_keys")
    @classmethod
    def _keys(cls, value: Secret) -> Secret:
        try:
            Sealer.from_text(value)
        except BadInput as error:
            raise ValueError(str(error).removesuffix(".")) from error
        return value

    @field_validator("reminder_days")
    @classmethod
    def _days(cls, value: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(sorted(set(value), reverse=True))

    @property
    def url(self) -> str:
        """How Webex and browsers reach the bot, without a slash at the end."""
        return self.public_url or f"http://127.0.0.1:{self.port}"

    @property
    def domains(self) -> tuple[str, ...]:
        """Whose people are answered by their e-mail domain; the administrators' by default."""
        if self.allowed_email_domains or self.allowed_org_ids:
            return self.allowed_email_domains
        return tuple(dict.fromkeys(email.rpartition("@")[2] for email in self.admin_emails))

    @property
    def thresholds(self) -> tuple[timedelta, ...]:
        """How long before a deadline people are warned."""
        return tuple(timedelta(days=days) for days in self.reminder_days)


_MISSING = {
    "webex_bot_token": "create a bot at developer.webex.com and copy its access token; or try "
    "`consentry run`, which brings a Webex of its own when there is none",
    "webex_webhook_secret": "choose any random text of 16 characters or more",
    "encryption_keys": "run `consentry keys generate` and copy what it prints",
    "secret_key": "choose any random text of 16 characters or more",
    "admin_emails": "list the e-mail addresses of the administrators, comma-separated",
}
_EXPECTED = {
    "admin_emails": "list at least one e-mail address",
    "log_format": "be console or json",
    "port": "be a whole number from 1 to 65535",
    "reminder_days": "list whole days from 1 to 365, such as 14,7,3,1",
    "sweep_seconds": "be a whole number from 1 to 3600",
}


def environment() -> dict[str, str]:
    """Give the environment of this process."""
    return dict(os.environ)


def hand_down(variables: Mapping[str, str]) -> None:
    """Put variables into the environment, for the child processes that serve."""
    os.environ.update(variables)


def read_settings(environ: Mapping[str, str]) -> Settings:
    """Read the environment.

    Raises:
        SettingsFault: Something is missing or wrong; all of it is listed, no secret is shown.
    """
    given: dict[str, Any] = {
        name: environ[name.upper()].strip()
        for name in Settings.model_fields
        if environ.get(name.upper(), "").strip()
    }
    try:
        return Settings(**given)
    except ValidationError as invalid:
        faults = {_fault(error, given) for error in invalid.errors()}
        raise SettingsFault(sorted(faults)) from None


def _fault(error: Mapping[str, Any], given: Mapping[str, str]) -> str:
    name = str(error["loc"][0])
    if error["type"] == "missing":
        return f"{name.upper()} is not set: {_MISSING[name]}."
    if error["type"] == "value_error":
        reason = str(error["msg"]).removeprefix("Value error, ")
        return f"{name.upper()} is wrong: {reason}."
    return f"{name.upper()} is {given[name]!r}, and must {_EXPECTED[name]}."
