import pytest

from bot.emulator.consent_desk import ConsentDesk, ConsentPageError, ConsentRequest
from tests.emulator.world import DASHBOARD, REDIRECT


def test_a_ticket_is_good_for_one_answer() -> None:
    desk = ConsentDesk()
    asked = ConsentRequest(DASHBOARD, REDIRECT, ("spark:people_read",), None, None, None)
    ticket = desk.wait(asked)
    assert desk.take(ticket) is asked
    with pytest.raises(ConsentPageError, match="already"):
        desk.take(ticket)
