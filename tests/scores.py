"""Prints the scores that tests record, below the results: ``record_property(SCORE, text)``."""

from __future__ import annotations

import pytest

SCORE = "score"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Show every recorded score; they arrive from all workers with the tests' reports."""
    scores = [
        text
        for report in terminalreporter.getreports("passed") + terminalreporter.getreports("failed")
        for name, text in report.user_properties
        if name == SCORE
    ]
    if scores:
        terminalreporter.section("scores")
        terminalreporter.write("\n".join([*scores, ""]))
