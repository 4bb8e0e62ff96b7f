"""What is around the code: the script that sets everything up, and the files for Docker."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

import run
from recommender.settings import Settings
from tests import elasticsearch_node

ROOT = Path(__file__).parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))


def test_the_default_library_needs_no_torch() -> None:
    base = " ".join(run.requirements(("base",)))

    assert "flask==" in base
    assert "elasticsearch==" in base
    assert not re.search(r"torch|transformers", base)


def test_every_requirement_is_pinned_and_in_a_section() -> None:
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    named = [line for line in lines if line and not line.startswith("#")]

    assert sorted(run.requirements(("base", "model", "evaluation", "training", "test"))) == sorted(named)
    assert all(re.fullmatch(r"[a-z0-9-]+==[0-9][\w.]*", line) for line in named)


@pytest.mark.parametrize(("arguments", "code"), [(["--help"], 0), (["tset"], 2)])
def test_help_and_a_wrong_command_name_the_commands(arguments: list[str], code: int) -> None:
    done = subprocess.run([sys.executable, "run.py", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == code
    assert "install everything and run every check" in done.stdout


def test_settings_of_earlier_commands_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEOGA_DATA_DIR", str(tmp_path / "data"))

    run.store_setting("SEOGA_GENERATOR", "transformers:model=small")
    run.store_setting("SEOGA_LANGUAGE", "en")

    assert run.stored_settings() == {"SEOGA_GENERATOR": "transformers:model=small", "SEOGA_LANGUAGE": "en"}
    assert Settings.from_environment(run.stored_settings()).generator == "transformers:model=small"


def test_docker_runs_the_elasticsearch_that_the_tests_run() -> None:
    assert COMPOSE["services"]["elasticsearch"]["image"].endswith(f":{elasticsearch_node.VERSION}")


@pytest.mark.parametrize("service", ["indexer", "web"])
def test_settings_in_docker_are_settings(service: str) -> None:
    environment = {
        name: re.sub(r"\$\{\w+:-(.*?)\}", r"\1", str(value))
        for name, value in COMPOSE["services"][service]["environment"].items()
    }

    settings = Settings.from_environment(environment)

    assert settings.engine == "elasticsearch"
    assert settings.generator == "openai"
    assert (
        settings.elasticsearch_password
        == COMPOSE["services"]["elasticsearch"]["environment"]["ELASTIC_PASSWORD"][20:-1]
    )


def test_services_wait_for_each_other_and_keep_their_data() -> None:
    services = COMPOSE["services"]

    assert services["indexer"]["depends_on"]["elasticsearch"]["condition"] == "service_healthy"
    assert services["web"]["depends_on"]["indexer"]["condition"] == "service_completed_successfully"
    assert services["elasticsearch"]["environment"]["xpack.security.enabled"] == "true"
    mounted = {volume.partition(":")[0] for service in services.values() for volume in service.get("volumes", ())}
    assert mounted == set(COMPOSE["volumes"])


def test_the_image_copies_only_what_is_there_and_let_in() -> None:
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
    copied = [name.rstrip("/") for line in lines if line.startswith("COPY") for name in line.split()[1:-1]]
    let_in = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()

    assert all((ROOT / name).exists() for name in copied)
    assert {f"!{name}" for name in copied} <= set(let_in)
    assert any(line.startswith("USER ") and line != "USER root" for line in lines)
