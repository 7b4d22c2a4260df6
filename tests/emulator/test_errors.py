from bot.emulator.errors import error_body, new_tracking_id


def test_a_refusal_has_the_three_fields_of_webex() -> None:
    body = error_body(404, "No such room.", "ROUTER_1")
    assert body["errors"] == [{"description": "No such room."}]
    assert body["trackingId"] == "ROUTER_1"
    assert body["message"] != "No such room."


def test_an_unusual_status_speaks_for_itself() -> None:
    assert error_body(423, "Being scanned.", "ROUTER_1")["message"] == "Being scanned."


def test_tracking_ids_differ() -> None:
    assert new_tracking_id().startswith("ROUTER_")
    assert new_tracking_id() != new_tracking_id()
