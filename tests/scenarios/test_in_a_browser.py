"""The story as a newcomer lives it: on the emulator's chat page and the consent pages."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.stage import ANA, Stage, staged

RENDERER = Path(sys.prefix) / "share" / "adaptivecards" / "adaptivecards.min.js"


@pytest.fixture
def stage(sqlite_url: str) -> Iterator[Stage]:
    renderer = RENDERER if RENDERER.exists() else None
    with staged(sqlite_url, adaptive_cards=renderer) as stage:
        stage.register()
        stage.worker.start()
        yield stage


@pytest.fixture
def page(browser: Browser, stage: Stage) -> Iterator[Page]:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(stage.webex.url)
        yield page


def test_a_newcomer_asks_consents_and_sees_the_connection(page: Page, stage: Stage) -> None:
    write(page, "connect calling")
    with page.context.expect_page() as opened:
        click_link(page, "Continue to Webex")
    webex = opened.value
    expect(webex.get_by_text("spark:calls_read")).to_be_visible()
    webex.get_by_role("button", name="Accept").click()
    expect(webex.get_by_role("heading")).to_contain_text("Calling Dashboard is connected")
    expect(webex.get_by_text(ANA)).to_be_visible()
    webex.close()
    expect(talk(page)).to_contain_text("Calling Dashboard is connected")
    write(page, "status")
    expect(talk(page)).to_contain_text("Renews itself until you end it")


def test_who_declines_reads_a_plain_page_without_scripts(browser: Browser, stage: Stage) -> None:
    stage.control("speak", person=ANA, to="consentry@webex.bot", text="connect calling")
    wait_for_answer(stage)
    with browser.new_context(java_script_enabled=False) as context:
        plain = context.new_page()
        plain.goto(stage.link(ANA))
        plain.get_by_role("button", name="Decline").click()
        expect(plain.get_by_role("heading")).to_contain_text("You said no")
        expect(plain.get_by_text("nothing was stored")).to_be_visible()


def write(page: Page, text: str) -> None:
    page.get_by_role("textbox").fill(text)
    page.get_by_role("button", name="Send", exact=True).click()


def talk(page: Page) -> Locator:
    return page.locator("main")


def click_link(page: Page, title: str) -> None:
    """Press the card's button, or the link of the fallback where no renderer is installed."""
    page.locator(f".ac-pushButton:has-text('{title}'), main a:has-text('{title}')").first.click()


def wait_for_answer(stage: Stage) -> None:
    for _ in range(100):
        if stage.heard(ANA):
            return
        threading.Event().wait(0.05)
    pytest.fail("no answer came")
