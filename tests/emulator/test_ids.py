import base64

from bot.emulator.ids import inner_key, new_id, stable_id


def test_ids_are_unpadded_base64_of_an_address() -> None:
    made = stable_id("PEOPLE", "ana@clinic.example")
    assert not made.endswith("=")
    padded = made + "=" * (-len(made) % 4)
    assert base64.b64decode(padded).startswith(b"ciscospark://us/PEOPLE/")
    assert inner_key(made).count("-") == 4


def test_what_is_known_from_the_start_keeps_its_id_and_the_rest_does_not() -> None:
    assert stable_id("ROOM", "x") == stable_id("ROOM", "x") != stable_id("PEOPLE", "x")
    assert new_id("MESSAGE") != new_id("MESSAGE")
