"""The only home of webexteamssdk: one client per thread, and none of its traps.

What 1.7 does by itself and this undoes: it sleeps through a rate limit without end, fails on a
Retry-After date, and follows ``next`` links and redirects to any host with the bot's token in hand.
Replacing the SDK means replacing this file.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from requests import RequestException, Response, Session
from requests.adapters import HTTPAdapter
from webexteamssdk import WebexTeamsAPI
from webexteamssdk.exceptions import webexteamssdkException

from bot.core.errors import WebexBusy, WebexError
from bot.core.ports import Clock
from bot.core.secrets import Secret
from bot.webex.answers import lost, refuse_unless_good, unreadable

_TIMEOUT_SECONDS = 20
"""For connecting and for each silence of Webex; the SDK takes one whole number for both."""
_NO_ANSWER = (webexteamssdkException, ValueError, TypeError, AssertionError, AttributeError)
"""What the SDK stumbles over when a 2xx holds no JSON, or JSON of another shape."""


class Sdk:
    """Webex through the eyes of one token.

    Args:
        api_url: Where the REST API lives; nothing is ever sent to another host.
        token: The bot's access token.
        clock: Tells how far away the date of a Retry-After is.
    """

    def __init__(self, api_url: str, token: Secret, clock: Clock) -> None:
        self._api_url = api_url.rstrip("/") + "/"
        self._token = token
        self._clock = clock
        self._threads = threading.local()

    @contextmanager
    def calling(self) -> Iterator[Any]:
        """Give this thread's client for one call, whose answer is plain JSON.

        Raises:
            WebexBusy: Asking again later may help.
            WebexRefused: It will not.
        """
        try:
            yield self._client()
        except RequestException as error:
            raise lost(error) from error
        except _NO_ANSWER as error:
            raise unreadable(type(error).__name__) from error

    def _client(self) -> Any:  # noqa: ANN401 - the SDK publishes no types
        if not hasattr(self._threads, "client"):
            # requests promises nothing about a session that several threads share.
            self._threads.client = self._new_client()
        return self._threads.client

    def _new_client(self) -> Any:  # noqa: ANN401 - the SDK publishes no types
        client = WebexTeamsAPI(
            access_token=self._token.reveal(),
            base_url=self._api_url,
            single_request_timeout=_TIMEOUT_SECONDS,
            wait_on_rate_limit=False,
            object_factory=_as_answered,
        )
        session = client._session._req_session  # noqa: SLF001 - the SDK offers no way to its session
        session.hooks["response"].append(self._read)
        _keep_at_home(session, self._api_url)
        return client

    def _read(self, response: Response, **_: object) -> None:
        """Judge an answer before the SDK does, whose own errors fail on odd headers and bodies."""
        try:
            if response.status_code == HTTPStatus.UNAUTHORIZED:
                # A new token mends it, and nothing that waits is lost by waiting longer.
                raise WebexBusy("Webex refuses the bot's access token: replace WEBEX_BOT_TOKEN.")
            refuse_unless_good(response, now=self._clock())
        except WebexError:
            response.close()
            raise


def _keep_at_home(session: Session, api_url: str) -> None:
    """Leave the session no way to any other host: it has an adapter for this one alone."""
    parts = urlsplit(api_url)
    session.adapters.clear()
    session.mount(f"{parts.scheme}://{parts.netloc}/", HTTPAdapter())


def _as_answered(_model: str, answer: Mapping[str, object]) -> Mapping[str, object]:
    return answer
