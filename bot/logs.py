"""How the process logs: structured, with everything that smells of a secret masked.

A last line of defence only: no code of ours puts a token, code, state, ticket or body into a log.
"""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

import structlog

if TYPE_CHECKING:
    from structlog.typing import EventDict, Processor, WrappedLogger

_SECRET_NAMES = re.compile(
    r"token|secret|password|authorization|code|state|ticket|cookie|body", re.IGNORECASE
)
_SECRET_TEXTS = re.compile(r"(?i)(bearer\s+|/connect/|code=|state=|_token[\"'=:\s]+)[^\s\"'&]+")
CHATTY = ("urllib3", "webexteamssdk", "apscheduler", "authlib", "alembic", "werkzeug")


def redact(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Mask values by the name they go under and texts by what they look like."""
    return {name: _masked(name, value) for name, value in event.items()}


def _masked(name: str, value: object) -> object:
    if name != "event" and _SECRET_NAMES.search(name):
        return "[masked]"
    if isinstance(value, str):
        return _SECRET_TEXTS.sub(r"\1[masked]", value)
    if isinstance(value, Mapping):
        return {str(inner): _masked(str(inner), found) for inner, found in value.items()}
    if isinstance(value, list | tuple):
        return [_masked("", found) for found in value]
    return value


def configure(log_format: str) -> None:
    """Send every log line, ours and the libraries', through one masked stream on standard error."""
    is_console = log_format == "console" or (not log_format and sys.stderr.isatty())
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        redact,
    ]
    last: Processor = (
        structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
        if is_console
        else structlog.processors.JSONRenderer()
    )
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, last],
        )
    )
    logging.basicConfig(handlers=[handler], level=logging.INFO, force=True)
    for name in CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
