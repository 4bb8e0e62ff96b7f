import time

from recommender.clock import Stopwatch


def test_a_stage_inside_another_counts_for_itself_only() -> None:
    watch = Stopwatch()
    begun = time.perf_counter()

    with watch.stage("retrieval"):
        time.sleep(0.01)
        with watch.stage("reranking"):
            time.sleep(0.03)
        with watch.stage("reranking"):
            time.sleep(0.03)
    took = (time.perf_counter() - begun) * 1000

    assert list(watch.timings) == ["reranking", "retrieval"]
    assert watch.timings["reranking"] >= 60
    assert watch.timings["retrieval"] >= 10
    assert sum(watch.timings.values()) <= took
