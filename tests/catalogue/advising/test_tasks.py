"""How people put several tasks into one message, and where one task only looks like several."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.catalogue.advising.tasks import tasks_in

CURL = (
    "curl -X POST https://webexapis.com/v1/rooms -H 'Accept: a; and add b' -d '{\"title\": \"a\"}'"
)


@pytest.mark.parametrize(
    ("text", "tasks"),
    [
        (
            "create a space\nadd people\r\n\npost a welcome",
            "create a space|add people|post a welcome",
        ),
        ("create a space; add people ;post", "create a space|add people|post"),
        ("- create a space\n* add people\n• post", "create a space|add people|post"),
        ("1. create a space\n2) add people\n(3) post", "create a space|add people|post"),
        ("1. create a space 2. add people 3) post", "create a space|add people|post"),
        ("- create a space - add people", "create a space|add people"),
        ("My bot should:\n- create a space\n- add people", "create a space|add people"),
        ("I need to: create a space; add people", "create a space|add people"),
        ("list users; List users; list users", "list users|List users"),
    ],
)
def test_lines_semicolons_and_list_marks_always_part(text: str, tasks: str) -> None:
    assert tasks_in(text) == tuple(tasks.split("|"))


@pytest.mark.parametrize(
    ("text", "tasks"),
    [
        (
            "create a space, add people to it and post a welcome",
            "create a space|add people to it|post a welcome",
        ),
        ("create a space and then add people", "create a space|add people"),
        ("create a space, then add people", "create a space|add people"),
        ("create a space then add people", "create a space|add people"),
        ("Create a space. Add people! Post it.", "Create a space|Add people|Post it"),
        ("I want to read it. I want to delete it.", "I want to read it|I want to delete it"),
        ("list my meetings & kick people out", "list my meetings|kick people out"),
        ("list call queues and call my boss", "list call queues|call my boss"),
        ("post to a space and also send a mail", "post to a space|send a mail"),
        ("creating spaces and adding people", "creating spaces|adding people"),
        ("every night pull the calls and post them", "every night pull the calls|post them"),
        ("find what is older than a day and delete it", "find what is older than a day|delete it"),
        (
            "My app can read all meetings and download their recordings, plus summarise them",
            "My app can read all meetings|download their recordings|summarise them",
        ),
        (
            "Can you list my meetings, and could you cancel the next one?",
            "Can you list my meetings|could you cancel the next one?",
        ),
        (
            "When somebody joins, add him to the space, post a welcome and send a mail",
            "When somebody joins, add him to the space|post a welcome|send a mail",
        ),
    ],
)
def test_where_another_verb_begins_another_task_begins(text: str, tasks: str) -> None:
    assert tasks_in(text) == tuple(tasks.split("|"))


@pytest.mark.parametrize(
    ("text", "tasks"),
    [
        ("create, update and delete meetings", "create meetings|update meetings|delete meetings"),
        ("I want to create and delete spaces", "I want to create spaces|delete spaces"),
        ("read/write messages", "read messages|write messages"),
        ("create or update users", "create users|update users"),
        ("start and stop recordings", "start recordings|stop recordings"),
        ("mute and unmute all", "mute all|unmute all"),
    ],
)
def test_verbs_that_share_an_object_each_get_it(text: str, tasks: str) -> None:
    assert tasks_in(text) == tuple(tasks.split("|"))


@pytest.mark.parametrize(
    "text",
    [
        "get the name, title and department of a user",
        "read messages, files and reactions",
        "list call queues and hunt groups",
        "read call history, call recordings and voicemail",
        "get the meeting start and end times",
        "set do not disturb and call forwarding",
        "add Bob, Alice and Carol to a space",
        "delete a message or a space",
        "drag and drop",
        "list rooms and list of members",
        "free rooms 3pm?",
        "we need a list of all devices and where they stand",
        "tell me who joined, and when they left",
        "get the title, the link to join meetings",
        "invite a colleague, who can create spaces and add members",
        "export recordings so that compliance can review and delete them",
        "as soon as a call is missed, create a task in our CRM",
        "when a call ends then post a message",
        "set the timeout to 5. 6 is too much",
        'post "hello, and add me; then leave" to the space',
        "post “one; two. Add three” to the space",
        "change the welcome text to: hello",
        "GET /rooms?max=5,6;7",
        CURL,
    ],
)
def test_what_is_one_task_stays_whole(text: str) -> None:
    assert tasks_in(text) == (text,)


def test_requests_stand_among_the_words() -> None:
    text = (
        "GET https://webexapis.com/v1/rooms/Y2?max=5, POST /messages and add people; PUT /people/a"
    )
    assert tasks_in(text) == (
        "GET https://webexapis.com/v1/rooms/Y2?max=5",
        "POST /messages",
        "add people",
        "PUT /people/a",
    )


def test_a_command_may_go_on_in_the_next_line() -> None:
    written = CURL.replace(" -H", " \\\n  -H").replace(" -d", " \\\r\n  -d")
    assert tasks_in(f"{written}\nlist users") == (CURL, "list users")


@pytest.mark.parametrize("text", ["", " \n\t", "...;;;\n- \n1. ", "!?", "&"])
def test_without_words_there_is_no_task(text: str) -> None:
    assert tasks_in(text) == ()


@settings(max_examples=60, deadline=None)
@given(
    st.text()
    | st.lists(st.sampled_from(["and", "create", ",", ";", "a", "1.", "\n"])).map(" ".join)
)
def test_whatever_is_written_a_task_is_a_line_with_words(text: str) -> None:
    for task in tasks_in(text):
        assert task == " ".join(task.split())
        assert any(sign.isalpha() for sign in task)
