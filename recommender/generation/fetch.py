"""`python -m recommender.generation.fetch NAME[@REVISION] FOLDER`: a model of the hub, copied into a folder."""

import sys
from pathlib import Path

from recommender.errors import GeneratorError
from recommender.generation.weights import Source

UNUSED = ("*.bin", "*.pth", "*.gguf", "*.onnx", "*.msgpack", "*.h5", "original/*")
"""Copies of the same weights in formats that are not loaded: they would double a download of gigabytes."""


def fetch(name: str, folder: Path) -> None:
    """Copy a model's files; what is there already is not copied again, so a broken download goes on where it stopped.

    Raises:
        GeneratorError: the hub does not answer, or has no such model.
    """
    from huggingface_hub import snapshot_download

    try:
        source = Source.of(name)
        snapshot_download(source.name, revision=source.revision or None, local_dir=folder, ignore_patterns=list(UNUSED))
    except (OSError, ValueError) as error:
        reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
        raise GeneratorError(
            f"the model {name} could not be fetched ({reason}); check its name and the network and try again, or copy a "
            "model's folder here by other means and set SEOGA_GENERATOR=transformers:FOLDER"
        ) from error


if __name__ == "__main__":
    try:
        fetch(sys.argv[1], Path(sys.argv[2]))
    except GeneratorError as failure:
        sys.exit(str(failure))
