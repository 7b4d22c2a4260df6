"""The chat page, as a browser shows it."""

import base64
import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from playwright.sync_api import Browser, Page, expect

from bot.emulator.page import RENDERER, RENDERER_HASH
from bot.emulator.server import Emulator
from tests.emulator.world import (
    ANA,
    BEN,
    CARD,
    ORGANISATION,
    ROBO,
    Api,
    Control,
    authorize_url,
    card_attachment,
    granted,
)

INSTALLED_RENDERER = Path(sys.prefix) / "share" / "adaptivecards" / "adaptivecards.min.js"
# Stands for Microsoft's renderer where that is not installed: one button per Submit action.
STAND_IN = """
window.AdaptiveCards = {
  Versions: {}, HostConfig: class {}, OpenUrlAction: class {}, SubmitAction: class {},
  AdaptiveCard: class {
    parse(card) { this.card = card; }
    render() {
      const box = document.createElement("div");
      for (const action of this.card.actions) {
        const button = document.createElement("button");
        button.textContent = action.title;
        button.onclick = () => this.onExecuteAction(
          Object.assign(new AdaptiveCards.SubmitAction(), { data: action.data }));
        box.append(button);
      }
      return box;
    }
  },
};
"""


@pytest.fixture
def webex(tmp_path: Path) -> Iterator[Emulator]:
    stand_in = tmp_path / "adaptivecards.min.js"
    stand_in.write_text(STAND_IN)
    renderer = INSTALLED_RENDERER if INSTALLED_RENDERER.is_file() else stand_in
    with Emulator(ORGANISATION, adaptive_cards=renderer) as running:
        yield running


@pytest.fixture
def page(browser: Browser, webex: Emulator) -> Iterator[Page]:
    """The chat page; whatever goes wrong in it fails the test."""
    context = browser.new_context()
    shown = context.new_page()
    wrongs: list[str] = []
    shown.on("pageerror", lambda error: wrongs.append(str(error)))
    shown.on("console", lambda said: wrongs.append(said.text) if said.type == "error" else None)
    shown.goto(webex.url)
    yield shown
    context.close()
    assert wrongs == []


def send(page: Page, text: str) -> None:
    page.get_by_label("Message").fill(text)
    page.get_by_label("Message").press("Enter")


def test_a_person_chats_with_a_bot(page: Page, robo: Api) -> None:
    send(page, "help <b>me</b>")
    expect(page.locator("#messages .message")).to_have_count(1)
    assert (
        robo.ok("GET", "/messages/direct", personEmail=ANA)["items"][0]["text"] == "help <b>me</b>"
    )
    robo.ok("POST", "/messages", {"toPersonEmail": ANA, "markdown": "**Hello** <img src=x>"})
    expect(page.locator("#messages strong", has_text="Hello")).to_be_visible()
    expect(page.locator("#messages img, #messages b")).to_have_count(0)


def test_a_press_reaches_the_bot(page: Page, robo: Api, webex: Emulator) -> None:
    wish = {"toPersonEmail": ANA, "text": "fallback", "attachments": card_attachment(CARD)}
    robo.ok("POST", "/messages", wish)
    page.locator(".space", has_text="Robo").click()
    page.locator(".card").get_by_text("Go").click()
    expect(page.locator(".sent")).to_be_visible()
    assert [action.inputs for action in webex.state.actions.values()] == [{"action": "go"}]


def test_what_others_got_is_seen_as_badges_and_news(page: Page, control: Control) -> None:
    control.say(ANA, "for the team", space="Telephony")
    ben = page.locator(".person", has_text="Ben Okafor")
    expect(ben.locator(".badge")).to_have_text("1")
    expect(page.locator(".news").first).to_contain_text("for the team")
    ben.click()
    page.locator(".space", has_text="Telephony").click()
    expect(page.locator("#messages .message")).to_have_count(1)
    expect(ben.locator(".badge")).to_have_count(0)


def test_a_bot_is_mentioned_by_a_button(page: Page, webex: Emulator) -> None:
    page.locator(".space", has_text="Telephony").click()
    page.locator("#mention").filter(has_text="@Robo").click()
    page.get_by_label("Message").press_sequentially("help")
    page.get_by_label("Message").press("Enter")
    expect(page.locator("spark-mention")).to_have_text("Robo")
    assert next(iter(webex.state.messages.values())).content.mentioned_people


def test_time_is_moved_and_consents_are_taken_back(page: Page, webex: Emulator) -> None:
    granted(webex, ANA)
    expect(page.locator(".grant")).to_contain_text("Dashboard")
    page.get_by_role("button", name="+7 days").click()
    page.get_by_role("button", name="Take back").click()
    expect(page.locator(".grant")).to_contain_text("taken back")
    assert webex.clock.offset.days == 7
    assert webex.state.grants.living() == []


def test_news_lead_to_where_they_happened(page: Page, control: Control) -> None:
    control.say(BEN, "psst", space="Secret")
    page.locator(".news", has_text="psst").click()
    expect(page.locator("#title")).to_have_text("Secret")
    expect(page.locator(".person[aria-current=true]")).to_contain_text("Ben Okafor")


def test_a_deleted_message_says_so_and_typed_text_stays(
    page: Page, robo: Api, control: Control
) -> None:
    control.say(ANA, "hi", to=ROBO)
    message = robo.ok("POST", "/messages", {"toPersonEmail": ANA, "text": "oops"})
    expect(page.locator("#messages")).to_contain_text("oops")
    page.get_by_label("Message").fill("half a sen")
    robo.ok("DELETE", f"/messages/{message['id']}")
    expect(page.locator(".message.deleted")).to_contain_text("was deleted")
    expect(page.get_by_label("Message")).to_have_value("half a sen")


def test_a_person_consents_in_the_browser(page: Page, webex: Emulator) -> None:
    page.route("https://app.example/**", lambda route: route.fulfill(body="back at the app"))
    page.goto(authorize_url(webex, login_hint=ANA))
    expect(page.get_by_label("You are signed in as")).to_have_value(ANA)
    page.get_by_role("button", name="Accept").click()
    expect(page.locator("body")).to_have_text("back at the app")
    assert "code=" in page.url


def test_the_page_is_readable_on_a_phone(page: Page, control: Control) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    control.say(ANA, "a" * 300, to=ROBO)
    expect(page.locator("#messages .message")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_without_the_renderer_a_card_is_shown_as_its_text(
    browser: Browser, robo: Api, webex: Emulator
) -> None:
    wish = {"toPersonEmail": ANA, "markdown": "**fallback**", "attachments": card_attachment(CARD)}
    robo.ok("POST", "/messages", wish)
    context = browser.new_context()
    shown = context.new_page()
    shown.route("**/adaptivecards*.js", lambda route: route.abort())
    shown.goto(webex.url)
    shown.locator(".space", has_text="Robo").click()
    expect(shown.locator("#messages strong", has_text="fallback")).to_be_visible()
    context.close()


def test_an_absent_renderer_is_loaded_with_an_integrity_hash(tmp_path: Path) -> None:
    with Emulator(ORGANISATION, adaptive_cards=tmp_path / "absent.js") as running:
        answer = requests.get(running.url, timeout=5)
    assert f'src="{RENDERER}" integrity="{RENDERER_HASH}" crossorigin="anonymous"' in answer.text
    assert (
        len(base64.b64decode(RENDERER_HASH.removeprefix("sha384-"))) == hashlib.sha384().digest_size
    )


def test_the_page_forbids_foreign_scripts_and_framing(webex: Emulator) -> None:
    policy = requests.get(webex.url, timeout=5).headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self' https://cdn.jsdelivr.net;" in policy
    assert "frame-ancestors 'none'" in policy
