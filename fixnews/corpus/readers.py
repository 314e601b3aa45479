"""What a shard may hold, and who reads it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from fixnews.corpus import columnar, form_feeds, json_lines, page_files
from fixnews.corpus.leaves import Batch
from fixnews.corpus.shards import Order, Shard

READERS: Mapping[str, Callable[[Order, Shard], Batch]] = {
    page_files.KIND: page_files.read,
    json_lines.KIND: json_lines.read,
    columnar.KIND: columnar.read,
    form_feeds.KIND: form_feeds.read,
}
"""For each kind of shard its reader."""


def read(order: Order, shard: Shard) -> Batch:
    """A shard as it stands in the archive.

    Raises:
        PageError: the file that it is a stretch of cannot be read.
    """
    return READERS[shard.kind](order, shard)
