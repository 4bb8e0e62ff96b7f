from pathlib import Path

from recommender.encoding.fingerprint import SAMPLE_BYTES, SAMPLES, fingerprint


def model_folder(folder: Path, *, weights: bytes = b"weights", config: str = '{"hidden_size": 16}') -> Path:
    (folder / "1_Pooling").mkdir(parents=True)
    (folder / "config.json").write_text(config, encoding="utf-8")
    (folder / "1_Pooling" / "config.json").write_text("{}", encoding="utf-8")
    (folder / "model.safetensors").write_bytes(weights)
    return folder


def test_the_same_files_elsewhere_are_the_same_model(tmp_path: Path) -> None:
    assert fingerprint(model_folder(tmp_path / "a")) == fingerprint(model_folder(tmp_path / "b"))


def test_other_settings_or_weights_are_another_model(tmp_path: Path) -> None:
    folders = [
        model_folder(tmp_path / "a"),
        model_folder(tmp_path / "b", config='{"hidden_size": 32}'),
        model_folder(tmp_path / "c", weights=b"Weights"),
        model_folder(tmp_path / "d", weights=b"weights and more"),
    ]

    assert len({fingerprint(folder) for folder in folders}) == 4


def test_weights_larger_than_the_samples_differ_at_their_end(tmp_path: Path) -> None:
    large = bytes(SAMPLES * SAMPLE_BYTES * 2)
    first = model_folder(tmp_path / "a", weights=large)
    second = model_folder(tmp_path / "b", weights=large[:-1] + b"\1")

    assert fingerprint(first) != fingerprint(second)


def test_a_readme_is_no_part_of_a_model(tmp_path: Path) -> None:
    folder = model_folder(tmp_path / "a")
    before = fingerprint(folder)

    (folder / "README.md").write_text("my notes", encoding="utf-8")

    assert fingerprint(folder) == before
