"""A bot without a worker: it hears, answers and sends in one thread, one thing after another.

The baseline of the answers: the same code, database and doors, but nothing at once.
"""

from __future__ import annotations

import time

from bot.app import build
from bot.settings import environment, read_settings

_PAUSE_SECONDS = 0.005


def answer_for_ever() -> None:
    consentry = build(read_settings(environment()))
    consentry.worker().open_up()
    while True:
        heard = consentry.conversation.hear_next("alone")
        sent = consentry.deliveries.deliver_next("alone")
        if not (heard or sent):
            time.sleep(_PAUSE_SECONDS)


if __name__ == "__main__":
    answer_for_ever()
