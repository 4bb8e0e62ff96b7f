"""Set up and run Seoga with nothing but Python: `python run.py` (on Windows `py run.py`), or `make run`.

Commands:
  run    install what the default needs, index the sample library the first time, serve it (the default)
  model  install what local language models and encoders need, fetch a model, and use it from the next start on
  test   install everything and run every check
  indexer, webapp, evaluation, training
         run that command line of the project: `python run.py indexer books load catalogue.xlsx`

What follows the command is passed on: `python run.py run --port 9000`, `python run.py test tests/unit -k isbn`.
"""

import hashlib
import os
import subprocess
import sys
import venv
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
ENVIRONMENT = ROOT / ".venv"
OLDEST_PYTHON = (3, 11)

SECTIONS = {
    "run": ("base",),
    "model": ("base", "model"),
    "test": ("base", "model", "evaluation", "training", "test"),
    "indexer": ("base",),
    "webapp": ("base",),
    "evaluation": ("base", "evaluation"),
    "training": ("base", "model", "training", "test"),
}
"""Command → the sections of requirements.txt that it needs."""

DEFAULT_MODEL = "Qwen/Qwen3-0.6B"
"""Small enough for a laptop without a graphics card: 1.5 GB, Apache 2.0."""


def main(arguments: Sequence[str]) -> int:
    """Run one command; its exit code."""
    if sys.version_info < OLDEST_PYTHON:
        print(f"Seoga needs Python 3.11 or newer; this is {sys.version.split()[0]}. Install a newer one and try again.")
        return 2
    command, rest = (arguments[0], arguments[1:]) if arguments else ("run", [])
    commands = {"run": run, "model": model, "test": test}
    if command not in SECTIONS:
        print(__doc__)
        return 0 if command in {"-h", "--help", "help"} else 2
    try:
        install(SECTIONS[command])
        if command in commands:
            return commands[command](rest)
        return python("-m", command, *rest, check=False, environment=stored_settings() | os.environ)
    except subprocess.CalledProcessError as error:
        print(f"That did not work (exit code {error.returncode}): {' '.join(map(str, error.cmd))}")
        return error.returncode or 1
    except KeyboardInterrupt:
        return 130


def run(arguments: Sequence[str]) -> int:
    """Serve the library; the sample is indexed first where nothing was loaded yet."""
    settings = stored_settings() | os.environ
    python("-m", "indexer", "sample", environment=settings)
    return python("-m", "webapp", *arguments, check=False, environment=settings)


def model(arguments: Sequence[str]) -> int:
    """Fetch a language model into the data folder, and note that it is to be used."""
    name = arguments[0] if arguments else DEFAULT_MODEL
    folder = data_folder() / "models" / name.replace("/", "--")
    if code := python("-m", "recommender.generation.fetch", name, str(folder), check=False):
        return code
    store_setting("SEOGA_GENERATOR", f"transformers:{folder}")
    print(f"From the next start on, {name} writes the reasons. To go back: delete {settings_file()}")
    return 0


def test(arguments: Sequence[str]) -> int:
    """Every check; all of them run, and one that fails fails the whole."""
    checks = [
        ("-m", "ruff", "check", "."),
        ("-m", "ruff", "format", "--check", "."),
        ("-m", "mypy"),
        ("-m", "pytest", *arguments),
    ]
    failed = [check[1] for check in checks if python(*check, check=False) != 0]
    print(f"Failed: {', '.join(failed)}" if failed else "Everything passed.")
    return 1 if failed else 0


def install(sections: Sequence[str]) -> None:
    """Bring the virtual environment up to date; nothing happens where it is."""
    if not interpreter().exists():
        print(f"Making a virtual environment in {ENVIRONMENT.name} …", flush=True)
        venv.create(ENVIRONMENT, with_pip=True)
    wanted = requirements(sections)
    stamp = ENVIRONMENT / f"installed-{'-'.join(sections)}"
    digest = hashlib.sha256("\n".join(wanted).encode()).hexdigest()
    if stamp.exists() and stamp.read_text(encoding="utf-8") == digest:
        return
    print(f"Installing {len(wanted)} packages and what they need …", flush=True)
    options = ("--quiet", "--disable-pip-version-check", "--constraint", str(ROOT / "constraints.txt"))
    python("-m", "pip", "install", *options, *wanted)
    stamp.write_text(digest, encoding="utf-8")


def requirements(sections: Sequence[str]) -> list[str]:
    """The requirements of the named sections of requirements.txt, in its order."""
    section, wanted = "", []
    for line in (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines():
        text = line.partition("#")[0].strip()
        if line.startswith("# ["):
            section = line.removeprefix("# [").partition("]")[0]
        elif text and section in sections:
            wanted.append(text)
    return wanted


def python(*arguments: str, check: bool = True, environment: Mapping[str, str] | None = None) -> int:
    """Run the virtual environment's Python in the project's folder; its exit code."""
    command = [str(interpreter()), *arguments]
    with subprocess.Popen(command, cwd=ROOT, env=environment) as process:
        try:
            code = process.wait()
        except KeyboardInterrupt:
            # Ctrl-C reaches the child as well: let it close its files in peace.
            code = process.wait()
    if check and code != 0:
        raise subprocess.CalledProcessError(code, command)
    return code


def interpreter() -> Path:
    """The virtual environment's Python."""
    return ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def data_folder() -> Path:
    """Where all state is kept."""
    return ROOT / os.environ.get("SEOGA_DATA_DIR", "data")


def settings_file() -> Path:
    """Settings that commands of this script made, one `NAME=value` a line; the environment goes before them."""
    return data_folder() / "settings.env"


def stored_settings() -> dict[str, str]:
    """The settings in that file."""
    if not settings_file().exists():
        return {}
    lines = settings_file().read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))


def store_setting(name: str, value: str) -> None:
    """Write one setting into that file, the others as they are."""
    settings = stored_settings() | {name: value}
    settings_file().parent.mkdir(parents=True, exist_ok=True)
    text = "".join(f"{key}={setting}\n" for key, setting in settings.items())
    settings_file().write_text(text, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
