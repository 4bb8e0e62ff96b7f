import json
from collections.abc import Generator

import pytest
from flask import Flask

from webapp.streaming import Event, HeldConnections, event_stream, last_number, wants_events


def test_an_event_is_written_as_the_standard_has_it() -> None:
    event = Event("sentence", {"book": "b1", "text": "첫 줄\n둘째 줄"}, number=3)
    name = str(Event("books", {}))
    assert str(event) == 'id: 3\nevent: sentence\ndata: {"book": "b1", "text": "첫 줄\\n둘째 줄"}\n\n'
    assert name == "event: books\ndata: {}\n\n"


def test_only_so_many_connections_wait() -> None:
    held = HeldConnections(most=2)
    with held.hold() as first, held.hold() as second, held.hold() as third:
        assert (first, second, third) == (True, True, False)
    with held.hold() as again:
        assert again


@pytest.mark.parametrize(
    ("accept", "wanted"),
    [
        ("text/event-stream", True),
        ("text/event-stream, application/json;q=0.5", True),
        ("application/json", False),
        ("*/*", False),  # what curl asks for
        ("", False),
    ],
)
def test_events_are_sent_to_those_who_ask_for_them(app: Flask, accept: str, *, wanted: bool) -> None:
    with app.test_request_context(headers={"Accept": accept}):
        assert wants_events() is wanted


@pytest.mark.parametrize(("given", "number"), [("7", 7), ("", 0), ("-1", 0), ("a", 0), ("9" * 30, 0)])
def test_a_browser_says_what_it_has_already(app: Flask, given: str, number: int) -> None:
    with app.test_request_context(headers={"Last-Event-ID": given}):
        assert last_number() == number


def test_a_stream_ends_where_the_client_has_left(app: Flask) -> None:
    left = iter((False, True))
    closed = []

    def events() -> Generator[Event]:
        try:
            for number in range(5):
                yield Event("sentence", {"number": number})
        finally:
            closed.append(True)

    with app.test_request_context(environ_overrides={"waitress.client_disconnected": lambda: next(left)}):
        lines = event_stream(events()).get_data(as_text=True).split("\n\n")
    assert [json.loads(line.partition("data: ")[2])["number"] for line in lines if "data" in line] == [0]
    assert closed
