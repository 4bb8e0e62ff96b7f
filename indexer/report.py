"""What a load did, with every row accounted for."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from indexer.appeal.appraising import AppealCounts
from indexer.problems import Problem, write_problems
from indexer.reading import Reading
from indexer.works.assembling import Assembly


@dataclass(frozen=True, slots=True)
class FileReport:
    """One file: `rows == indexed + merged + problems`."""

    source: str
    rows: int
    indexed: int  # rows that began a book
    merged: int  # rows that are a further copy, volume, edition or description of one
    problems: int  # rows kept out
    values_left_out: int  # single values that could not be used, in rows that could
    unused_columns: tuple[str, ...] = ()
    problems_file: Path | None = None


@dataclass(frozen=True, slots=True)
class LoadReport:
    """A whole load."""

    files: tuple[FileReport, ...]
    books: int
    copies: int  # physical volumes that the library still has
    books_before: int | None = None  # in the catalogue that this one replaced
    generation: str = ""  # empty after a dry run
    previous: str = ""
    appeal: AppealCounts = field(default_factory=AppealCounts)
    seconds: float = 0.0

    @property
    def rows(self) -> int:
        """Rows of all files."""
        return sum(file.rows for file in self.files)

    @property
    def problem_share(self) -> float:
        """Share of all rows that were kept out, 0 to 1."""
        return sum(file.problems for file in self.files) / self.rows if self.rows else 0.0


def file_reports(reading: Reading, assembly: Assembly, problems_folder: Path) -> tuple[FileReport, ...]:
    """Account for every row, and write the problems of each file to `<name>.problems.csv`."""
    problems = sorted([*reading.problems, *assembly.problems], key=lambda problem: (problem.source, problem.row))
    kept_out = Counter(problem.source for problem in problems if problem.kept_out)
    left_out = Counter(problem.source for problem in problems if not problem.kept_out)
    return tuple(
        FileReport(
            source=source,
            rows=rows,
            indexed=assembly.indexed[source],
            merged=assembly.merged[source],
            problems=kept_out[source],
            values_left_out=left_out[source],
            unused_columns=reading.unused[source],
            problems_file=_problems_file(problems_folder, source, reading, problems),
        )
        for source, rows in reading.records.items()
    )


def _problems_file(folder: Path, source: str, reading: Reading, problems: Sequence[Problem]) -> Path | None:
    """The file's problems on disk, in place of those of an earlier load."""
    path = folder / f"{reading.paths[source].stem}.problems.csv"
    own = [problem for problem in problems if problem.source == source]
    if not own:
        path.unlink(missing_ok=True)
        return None
    write_problems(path, own)
    return path
