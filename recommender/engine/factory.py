"""Making the engine that the settings name."""

from recommender.engine.base import Engine
from recommender.settings import Settings


def create_engine(settings: Settings) -> Engine:
    """The engine that `SEOGA_ENGINE` chooses, ready to be asked; whoever calls this closes it.

    Raises:
        SettingsError: the settings contradict each other.
    """
    return _elasticsearch(settings) if settings.engine == "elasticsearch" else _embedded(settings)


def _elasticsearch(settings: Settings) -> Engine:
    from recommender.engine.elasticsearch import ElasticsearchEngine

    return ElasticsearchEngine(
        settings.elasticsearch_url,
        api_key=settings.elasticsearch_api_key,
        username=settings.elasticsearch_username,
        password=settings.elasticsearch_password,
        ca_certs=settings.elasticsearch_ca_certs,
        timeout_s=settings.elasticsearch_timeout,
        index_prefix=settings.elasticsearch_prefix,
    )


def _embedded(settings: Settings) -> Engine:
    from recommender.engine.embedded import EmbeddedEngine

    return EmbeddedEngine(settings.data_dir / "engine")
