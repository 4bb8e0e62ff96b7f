"""The caches that the settings name."""

from dataclasses import dataclass

from recommender.caching.base import Cache, NoCache
from recommender.settings import Settings


@dataclass(frozen=True, slots=True)
class Caches:
    """Two places to keep answers: what says something of one person never leaves this process."""

    shared: Cache  # for questions that name nobody: in Redis, where there is one
    private: Cache  # for all others: in this process

    def close(self) -> None:
        """Release both."""
        self.shared.close()
        self.private.close()


def create_caches(settings: Settings) -> Caches:
    """Build them; nothing is connected to before the first question.

    Raises:
        SettingsError: SEOGA_CACHE holds an address that cannot be read.
    """
    if settings.cache == "off":
        return Caches(NoCache(), NoCache())
    from recommender.caching.memory import MemoryCache

    private = MemoryCache(settings.cache_megabytes * 1_000_000, settings.cache_seconds)
    if settings.cache == "memory":
        return Caches(private, private)
    from recommender.caching.redis import RedisCache

    return Caches(RedisCache(settings.cache, settings.cache_seconds), private)
