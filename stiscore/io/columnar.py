"""Parquet: columns to a grid whose first row is their names. Runs in the worker.

pyarrow is imported here only, and only when such a file is given: it is an extra. It hangs instead
of failing where memory is short, so the worker allows it more, and the wall limit ends it.
"""

from __future__ import annotations

import datetime as dt
import decimal
import importlib.util
import os
from typing import TYPE_CHECKING, Any

from stiscore.io.pack import Block, joined, packed
from stiscore.io.second_look import NOTHING
from stiscore.io.texts import Collector
from stiscore.io.wire import Parsed, Refused

if TYPE_CHECKING:
    from collections.abc import Iterable

    from stiscore.io.guard import Limits

BATCH = 8_192  # rows turned into Python values at a time
_KNOWN = (int, float, bool, str, dt.date, dt.datetime, dt.time, dt.timedelta)
_EXACT = 1 << 53  # the integers a float holds exactly; larger ones are identifiers, and text


def present() -> bool:
    """Whether pyarrow is installed."""
    return importlib.util.find_spec("pyarrow") is not None


def read(data: bytes, limits: Limits) -> Parsed:
    """The one table of a parquet file.

    Numbers stay numbers, NaN is the text "nan", null is empty, dates and times are in ISO 8601;
    nested values are text. Raises Refused (R107 damaged, R108 too many cells, R129 no pyarrow).
    """
    if not present():
        raise Refused("R129", extra="parquet")
    os.environ["ARROW_DEFAULT_MEMORY_POOL"] = "system"
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(pa.BufferReader(data), pre_buffer=False)
        names = [str(name) for name in file.schema_arrow.names]
        _check_size(file.metadata.num_rows + 1, len(names), limits)
        known = Collector()
        blocks = [packed([names], (0, 0), NOTHING, known)] if names else []
        batches = file.iter_batches(batch_size=BATCH, use_threads=False)
        blocks += _blocks(batches, limits, known)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise Refused("R107", detail=f"{type(error).__name__}: {error}"[:300]) from None
    return Parsed("parquet", [joined(None, blocks, NOTHING, known)], [])


def _check_size(tall: int, wide: int, limits: Limits) -> None:
    if wide > limits.columns or tall * wide > limits.cells:
        raise Refused("R108", rows=tall, columns=wide, cells=tall * wide, limit=limits.cells)


def _blocks(batches: Iterable[Any], limits: Limits, known: Collector) -> Iterable[Block]:
    top = 1
    for batch in batches:
        # The footer may lie about the rows.
        _check_size(top + batch.num_rows, batch.num_columns, limits)
        batch.validate(full=True)
        if batch.num_columns:
            columns = [[_value(v) for v in _values(column)] for column in batch.columns]
            rows = [list(row) for row in zip(*columns, strict=True)]
            yield packed(rows, (top, 0), NOTHING, known)
        top += batch.num_rows


def _values(column: Any) -> list[object]:
    """A column as Python values; moments to the microsecond, which needs no pandas."""
    import pyarrow as pa

    sort = column.type
    if pa.types.is_timestamp(sort) and sort.unit == "ns":
        column = column.cast(pa.timestamp("us", sort.tz), safe=False)
    elif pa.types.is_duration(sort) and sort.unit == "ns":
        column = column.cast(pa.duration("us"), safe=False)
    values: list[object] = column.to_pylist()
    return values


def _value(held: object) -> object:
    """A value as the packing knows it."""
    if held is None:
        return ""
    if isinstance(held, bytes):
        return held.decode("utf-8", "backslashreplace")
    if isinstance(held, decimal.Decimal):
        return float(held)
    known = type(held) in _KNOWN
    large = isinstance(held, int) and not -_EXACT <= held <= _EXACT
    return held if known and not large else str(held)
