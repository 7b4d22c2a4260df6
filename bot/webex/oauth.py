"""The only home of Authlib: consent links, tokens, and whose they are.

Authlib composes the links and authenticates the client; the answers are read here. Its own reading
drops the errors that webexapis.com wraps into ``message`` and ``errors[]``, and loses good tokens
where ``expires_in`` is no number. It refuses plain http on the server's side only, so the local
emulator needs no setting.
"""

from __future__ import annotations

from typing import Any

from authlib.integrations.requests_client import OAuth2Session
from requests import RequestException

from bot.core.errors import GrantRefused
from bot.core.integrations import Integration
from bot.core.people import Person
from bot.core.ports import Clock
from bot.core.refusals import classify
from bot.core.secrets import Secret
from bot.core.tokens import TokenPair
from bot.webex.answers import json_object, lost, refuse_unless_good
from bot.webex.people import read_person
from bot.webex.token_answer import read_tokens

_CONNECT_SECONDS, _SILENCE_SECONDS = 5, 20
_CAREFULLY = {
    "timeout": (_CONNECT_SECONDS, _SILENCE_SECONDS),
    # Nothing that Webex documents redirects here, and a redirect would carry secrets along.
    "allow_redirects": False,
}


class WebexAuthority:
    """Satisfies ``core.ports.Authority`` over the OAuth endpoints under the API's base.

    Args:
        api_url: Where the REST API lives.
        redirect_uri: Where Webex sends the browser back to; it must be registered at Webex so.
        clock: Tells how far away the date of a Retry-After is.
    """

    def __init__(self, api_url: str, redirect_uri: str, clock: Clock) -> None:
        self._api_url = api_url.rstrip("/")
        self._redirect_uri = redirect_uri
        self._clock = clock

    def authorize_url(
        self,
        integration: Integration,
        *,
        scopes: tuple[str, ...],
        state: str,
        challenge: str,
        login_hint: str,
    ) -> str:
        """Compose the link to Webex's consent page (developer.webex.com/docs/login-with-webex)."""
        with OAuth2Session(integration.client_id, redirect_uri=self._redirect_uri) as client:
            url, _ = client.create_authorization_url(
                f"{self._api_url}/authorize",
                state=state,
                scope=" ".join(scopes),
                code_challenge=challenge,
                code_challenge_method="S256",
                login_hint=login_hint or None,
            )
        return str(url)

    def exchange(self, integration: Integration, *, code: str, verifier: Secret) -> TokenPair:
        """Turn an authorization code into tokens.

        Raises:
            GrantRefused: Webex gave none.
        """
        return self._tokens(
            integration,
            grant_type="authorization_code",
            code=code,
            code_verifier=verifier.reveal(),
            redirect_uri=self._redirect_uri,
        )

    def refresh(self, integration: Integration, refresh_token: Secret) -> TokenPair:
        """Turn a refresh token into fresh tokens.

        Raises:
            GrantRefused: Webex gave none.
        """
        return self._tokens(
            integration, grant_type="refresh_token", refresh_token=refresh_token.reveal()
        )

    def whose(self, access_token: Secret) -> Person:
        """Ask whose account a token acts for.

        Raises:
            WebexBusy: Asking again later may help.
            WebexRefused: The token does not serve.
        """
        token = {"access_token": access_token.reveal(), "token_type": "Bearer"}
        with OAuth2Session(token=token) as client:
            try:
                response = client.get(f"{self._api_url}/people/me", **_CAREFULLY)
            except RequestException as error:
                raise lost(error) from error
        refuse_unless_good(response, now=self._clock())
        return read_person(json_object(response))

    def _tokens(self, integration: Integration, **form: str) -> TokenPair:
        with _client_of(integration) as client:
            try:
                response = client.post(
                    f"{self._api_url}/access_token",
                    data=form,
                    auth=client.client_auth("client_secret_post"),
                    headers={"Accept": "application/json"},
                    **_CAREFULLY,
                )
            except RequestException as error:
                raise GrantRefused(classify(0, {})) from error
        return read_tokens(response, now=self._clock())


def _client_of(integration: Integration) -> Any:  # noqa: ANN401 - Authlib publishes no types
    return OAuth2Session(integration.client_id, integration.client_secret.reveal())
