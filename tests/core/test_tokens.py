from __future__ import annotations

from bot.core.secrets import Secret
from bot.core.tokens import TokenPair, pkce_challenge


def test_the_challenge_is_that_of_the_standards_own_example() -> None:
    # RFC 7636, appendix B.
    verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    assert pkce_challenge(verifier) == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


def test_what_webex_left_out_is_none_and_the_tokens_are_masked() -> None:
    tokens = TokenPair(Secret("access-value"))
    assert (tokens.refresh, tokens.access_lives, tokens.refresh_lives, tokens.scopes) == (None,) * 4
    assert "access-value" not in repr(tokens)
