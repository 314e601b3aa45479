"""A whole archive, shard by shard, on one machine or on many, in a run that can be taken up again.

`planning` cuts a source into shards, `cluster` hands them to workers, `working` repairs one and
writes it whole, `ledger` remembers that it did. What a shard holds is told by its kind: pages in
files, lines of JSON, rows of Parquet, a stream of pages with form feeds.
"""
