"""Putting an adapter or a merged model on a model hub, and saying at which commit it is."""

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from recommender.errors import GeneratorError, InputError
from recommender.generation.weights import Source
from training.lora.card import Declared, model_card, read_facts

ADAPTER_CONFIG = "adapter_config.json"


@dataclass(frozen=True, slots=True)
class Published:
    """Where it is now.

    Args:
        commit: its hash: whoever pins it gets these weights whatever is published later.
        setting: the line by which Seoga uses it.
    """

    commit: str
    setting: str


def publish(folder: Path, name: str, declared: Declared, *, token: str, private: bool) -> Published:
    """Upload a folder with its model card.

    Args:
        folder: an adapter of `lora`, or a merged model.
        name: account and name on the hub.
        declared: licence, data and base model for the card.
        token: of the account, with the right to write.
        private: whether only the account sees it.

    Raises:
        InputError: the folder holds no weights of this program, or names its base model by a folder of this machine.
        GeneratorError: the hub does not take it.
    """
    from huggingface_hub import HfApi
    from huggingface_hub.errors import HfHubHTTPError

    facts = read_facts(folder)
    is_adapter = (folder / ADAPTER_CONFIG).is_file()
    base = Source.of(declared.base or facts["model"])
    if is_adapter and Path(base.name).exists():
        raise InputError(
            f"{folder}: its model is the folder {base.name}, which nobody else has; name it on the hub by --base"
        )
    api = HfApi(token=token)
    try:
        with TemporaryDirectory() as prepared:
            ready = _prepared(folder, Path(prepared) / "weights", base if is_adapter else None)
            (ready / "README.md").write_text(model_card(name, facts, declared, is_adapter=is_adapter), encoding="utf-8")
            api.create_repo(name, private=private, exist_ok=True)
            uploaded = api.upload_folder(
                repo_id=name, folder_path=ready, commit_message="Add the weights and their card"
            )
    except (HfHubHTTPError, OSError, ValueError) as error:
        reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
        raise GeneratorError(
            f"{name}: the hub did not take it ({reason}); check the account, and that the token may write there"
        ) from error
    commit = uploaded.oid
    return Published(commit, f"SEOGA_GENERATOR=transformers:{f'{base}+' if is_adapter else ''}{name}@{commit}")


def _prepared(folder: Path, ready: Path, base: Source | None) -> Path:
    """A copy without what is only of this machine: an adapter names its model as others find it."""
    shutil.copytree(folder, ready)
    if base:
        config = json.loads((ready / ADAPTER_CONFIG).read_text(encoding="utf-8"))
        config |= {"base_model_name_or_path": base.name, "revision": base.revision or None}
        (ready / ADAPTER_CONFIG).write_text(json.dumps(config, indent=2), encoding="utf-8")
    return ready
