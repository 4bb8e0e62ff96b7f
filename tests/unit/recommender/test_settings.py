from pathlib import Path

import pytest

from recommender.errors import SettingsError
from recommender.settings import Settings


def test_nothing_set_is_the_embedded_engine_in_the_data_folder() -> None:
    assert Settings.from_environment({"PATH": "/bin", "SEOGA_OPENAI_MODEL": ""}) == Settings()


def test_every_kind_of_value_is_read(tmp_path: Path) -> None:
    certificate = tmp_path / "ca.pem"
    certificate.write_text("", encoding="utf-8")
    environment = {
        "SEOGA_ENGINE": "elasticsearch",
        "SEOGA_ELASTICSEARCH_URL": " https://search.example:9200 ",
        "SEOGA_ELASTICSEARCH_CA_CERTS": str(certificate),
        "SEOGA_ELASTICSEARCH_TIMEOUT": "2.5",
        "SEOGA_DATA_DIR": "somewhere/else",
        "SEOGA_TIME_ZONE": "Europe/Berlin",
        "SEOGA_CACHE": "rediss://cache.example:6380/1",
        "SEOGA_CACHE_MEGABYTES": "8",
        "SEOGA_POWER_WATTS": "0",
        "SEOGA_PRICE_COMPLETION": "0.6",
    }

    settings = Settings.from_environment(environment)

    assert settings == Settings(
        engine="elasticsearch",
        elasticsearch_url="https://search.example:9200",
        elasticsearch_ca_certs=certificate,
        elasticsearch_timeout=2.5,
        data_dir=Path("somewhere/else"),
        time_zone="Europe/Berlin",
        cache="rediss://cache.example:6380/1",
        cache_megabytes=8,
        power_watts=0.0,
        price_completion=0.6,
    )


@pytest.mark.parametrize(
    ("variable", "value", "message"),
    [
        ("SEOGA_ENGINES", "embedded", r"SEOGA_ENGINES is no setting; did you mean SEOGA_ENGINE\?"),
        ("SEOGA_COLOUR", "red", r"SEOGA_COLOUR is no setting; see the table of settings in docs/operator.md"),
        ("SEOGA_ENGINE", "solr", r"SEOGA_ENGINE=solr: choose one of embedded, elasticsearch"),
        ("SEOGA_LANGUAGE", "fr", r"choose one of ko, en"),
        ("SEOGA_ELASTICSEARCH_TIMEOUT", "soon", r"give a number of seconds above 0"),
        ("SEOGA_ELASTICSEARCH_TIMEOUT", "nan", r"give a number of seconds above 0"),
        ("SEOGA_TIME_ZONE", "Seoul", r"give a time zone's name, such as Asia/Seoul"),
        ("SEOGA_CACHE", "memcached://cache", r"choose memory, off or an address like redis://127\.0\.0\.1:6379/0"),
        ("SEOGA_CACHE_MEGABYTES", "0.5", r"give a whole number of megabytes above 0, such as 32"),
        ("SEOGA_CACHE_SECONDS", "0", r"give a number of seconds above 0"),
        ("SEOGA_POWER_WATTS", "-5", r"give a number of watts, such as 65"),
        ("SEOGA_PRICE_PROMPT", "free", r"give the price of a million tokens, such as 0\.15"),
        ("SEOGA_BUNDLE", "nowhere.json", r"SEOGA_BUNDLE=nowhere.json: there is no such file"),
    ],
)
def test_a_wrong_setting_is_named_with_what_would_fit(variable: str, value: str, message: str) -> None:
    with pytest.raises(SettingsError, match=message):
        Settings.from_environment({variable: value})
