from pathlib import Path

import pytest

from recommender.engine.elasticsearch import ElasticsearchEngine
from recommender.engine.embedded import EmbeddedEngine
from recommender.engine.factory import create_engine
from recommender.errors import SettingsError
from recommender.settings import Settings


def test_the_default_needs_no_server(tmp_path: Path) -> None:
    engine = create_engine(Settings(data_dir=tmp_path))

    assert isinstance(engine, EmbeddedEngine)
    assert list(engine.indices()) == []
    assert any(tmp_path.iterdir())
    engine.close()


def test_one_setting_changes_the_engine(tmp_path: Path) -> None:
    engine = create_engine(
        Settings.from_environment({"SEOGA_ENGINE": "elasticsearch", "SEOGA_DATA_DIR": str(tmp_path)})
    )

    assert isinstance(engine, ElasticsearchEngine)
    assert list(tmp_path.iterdir()) == []
    engine.close()


def test_settings_reach_the_engine(tmp_path: Path) -> None:
    settings = Settings(engine="elasticsearch", elasticsearch_username="seoga", data_dir=tmp_path)

    with pytest.raises(SettingsError, match="SEOGA_ELASTICSEARCH_PASSWORD"):
        create_engine(settings)
