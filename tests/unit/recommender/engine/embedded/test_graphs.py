import subprocess
import sys

SCRIPT = """
from recommender.engine.embedded.graphs import graph_index
index = graph_index()(ndim=4, metric="cos", dtype="i8")
import torch
print(torch.ops.aten.slice.Tensor._schema)
"""


def test_torch_can_still_write_numbers_after_the_graph_library_was_loaded() -> None:
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True)

    assert "int dim=0, " in done.stdout
