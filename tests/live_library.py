"""A small library served in this process by the real server, whose generator a test holds by the hand."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from recommender.bundle import Bundle, load_bundle
from recommender.generation.base import Generator
from recommender.library import Library, open_library
from recommender.recommend.answering import Answers
from recommender.recommend.service import RecommendService
from recommender.settings import Settings
from tests.small_library import SmallLibrary
from webapp.application import create_app
from webapp.server import create_server

PATIENCE_S = 30.0


@dataclass
class Clock:
    """The real time, which can be put forward."""

    ahead: float = 0.0

    def __call__(self) -> float:
        return time.monotonic() + self.ahead


@dataclass(frozen=True)
class LiveLibrary:
    """An open library, and the clock by which its answers are kept."""

    opened: Library
    clock: Clock

    @property
    def answers(self) -> Answers:
        return self.opened.answers


@contextmanager
def opened_library(folder: Path) -> Iterator[Library]:
    """A real library with the books of the small one, on the embedded engine."""
    library = open_library(Settings(data_dir=folder, generator="transformers:gated", cache="off"))
    SmallLibrary(library.engine, library.analyzer)
    yield library
    library.close()


def live_library(library: Library, generator: Generator, **queue: float) -> LiveLibrary:
    """The library, answered by a generator; `queue` changes parameters of the bundle's queue."""
    bundle, clock = _bundle(queue), Clock()
    service = RecommendService(
        engine=library.engine,
        search=library.search,
        readers=library.readers,
        analyzer=library.analyzer,
        encoder=library.encoder,
        generator=generator,
        bundle=bundle,
    )
    answers = Answers(service, generator, library.analyzer, bundle, clock=clock)
    return LiveLibrary(replace(library, answers=answers), clock)


@contextmanager
def serving(library: LiveLibrary) -> Iterator[str]:
    """The URL of the real server over a library, until the block ends."""
    server = create_server(create_app(library.opened), host="127.0.0.1", port=0)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        library.answers.close()
        server.trigger.pull_trigger(server.close)  # in the server's own thread, whose loop then ends
        thread.join(timeout=PATIENCE_S)
        server.task_dispatcher.shutdown()


def eventually(is_so: Callable[[], bool]) -> bool:
    """Whether something becomes true before patience ends."""
    end = time.monotonic() + PATIENCE_S
    while not is_so() and time.monotonic() < end:
        time.sleep(0.01)
    return is_so()


def _bundle(queue: dict[str, float]) -> Bundle:
    bundle = load_bundle()
    tuned = replace(bundle.recommend.queue, **queue)  # type: ignore[arg-type]
    return replace(bundle, recommend=replace(bundle.recommend, queue=tuned))
