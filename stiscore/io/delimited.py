"""Delimited text (.csv, .tsv, .txt): bytes to rows of text, strictly. Runs in the worker.

The encoding is a byte order mark's, else UTF-8, else GB18030 where the result reads as Chinese.
The delimiter is one of five, by how evenly it cuts the first 64 kB outside quotes.
"""

from __future__ import annotations

import csv
import io
from array import array
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from stiscore.io.guard import Limits
from stiscore.io.wire import Parsed, Refused, Sheet

SAMPLE = 65_536
# Where two cut a file equally evenly, the earlier one is meant: commas also stand in decimals.
DELIMITERS = ("\t", ";", "|", ",")
LAST_RESORT = ":"
COMMON_SHARE = 0.7  # of non-ASCII characters, for a guess of GB18030 to be believed
# First bytes of GB 2312 signs and of its level 1, the 3,755 hanzi in daily use.
_COMMON_LEADS = bytes([*range(0xA1, 0xAA), *range(0xB0, 0xD8)])
_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)


class _Record(NamedTuple):
    line: int
    cells: list[str]


def read(data: bytes, limits: Limits) -> Parsed:
    """The one table of a text file; every cell is text or empty.

    Raises Refused: R103 nothing but blanks, R108 too many cells, R109 encoding, R110
    ragged rows, R124 to R126 NUL bytes and quotes.
    """
    text, encoding = decoded(data)
    if not text.strip("\r\n\t ,;|\ufeff"):
        raise Refused("R103")
    nul = text.find("\0")
    if nul >= 0:
        raise Refused("R124", {"line": _line(text, nul)})
    delimiter = chosen_delimiter(text[:SAMPLE], whole=len(text) <= SAMPLE)
    records = list(_records(text, delimiter))
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
    best = max(DELIMITERS, key=lambda d: evenness[d])
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


def _records(text: str, delimiter: str) -> Iterator[_Record]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            yield _Record(line, cells)
            line = reader.line_num + 1
    except csv.Error as error:
        # "unexpected end of data", or a quote that swallowed more than csv's field limit.
        open_quote = "end of data" in str(error) or "field limit" in str(error)
        raise Refused("R125" if open_quote else "R126", {"line": line}) from None


def _refuse_ragged(records: list[_Record], limits: Limits) -> None:
    """Refuse rows with content beyond the table: a stray delimiter would shift their figures."""
    counts = Counter(len(record.cells) for record in records if any(record.cells))
    most = max(counts.values())
    common = max(width for width, count in counts.items() if count == most)
    header = next(r for r in records if any(r.cells) and len(r.cells) >= common)
    width = len(header.cells)
    if width > limits.columns or len(records) * width > limits.cells:
        raise Refused(
            "R108", rows=len(records), columns=width, cells=len(records) * width, limit=limits.cells
        )
    ragged = [record for record in records if any(record.cells[width:])]
    if ragged:
        first = ragged[0]
        raise Refused(
            "R110",
            {"line": first.line},
            cells=len(first.cells),
            width=width,
            header=header.line,
            count=len(ragged),
        )


def _packed(records: list[_Record]) -> Sheet:
    """Rows as flat arrays, padded to one width, trailing empty rows and columns cut off."""
    used = [_used(record.cells) for record in records]
    wide = max(used)
    tall = max(at for at, cells in enumerate(used, 1) if cells)
    flat: list[str] = []
    for _, cells in records[:tall]:
        flat += cells[:wide]
        flat += [""] * (wide - len(cells))
    table = dict.fromkeys(flat)
    table.pop("", None)
    places = {text: at for at, text in enumerate(table)}
    places[""] = -1
    size = tall * wide
    return Sheet(
        name=None,
        rows=tall,
        columns=wide,
        numbers=array("d", bytes(8 * size)),
        text_at=array("i", map(places.__getitem__, flat)),
        kinds=bytes(map((0, 2).__getitem__, map(bool, flat))),
        percent=bytes(size),
        texts=list(table),
        lines=array("i", [record.line for record in records[:tall]]),
    )


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
