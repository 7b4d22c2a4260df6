"""Consentry: a Webex bot that explains scopes, asks for consent and keeps grants alive."""
