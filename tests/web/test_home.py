from bot.web import application, home


def page(chat_url: str = "") -> str:
    app = application.create(home.blueprint(chat_url=chat_url), is_secure=False)
    return app.test_client().get("/").text


def test_the_front_page_says_what_this_is_and_what_to_do() -> None:
    assert "Consentry is a Webex bot" in page()
    assert "Find the bot in Webex" in page()
    assert "emulated" not in page()


def test_a_demonstration_leads_to_the_chat() -> None:
    assert '<a href="http://127.0.0.1:8081/">Open the chat</a>' in page("http://127.0.0.1:8081/")
    assert "only emulated here" in page("http://127.0.0.1:8081/")


def test_an_address_builds_no_markup() -> None:
    assert "<b>" not in page('http://127.0.0.1/"><b>')
