"""Keys and values of a growing text, with room to grow: appending to them copies the new ones and nothing else.

This module needs torch and transformers, and is loaded by what runs a model.
"""

from typing import Any

from transformers.cache_utils import Cache, DynamicLayer

ROOM = 256
"""Tokens for which there is room beyond those that are there: more than a reason has."""


class RoomyLayer(DynamicLayer):  # type: ignore[misc]
    """One layer's keys and values, `(rows, heads, tokens, size)`: the first tokens of tensors that hold more.

    Dynamic caches join the old and the new to new tensors at every token, which for six texts after a common beginning of
    500 tokens took longer than the model itself.
    """

    keys: Any
    values: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._roomy_keys: Any = None
        self._roomy_values: Any = None

    def update(self, key_states: Any, value_states: Any, *_: Any, **__: Any) -> tuple[Any, Any]:
        """Append keys and values, and return all."""
        if not self.is_initialized:
            self.lazy_initialization(key_states, value_states)
        seen = self.get_seq_length()
        self._roomy_keys, self.keys = _appended(self._roomy_keys, self.keys, key_states, seen)
        self._roomy_values, self.values = _appended(self._roomy_values, self.values, value_states, seen)
        return self.keys, self.values

    def batch_select_indices(self, indices: Any) -> None:
        """Only keep these rows."""
        super().batch_select_indices(indices)
        self._roomy_keys = self._roomy_values = None


def empty_cache() -> Cache:
    """A cache that forgets nothing, also for layers that look through a sliding window: it can be cut at any place."""
    return Cache(layer_class_to_replicate=RoomyLayer)


def repeated(cache: Cache, rows: int) -> Cache:
    """A cache of one row, copied for several."""
    copied = empty_cache()
    for place, layer in enumerate(cache.layers):
        copied.update(layer.keys.expand(rows, -1, -1, -1), layer.values.expand(rows, -1, -1, -1), place)
    return copied


def _appended(roomy: Any, held: Any, new: Any, seen: int) -> tuple[Any, Any]:
    """The tensor with room, and its beginning that holds what was held and what is new."""
    total = seen + new.shape[-2]
    if roomy is None or roomy.shape[-2] < total:
        rows, heads, _, size = new.shape
        roomy = new.new_empty((rows, heads, total + ROOM, size))
        if seen:
            roomy[:, :, :seen] = held
    roomy[:, :, seen:total] = new
    return roomy, roomy[:, :, :total]
