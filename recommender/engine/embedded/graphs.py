"""The library that holds the graph of a large catalogue's vectors, loaded so that it harms no other."""

from importlib import import_module
from typing import Any


def graph_index() -> Any:
    """The class of usearch's indices.

    Its wheel carries a C++ runtime of its own. Where that is the first one in a process, torch can write no number any
    more, and exporting a model to ONNX fails; behind the one of Kiwi, which every process needs anyway, it is harmless.
    """
    import_module("kiwipiepy")
    from usearch.index import Index

    return Index
