from bot.emulator.clock import EmulatorClock
from bot.emulator.request_log import KEPT_REQUESTS, RequestLog


def test_entries_are_found_by_method_and_path() -> None:
    log = RequestLog(EmulatorClock())
    log.add(("GET", "/v1/rooms", "max=1"), None, (200, "A"))
    log.add(("POST", "/v1/rooms", ""), "ana@clinic.example", (409, "B"))
    assert [entry.tracking_id for entry in log.entries()] == ["A", "B"]
    assert [entry.tracking_id for entry in log.entries("POST")] == ["B"]
    assert [entry.status for entry in log.entries(path="/v1/rooms")] == [200, 409]
    log.clear()
    assert log.entries() == []


def test_only_the_latest_are_kept() -> None:
    log = RequestLog(EmulatorClock())
    for number in range(KEPT_REQUESTS + 5):
        log.add(("GET", f"/{number}", ""), None, (200, "x"))
    assert len(log.entries()) == KEPT_REQUESTS
    assert log.entries()[0].path == "/5"
