"""Workbooks (.xlsx, .xlsm): values by calamine, the rest by the second look. Runs in the worker."""

from __future__ import annotations

import datetime as dt
import math
import re
import threading
from array import array
from collections.abc import Iterable, Mapping
from html import unescape
from itertools import chain, compress
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from stiscore.io import guard
from stiscore.io.second_look import Part, Seen, Unclear, attribute
from stiscore.io.wire import BOOLEAN, DATE, EMPTY, NUMBER, TEXT, Note, Parsed, Refused, Sheet

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

_KINDS: Mapping[type, int] = {
    float: NUMBER,
    int: NUMBER,
    str: TEXT,
    bool: BOOLEAN,
    dt.date: DATE,
    dt.datetime: DATE,
    dt.time: DATE,
    dt.timedelta: DATE,
}
# For compress(): 1 where the cell holds no number and must be looked at one by one.
_NOT_NUMBERS = bytes(kind != NUMBER for kind in range(256))
_THREAD_ABOVE = 1_000_000  # bytes of sheet XML; below, starting a thread costs more than it saves

_SHEET = re.compile(rb"<(?:[\w.-]+:)?sheet(\s[^>]*)>")
_RELATION = re.compile(rb"<(?:[\w.-]+:)?Relationship(\s[^>]*)>")
_RELATION_ID = re.compile(rb"\s(?:[\w.-]+:)id\s*=\s*[\"']([^\"']*)")
_FORMAT = re.compile(rb"<(?:[\w.-]+:)?numFmt(\s[^>]*)>")
_CELL_FORMATS = re.compile(rb"<(?:[\w.-]+:)?cellXfs\b[^>]*>(.*?)</(?:[\w.-]+:)?cellXfs", re.DOTALL)
_CELL_FORMAT = re.compile(rb"<(?:[\w.-]+:)?xf(\s[^>]*)>")
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]', re.DOTALL)
_PERCENT_IDS = (b"9", b"10")

Rows = list[list[object]]


def read(data: bytes, limits: guard.Limits) -> Parsed:
    """All worksheets of a workbook.

    Raises Refused (R104 to R108); whatever the parser itself throws passes through.
    """
    members = guard.unpack(data, limits)
    parts = sheet_parts(members)
    percent = percent_styles(_member(members, "xl/styles.xml") or b"")
    made = guard.repacked(members)
    book = CalamineWorkbook.from_filelike(made)
    sheets: list[Sheet] = []
    notes: list[Note] = []
    left = limits.cells
    for index, about in enumerate(book.sheets_metadata):
        place: dict[str, object] = {"sheet": about.name}
        if about.typ is not SheetTypeEnum.WorkSheet:
            notes.append(Note("R117", place, {}))
            continue
        if about.visible is not SheetVisibleEnum.Visible:
            notes.append(Note("R115", place, {}))
        xml = members.get(parts.get(about.name, ""))
        sheet, seen = _sheet(book, index, xml, percent, limits._replace(cells=left))
        if seen is None:
            notes.append(Note("R116", place, {}))
        sheets.append(sheet)
        left -= sheet.rows * sheet.columns
    return Parsed("xlsx", sheets, notes)


def _sheet(
    book: CalamineWorkbook,
    index: int,
    xml: bytes | None,
    percent: frozenset[bytes],
    limits: guard.Limits,
) -> tuple[Sheet, Seen | None]:
    name = book.sheets_metadata[index].name
    part = _part(xml)
    if part is not None:
        _check_size(*part.extent(limits.cells), name, limits)
    look = _Look(part, percent)
    sheet: CalamineSheet = book.get_sheet_by_index(index)
    end = sheet.end  # 0-based; calamine's total_height is the same and not a height
    tall, wide = (end[0] + 1, end[1] + 1) if end else (0, 0)
    _check_size(tall, wide, name, limits)
    rows: Rows = list(sheet.to_python(skip_empty_area=False)) if end else []
    seen = look.result()
    if seen is not None and seen.marks:
        tall = max(tall, *(row + 1 for row, _ in seen.marks))
        wide = max(wide, *(column + 1 for _, column in seen.marks))
        _check_size(tall, wide, name, limits)
        rows = _widened(rows, tall, wide)
    return packed(name, rows, seen or Seen({}, [], ())), seen


class _Look:
    """The second look, taken beside the parser, which lets other threads run while it parses."""

    def __init__(self, part: Part | None, percent: frozenset[bytes]) -> None:
        self._part, self._percent = part, percent
        self._seen: Seen | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)
        if part is not None and len(part.xml) > _THREAD_ABOVE:
            self._thread.start()
        else:
            self._run()

    def _run(self) -> None:
        if self._part is not None:
            try:
                self._seen = self._part.look(self._percent)
            except Unclear:
                self._seen = None

    def result(self) -> Seen | None:
        """What was seen; None when the part is not understood."""
        if self._thread.ident is not None:
            self._thread.join()
        return self._seen


def packed(name: str | None, rows: Rows, seen: Seen) -> Sheet:
    """Rows of equal length as flat arrays, trailing empty rows and columns cut off."""
    width = len(rows[0]) if rows else 0
    flat = list(chain.from_iterable(rows))
    kinds = bytearray(map(_KINDS.__getitem__, map(type, flat)))
    for (row, column), (kind, text) in seen.marks.items():
        kinds[row * width + column] = kind
        flat[row * width + column] = text
    table: dict[str, int] = {}
    text_at = _take_texts(flat, kinds, table)
    numbers = array("d", flat)
    if not math.isfinite(sum(numbers)):
        _refuse_infinite(numbers, kinds, text_at, table)
    tall, wide = _used(kinds, width)
    if wide < width:
        cut = [i for i in range(tall * width) if i % width < wide]
        numbers = array("d", [numbers[i] for i in cut])
        text_at = array("i", [text_at[i] for i in cut])
        kinds = bytearray(kinds[i] for i in cut)
    size = tall * wide
    percent = bytearray(size)
    for row, column in seen.percent:
        if row < tall and column < wide and kinds[row * wide + column] == NUMBER:
            percent[row * wide + column] = 1
    hidden = tuple(row for row in seen.hidden_rows if row <= tall)
    return Sheet(
        name, tall, wide, numbers[:size], text_at[:size], kinds[:size], percent, list(table),
        array("i"), hidden,
    )  # fmt: skip


def _take_texts(flat: list[object], kinds: bytearray, table: dict[str, int]) -> array[int]:
    """Move all that is no number from ``flat`` (0.0 stays) to ``table`` and point to it."""
    text_at = array("i", [-1]) * len(flat)
    for at in compress(range(len(flat)), kinds.translate(_NOT_NUMBERS)):
        held = flat[at]
        flat[at] = 0.0
        text = held if isinstance(held, str) else _shown(held)
        if text:
            text_at[at] = table.setdefault(text, len(table))
        else:
            kinds[at] = EMPTY
    return text_at


def _shown(held: object) -> str:
    """A truth value or a moment as text, dates and times in ISO 8601."""
    if isinstance(held, bool):
        return "TRUE" if held else "FALSE"
    if isinstance(held, dt.timedelta):
        return f"PT{held.total_seconds():.15g}S"
    if isinstance(held, (dt.date, dt.time)):
        return held.isoformat()
    return str(held)


def _refuse_infinite(
    numbers: array[float], kinds: bytearray, text_at: array[int], table: dict[str, int]
) -> None:
    """A cell that says inf or nan is text, not a number."""
    for at, number in enumerate(numbers):
        if not math.isfinite(number):
            kinds[at], numbers[at] = TEXT, 0.0
            text_at[at] = table.setdefault(str(number), len(table))


def _used(kinds: bytearray, width: int) -> tuple[int, int]:
    tall = -(-len(kinds.rstrip(b"\0")) // width) if width else 0
    wide = width if tall else 0
    while wide and not any(kinds[wide - 1 : tall * width : width]):
        wide -= 1
    return tall, wide


def _widened(rows: Rows, tall: int, wide: int) -> Rows:
    if rows and wide > len(rows[0]):
        rows = [row + [""] * (wide - len(row)) for row in rows]
    return rows + [[""] * wide for _ in range(tall - len(rows))]


def _check_size(tall: int, wide: int, name: str, limits: guard.Limits) -> None:
    if tall > limits.rows or wide > limits.columns or tall * wide > limits.cells:
        raise Refused(
            "R108", {"sheet": name}, rows=tall, columns=wide, cells=tall * wide, limit=limits.cells
        )


def _part(xml: bytes | None) -> Part | None:
    try:
        return None if xml is None else Part(xml)
    except Unclear:
        return None


def sheet_parts(members: Mapping[str, bytes]) -> dict[str, str]:
    """The member each sheet's XML stands in, by the sheet's name; what is not found is left out."""
    root = _relations(members, "")
    main = next((t for t in root.values() if t.lower().endswith("workbook.xml")), "xl/workbook.xml")
    workbook = _member(members, main)
    if workbook is None:
        return {}
    targets = _relations(members, main)
    names = {_plain(name): name for name in members}
    found = {}
    for tag in _SHEET.findall(workbook):
        name, relation = attribute(tag, b"name"), _RELATION_ID.search(tag)
        target = targets.get(_text(relation[1])) if relation else None
        if name is not None and target is not None and _plain(target) in names:
            found[_text(name)] = names[_plain(target)]
    return found


def percent_styles(styles: bytes) -> frozenset[bytes]:
    """The cell styles, by number, that show a figure as a percentage."""
    codes = {
        attribute(tag, b"numFmtId"): _text(attribute(tag, b"formatCode") or b"")
        for tag in _FORMAT.findall(styles)
    }
    formats = _CELL_FORMATS.search(styles)
    shown = _CELL_FORMAT.findall(formats[1]) if formats else []
    return frozenset(
        b"%d" % number
        for number, tag in enumerate(shown)
        if _is_percent(attribute(tag, b"numFmtId") or b"0", codes)
    )


def _is_percent(number: bytes, codes: Mapping[bytes | None, str]) -> bool:
    if number in codes:
        return "%" in _LITERAL.sub("", codes[number])
    return number in _PERCENT_IDS


def _relations(members: Mapping[str, bytes], part: str) -> dict[str, str]:
    folder, file = dirname(part), part.rpartition("/")[2]
    xml = _member(members, join(folder, "_rels", f"{file}.rels")) or b""
    found = {}
    for tag in _RELATION.findall(xml):
        key, target = attribute(tag, b"Id"), attribute(tag, b"Target")
        if key is not None and target is not None:
            path = _text(target).replace("\\", "/")
            found[_text(key)] = normpath(
                path.lstrip("/") if path.startswith("/") else join(folder, path)
            )
    return found


def _member(members: Mapping[str, bytes], name: str) -> bytes | None:
    return next((m for n, m in members.items() if _plain(n) == _plain(name)), None)


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _text(raw: bytes) -> str:
    return unescape(raw.decode("utf-8", "replace"))


__all__: Iterable[str] = ["packed", "percent_styles", "read", "sheet_parts"]
