"""Advice: which scopes some tasks need, and whether an integration has the right ones."""
