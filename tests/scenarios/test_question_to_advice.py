"""From a vague wish in Webex over a question with buttons to the scopes that it takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from tests.fixed_ranking import reading
from tests.stage import ANA, BEN, SPACE, Stage

MEANINGS = {
    "get messages": ["GET /messages", "GET /meetings/postMeetingChats"],
    "post a welcome": ["POST /messages"],
}


@pytest.fixture(autouse=True)
def meanings(stage: Stage) -> None:
    """Let the words mean what this scenario says, whatever the ranking becomes."""
    understand(stage, MEANINGS)


def test_a_press_answers_the_question_and_the_advice_follows(stage: Stage) -> None:
    stage.say(ANA, "advise get messages and post a welcome")
    question = stage.heard(ANA)[-1]
    assert "Which one do you mean?" in question["markdown"]
    stage.press(ANA, question, "List Messages")
    assert "The smallest set: 2 scopes" in stage.last(ANA)
    assert "spark:messages_read spark:messages_write" in stage.last(ANA)


def test_in_a_space_a_colleague_may_press(stage: Stage) -> None:
    stage.say(ANA, "advise get messages", space=SPACE)
    stage.press(BEN, stage.heard_in(SPACE)[-1], "None of these")
    assert "“get messages”: none of what I offered." in stage.heard_in(SPACE)[-1]["markdown"]


def test_the_tasks_may_be_written_into_the_card(stage: Stage) -> None:
    stage.say(ANA, "advise")
    stage.press(ANA, stage.heard(ANA)[-1], "Find the scopes", words="post a welcome\nGET /rooms")
    assert "spark:messages_write spark:rooms_read" in stage.last(ANA)


def test_a_list_in_a_message_is_several_tasks(stage: Stage) -> None:
    stage.say(ANA, "advise\n\n- post a welcome\n- GET /rooms", space=SPACE)
    said = stage.heard_in(SPACE)[-1]["markdown"]
    assert "spark:messages_write spark:rooms_read" in said


def understand(stage: Stage, meanings: Mapping[str, Sequence[str]]) -> None:
    """Exchange the advisor of a stage for one that knows these words alone."""
    conversation = stage.consentry.conversation
    services = conversation.answers.services
    services = replace(services, advisor=reading(services.advisor, meanings))
    conversation = replace(conversation, answers=replace(conversation.answers, services=services))
    stage.consentry = replace(stage.consentry, conversation=conversation)
    stage.worker.stop()
    stage.worker = stage.consentry.worker()
