"""Elasticsearch that is not there, goes away in the middle, or wants a password."""

import socket
import threading
import time
from collections.abc import Iterator

import pytest

from recommender.engine.base import Action, Engine, Operation, Outcome, Search
from recommender.engine.elasticsearch import ElasticsearchEngine
from recommender.engine.schema import load_schema
from recommender.errors import EngineForbiddenError, EngineUnavailableError, IndexMissingError, SettingsError
from tests.elasticsearch_node import Node, running_node

HISTORY = load_schema("reading_history")
INDEX = "reading_history"
PASSWORD = "서가-test-password"  # noqa: S105 (of a node that lives as long as this module)
QUICK_S = 30.0
"""Well under the minutes that a client left to itself would wait, and well over what a busy machine needs."""

ASKED = [
    lambda engine: engine.create_index("new", HISTORY),
    lambda engine: engine.drop_index("new"),
    lambda engine: engine.indices(),
    lambda engine: engine.aliases(),
    lambda engine: engine.schema(INDEX),
    lambda engine: engine.move_alias("history", INDEX),
    lambda engine: engine.bulk(INDEX, [Operation(Action.CREATE, "e1", {})]),
    lambda engine: engine.refresh(INDEX),
    lambda engine: engine.optimize(INDEX),
    lambda engine: engine.msearch([Search(INDEX, {})]),
    lambda engine: engine.mget(INDEX, ["e1"]),
    lambda engine: engine.count(INDEX),
    lambda engine: list(engine.scan(INDEX)),
]


@pytest.fixture
def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@pytest.fixture(scope="module")
def secured_node() -> Iterator[Node]:
    """A node with HTTPS and a password."""
    with running_node(password=PASSWORD) as node:
        yield node


@pytest.mark.parametrize("ask", ASKED)
def test_a_node_that_is_not_there_is_named(free_port: int, ask: object) -> None:
    engine = ElasticsearchEngine(f"http://reader:secret@127.0.0.1:{free_port}")
    began = time.monotonic()

    with pytest.raises(EngineUnavailableError) as raised:
        ask(engine)  # type: ignore[operator]

    assert time.monotonic() - began < QUICK_S
    assert f"http://127.0.0.1:{free_port} does not answer" in str(raised.value)
    assert "Connection refused" in str(raised.value)
    assert "SEOGA_ELASTICSEARCH_URL" in str(raised.value)
    assert "secret" not in str(raised.value)
    engine.close()


def test_health_of_a_node_that_is_not_there(free_port: int) -> None:
    engine = ElasticsearchEngine(f"http://127.0.0.1:{free_port}")

    health = engine.health()

    assert not health.ok
    assert f"http://127.0.0.1:{free_port} does not answer" in health.detail
    engine.close()


def test_a_node_that_does_not_answer_in_time_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        engine = ElasticsearchEngine(url, timeout_s=0.3)

        with pytest.raises(EngineUnavailableError, match=f"{url} did not answer in time.*SEOGA_ELASTICSEARCH_TIMEOUT"):
            engine.msearch([Search(INDEX, {})])

        engine.close()


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ({"url": "elasticsearch"}, "SEOGA_ELASTICSEARCH_URL=elasticsearch"),
        ({"url": "http://127.0.0.1:9200", "api_key": "k", "username": "u", "password": "p"}, "both set"),
        ({"url": "http://127.0.0.1:9200", "username": "u"}, "set both, or neither"),
    ],
)
def test_settings_that_contradict_each_other_are_named(options: dict[str, str], named: str) -> None:
    with pytest.raises(SettingsError, match=named):
        ElasticsearchEngine(**options)


def test_a_node_that_dies_while_documents_are_written() -> None:
    with running_node() as node:
        engine = ElasticsearchEngine(node.url)
        engine.create_index(INDEX, HISTORY)
        written = threading.Event()

        def operations() -> Iterator[Operation]:
            for number in range(1_000_000):
                if number == 5_000:
                    written.set()
                    node.kill()
                yield Operation(Action.INDEX, f"e{number}", {"reader_id": "r1"})

        with pytest.raises(EngineUnavailableError, match=f"{node.url} does not answer"):
            engine.bulk(INDEX, operations())

        assert written.is_set()
        with pytest.raises(EngineUnavailableError, match=f"{node.url} does not answer"):
            engine.msearch([Search(INDEX, {})])
        assert not engine.health().ok
        engine.close()


@pytest.mark.parametrize("username", ["elastic", "seoga"])
def test_a_secured_node_with_its_password_and_certificate(secured_node: Node, username: str) -> None:
    engine = _secured_engine(secured_node, username)

    _use_everything(engine)

    assert engine.health().ok
    engine.close()


def test_a_user_who_may_not_guard_the_names_is_told_and_served(
    secured_node: Node, caplog: pytest.LogCaptureFixture
) -> None:
    engine = _secured_engine(secured_node, "indices_only")

    _use_everything(engine)

    assert "indices can be created by writing to them" in caplog.text
    assert "manage_index_templates" in caplog.text
    engine.close()


def test_another_application_s_indices_are_not_ours(secured_node: Node) -> None:
    engine = _secured_engine(secured_node, "seoga", index_prefix="theirs-")

    with pytest.raises(EngineForbiddenError, match=r"privileges listed in docs/engines\.md"):
        engine.create_index(INDEX, HISTORY)

    engine.close()


def _secured_engine(node: Node, username: str, index_prefix: str = "seoga-") -> Engine:
    return ElasticsearchEngine(
        node.url,
        username=username,
        password=PASSWORD,
        ca_certs=node.ca_certs,
        timeout_s=60.0,
        index_prefix=index_prefix,
    )


def _use_everything(engine: Engine) -> None:
    """Every method once, on an index that is dropped again."""
    engine.create_index(INDEX, HISTORY)
    (result,) = engine.bulk(INDEX, [Operation(Action.CREATE, "e1", {"tokens": "데미안"})], refresh=True)
    engine.optimize(INDEX)
    engine.move_alias("history", INDEX)
    (found,) = engine.msearch([Search("history", {"query": {"match": {"tokens": {"query": "데미안"}}}})])
    assert result.outcome is Outcome.CREATED
    assert [hit.id for hit in found.hits] == ["e1"]
    assert [document.id for document in engine.scan(INDEX)] == ["e1"]
    assert [document and document.id for document in engine.mget(INDEX, ["e1"])] == ["e1"]
    assert engine.count(INDEX) == 1
    assert engine.schema("history") == HISTORY
    assert engine.aliases() == {"history": INDEX}
    engine.drop_index(INDEX)
    assert list(engine.indices()) == []


@pytest.mark.parametrize(
    "credentials",
    [{}, {"username": "elastic", "password": "wrong"}, {"api_key": "d3Jvbmc6d3Jvbmc="}],
    ids=["none", "wrong password", "wrong key"],
)
def test_a_secured_node_refuses_everybody_else(secured_node: Node, credentials: dict[str, str]) -> None:
    engine = ElasticsearchEngine(secured_node.url, ca_certs=secured_node.ca_certs, timeout_s=60.0, **credentials)

    with pytest.raises(EngineForbiddenError, match="refuses the credentials; set SEOGA_ELASTICSEARCH_API_KEY"):
        engine.count(INDEX)

    assert not engine.health().ok
    engine.close()


def test_a_certificate_of_an_unknown_authority_is_refused(secured_node: Node) -> None:
    engine = ElasticsearchEngine(secured_node.url, username="elastic", password=PASSWORD)

    with pytest.raises(EngineUnavailableError, match=r"certificate.*SEOGA_ELASTICSEARCH_CA_CERTS"):
        engine.count(INDEX)

    engine.close()


def test_an_index_that_was_never_loaded_tells_what_to_do(elasticsearch_url: str) -> None:
    engine = ElasticsearchEngine(elasticsearch_url, index_prefix="never-loaded-")

    with pytest.raises(IndexMissingError, match=r"never-loaded-books.*python -m indexer"):
        engine.count("books")

    engine.close()
