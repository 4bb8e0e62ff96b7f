import pytest

from recommender.text.morphemes import Analyzer


@pytest.fixture(scope="session")
def analyzer() -> Analyzer:
    return Analyzer(num_workers=1)
