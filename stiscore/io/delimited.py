"""Delimited text (.csv, .tsv, .txt): bytes to rows of text, strictly. Runs in the worker.

The encoding is a byte order mark's, else UTF-8, else GB18030 where the result reads as Chinese.
The delimiter is one of five, by how evenly it cuts the first 64 kB outside quotes.
"""

from __future__ import annotations

import csv
import io
import re
from array import array
from collections import Counter
from collections.abc import Iterator
from itertools import compress
from typing import NamedTuple

from stiscore.io.guard import Limits
from stiscore.io.texts import Collector
from stiscore.io.wire import EMPTY, TEXT, Parsed, Refused, Sheet

SAMPLE = 65_536
# Where two cut a file equally evenly, the earlier one is meant: commas also stand in decimals.
DELIMITERS = ("\t", ";", "|", ",")
LAST_RESORT = ":"
COMMON_SHARE = 0.7  # of non-ASCII characters, for a guess of GB18030 to be believed
# First bytes of GB 2312 signs and of its level 1, the 3,755 hanzi in daily use.
_COMMON_LEADS = bytes([*range(0xA1, 0xAA), *range(0xB0, 0xD8)])
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)


class _Records(NamedTuple):
    """Records as they were cut: where each text is kept, -1 for an empty cell, one after another.

    For each record its line, its number of cells, and that up to its last cell that holds a text.
    """

    text_at: array[int]
    lines: array[int]
    widths: array[int]
    used: array[int]
    texts: Collector

    @classmethod
    def of(cls, text: str, delimiter: str, limits: Limits) -> _Records:
        """All records; R108 once there are more cells than may be read."""
        read = cls(array("i"), array("i"), array("i"), array("i"), Collector())
        keep, places = read.text_at.extend, read.texts.row
        for line, cells in _records(text, delimiter):
            keep(places(cells))
            read.lines.append(line)
            read.widths.append(len(cells))
            read.used.append(_used(cells))
            if len(read.text_at) > limits.cells:
                _refuse_size(len(read.lines), max(read.widths), limits)
        return read


def read(data: bytes, limits: Limits) -> Parsed:
    """The one table of a text file; every cell is text or empty.

    Raises Refused: R103 nothing but blanks, R108 too many cells, R109 encoding, R110
    ragged rows, R124 to R126 NUL bytes and quotes.
    """
    text, encoding = decoded(data)
    del data
    if not text.strip("\r\n\t ,;|\ufeff"):
        raise Refused("R103")
    nul = text.find("\0")
    if nul >= 0:
        raise Refused("R124", {"line": _line(text, nul)})
    delimiter = chosen_delimiter(text[:SAMPLE], whole=len(text) <= SAMPLE)
    records = _Records.of(text, delimiter, limits)
    del text
    _refuse_ragged(records, limits)
    return Parsed("csv", [_packed(records)], [], encoding, delimiter)


def decoded(data: bytes) -> tuple[str, str]:
    """The text and its encoding.

    >>> decoded("省份".encode("gb18030"))
    ('省份', 'gb18030')
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            if encoding.startswith("utf-32"):
                raise Refused("R109", {"line": 1}, offset=0, line=1, encoding="UTF-32")
            return _strict(data[len(mark) :], encoding.removesuffix("-sig"), len(mark)), encoding
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        offset = error.start
    if b"\0" in data:
        raise Refused("R124", {"line": _line_of(data, data.index(b"\0"))})
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        text = ""
    if not text or not _reads_as_chinese(text):
        line = _line_of(data, offset)
        raise Refused("R109", {"line": line}, offset=offset, line=line, encoding="UTF-8")
    return text, "gb18030"


def chosen_delimiter(sample: str, *, whole: bool = True) -> str:
    r"""The delimiter that cuts most records of the sample into the same number (> 1) of cells.

    >>> [chosen_delimiter(s) for s in ("a;b\n1,5;2,5\n", "a:b\n1:2\n", "a")]
    [';', ':', ',']
    """
    if not whole:
        sample = sample[: max(sample.rfind("\n"), sample.rfind("\r")) + 1] or sample
    evenness = {d: _evenness(sample, d) for d in (*DELIMITERS, LAST_RESORT)}
    # Of two that cut evenly, the one under which every quote closes where it should.
    cutting = [d for d in DELIMITERS if evenness[d] > 0] or [","]
    best = max(cutting, key=lambda d: (evenness[d], _quotes_close(sample, d)))
    if evenness[best] > 0:
        return best
    return LAST_RESORT if evenness[LAST_RESORT] == 1 else ","


def _evenness(sample: str, delimiter: str) -> float:
    """The share of records with the commonest width above one; 0 when hardly any is cut."""
    widths: Counter[int] = Counter()
    try:
        for cells in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter):
            if any(cells):
                widths[len(cells)] += 1
    except csv.Error:
        return 0.0
    cut = [count for width, count in widths.items() if width > 1]
    return max(cut, default=0) / max(widths.total(), 1)


def _quotes_close(sample: str, delimiter: str) -> bool:
    try:
        for _ in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter, strict=True):
            pass
    except csv.Error:
        return False
    return True


def _strict(data: bytes, encoding: str, skipped: int) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].decode(encoding, "replace").count("\n") + 1
        raise Refused(
            "R109",
            {"line": line},
            offset=error.start + skipped,
            line=line,
            encoding=encoding.upper(),
        ) from None


def _reads_as_chinese(text: str) -> bool:
    """Whether most of what is not ASCII is common in Chinese; Latin-1 decodes into rare hanzi."""
    foreign = "".join(sign for sign in text[: 16 * SAMPLE] if sign > "\x7f")
    leads = foreign.encode("gb2312", "ignore")[::2]
    common = len(leads) - len(leads.translate(None, _COMMON_LEADS))
    return common >= COMMON_SHARE * len(foreign)


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line it begins on."""
    # A StringIO would hold the text once more, four bytes a sign.
    lines = (found[0] for found in _LINE.finditer(text))
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        # "unexpected end of data", or a quote that swallowed more than csv's field limit.
        open_quote = "end of data" in str(error) or "field limit" in str(error)
        raise Refused("R125" if open_quote else "R126", {"line": line}) from None


def _refuse_size(rows: int, width: int, limits: Limits) -> None:
    if width > limits.columns or rows * width > limits.cells:
        raise Refused("R108", rows=rows, columns=width, cells=rows * width, limit=limits.cells)


def _refuse_ragged(records: _Records, limits: Limits) -> None:
    """Refuse rows with content beyond the table: a stray delimiter would shift their figures."""
    widths, used = records.widths, records.used
    counts = Counter(compress(widths, used))
    most = max(counts.values())
    common = max(width for width, count in counts.items() if count == most)
    header = next(i for i, n in enumerate(used) if n and widths[i] >= common)
    width = widths[header]
    _refuse_size(len(widths), width, limits)
    ragged = [i for i, n in enumerate(used) if n > width]
    if ragged:
        raise Refused(
            "R110",
            {"line": records.lines[ragged[0]]},
            cells=widths[ragged[0]],
            width=width,
            header=records.lines[header],
            count=len(ragged),
        )


def _packed(records: _Records) -> Sheet:
    """Rows as flat arrays, padded to one width, trailing empty rows and columns cut off."""
    tall = max(row for row, cells in enumerate(records.used, 1) if cells)
    wide = max(records.used)
    text_at = _squared(records, tall, wide)
    return Sheet(
        name=None,
        rows=tall,
        columns=wide,
        numbers=array("d"),
        text_at=text_at,
        kinds=bytes(map((EMPTY, TEXT).__getitem__, map((-1).__lt__, text_at))),
        percent=b"",
        texts=records.texts.texts(),
        lines=records.lines[:tall],
    )


def _squared(records: _Records, tall: int, wide: int) -> array[int]:
    """The cells of the first ``tall`` records, each cut or filled up to ``wide``."""
    widths = records.widths[:tall]
    if widths.count(wide) == tall:
        return records.text_at[: tall * wide] if tall < len(records.widths) else records.text_at
    squared, at = array("i"), 0
    for width in widths:
        squared.extend(records.text_at[at : at + min(width, wide)])
        squared.extend([-1] * (wide - width))
        at += width
    return squared


def _used(cells: list[str]) -> int:
    width = len(cells)
    while width and not cells[width - 1]:
        width -= 1
    return width


def _line(text: str, at: int) -> int:
    return len(text[:at].splitlines()) + (not at or text[at - 1] in "\r\n")


def _line_of(data: bytes, at: int) -> int:
    before = data[:at]
    return before.count(b"\n") + before.replace(b"\r\n", b"").count(b"\r") + 1
