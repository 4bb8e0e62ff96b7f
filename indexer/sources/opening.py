"""Opening a file by what is in it, whatever it is called."""

from pathlib import Path

from indexer.sources.columns import ColumnRecogniser
from indexer.sources.decoding import decode, file_signature
from indexer.sources.delimited import read_delimited
from indexer.sources.json_records import read_json
from indexer.sources.records import Table
from indexer.sources.spreadsheet import read_spreadsheet
from recommender.errors import InputError

WORKBOOKS = ("xlsx", "xls")


def open_table(path: Path, recogniser: ColumnRecogniser) -> Table:
    """Open a CSV, JSON, JSONL, XLSX or XLS file.

    Raises:
        InputError: it is not there, empty, of another kind, in an unknown encoding, or lacks the columns needed.
    """
    content = _content(path)
    signature = file_signature(content)
    if signature in WORKBOOKS:
        return read_spreadsheet(path, recogniser)
    if signature:
        raise InputError(f"{path.name}: this is {signature}; export the list as CSV, JSON or XLSX and load that")
    text = decode(content, path.name)
    return _read_text(text, path.name, recogniser)


def _content(path: Path) -> bytes:
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise InputError(f"{path}: there is no such file; correct the path") from error
    except OSError as error:
        raise InputError(
            f"{path}: the file cannot be read ({error.strerror}); check what it is and who may read it"
        ) from error
    if not content.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n"):
        raise InputError(f"{path.name}: the file is empty; export the list again")
    return content


def _read_text(text: str, source: str, recogniser: ColumnRecogniser) -> Table:
    beginning = text.lstrip()[:200].lower()
    if beginning.startswith(("[", "{")):
        return read_json(text, source, recogniser)
    if beginning.startswith(("<!doctype", "<html", "<table", "<meta", "<?xml")):
        raise InputError(
            f"{source}: this is a web page or XML, whatever its name says; open it in Excel, save it as XLSX and load that"
        )
    return read_delimited(text, source, recogniser)
