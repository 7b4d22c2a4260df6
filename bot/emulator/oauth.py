"""The OAuth routes: the consent page in the browser and the token endpoint."""

from flask import Flask, Response, g, jsonify, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from bot.emulator.consent import Refusal, accept, decline, read_request
from bot.emulator.consent_desk import ConsentPageError, ConsentRequest
from bot.emulator.state import State
from bot.emulator.tokens import TokenError, answer

FORM = "application/x-www-form-urlencoded"
# No form-action here: browsers apply it to the redirect that follows the form as well.
PAGE_POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; frame-ancestors 'none'"


def install(app: Flask, state: State) -> None:
    """Hang the OAuth routes under `/v1`."""

    def authorize() -> AnyResponse:
        with state.lock:
            asked = read_request(state, request.args.to_dict())
            if isinstance(asked, Refusal):
                return redirect(asked.url)
            return _page(
                "consent.html", 200, ticket=state.consent_desk.wait(asked), **_shown(state, asked)
            )

    def decide() -> AnyResponse:
        with state.lock:
            asked = state.consent_desk.take(request.form.get("ticket", ""))
            if request.form.get("decision") != "accept":
                return redirect(decline(asked).url)
            person = state.account_by_email(request.form.get("person", ""))
            return redirect(accept(state, asked, person))

    def access_token() -> Response:
        with state.lock:
            if request.mimetype != FORM:
                raise TokenError(415, "invalid_request", f"The body must be {FORM}.")
            tokens = answer(state, request.form, request.headers.get("Authorization"))
        response = jsonify(tokens)
        response.headers["Cache-Control"] = "no-store"
        return response

    def refuse(refusal: TokenError) -> Response:
        response = jsonify(refusal.body(state.grants.policy.error_dress, g.tracking_id))
        response.status_code = refusal.status
        return response

    app.add_url_rule("/v1/authorize", "authorize", authorize, methods=["GET"])
    app.add_url_rule("/v1/authorize", "decide", decide, methods=["POST"])
    app.add_url_rule("/v1/access_token", "access_token", access_token, methods=["POST"])
    app.register_error_handler(TokenError, refuse)
    app.register_error_handler(ConsentPageError, _bad_request)


def _shown(state: State, asked: ConsentRequest) -> dict[str, object]:
    people = [a for a in state.accounts.values() if not a.is_bot and a.is_active]
    hint = (asked.login_hint or "").lower()
    return {
        "integration": asked.integration,
        "scopes": asked.scopes,
        "people": people,
        "hint": hint,
    }


def _bad_request(error: ConsentPageError) -> Response:
    return _page("refused.html", 400, reason=str(error))


def _page(template: str, status: int, **values: object) -> Response:
    response = Response(render_template(template, **values), status=status, mimetype="text/html")
    response.headers["Content-Security-Policy"] = PAGE_POLICY
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    return response
