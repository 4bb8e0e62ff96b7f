"""Hearing several at once, each in a thread of its own, as they speak."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from queue import Empty, Queue

from recommender.generation.base import Cancelled, Piece, Written

Say = Callable[[Piece | Written], None]

Speak = Callable[[int, Say, threading.Event], None]
"""Speaks of the task at a place, until it has said `Written` or the event says that nobody listens any more."""

LOOK_S = 0.05
"""How soon it is noticed that everybody left while nobody speaks."""


def as_they_speak(speak: Speak, tasks: int, *, at_once: int, cancelled: Cancelled) -> Iterator[Piece | Written]:
    """What is said of all tasks, as it comes; ends when all are written, or nobody listens.

    Raises:
        GeneratorError: one of them failed; the others are told that nobody listens.
    """
    said: Queue[Piece | Written | Exception] = Queue()
    over = threading.Event()

    def try_to_speak(place: int) -> None:
        try:
            speak(place, said.put, over)
        except Exception as error:  # noqa: BLE001 (whatever it is: raised again where somebody hears it)
            said.put(error)

    pool = ThreadPoolExecutor(max_workers=min(tasks, at_once), thread_name_prefix="writing")
    for place in range(tasks):
        pool.submit(try_to_speak, place)
    try:
        yield from _heard(said, tasks, cancelled)
    finally:
        over.set()
        pool.shutdown(wait=False, cancel_futures=True)


def _heard(said: "Queue[Piece | Written | Exception]", tasks: int, cancelled: Cancelled) -> Iterator[Piece | Written]:
    unfinished = tasks
    while unfinished and not cancelled():
        try:
            each = said.get(timeout=LOOK_S)
        except Empty:
            continue
        if isinstance(each, Exception):
            raise each
        unfinished -= isinstance(each, Written)
        yield each
