"""Workbooks (.xlsx, .xlsm): values by calamine, the rest by the second look. Runs in the worker."""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping
from html import unescape
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from stiscore.io import archive, guard
from stiscore.io.pack import Rows, packed, widened
from stiscore.io.second_look import Part, Seen, Unclear, attribute
from stiscore.io.wire import Note, Parsed, Refused, Sheet

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

_THREAD_ABOVE = 1_000_000  # bytes of sheet XML; below, starting a thread costs more than it saves

_SHEET = re.compile(rb"<(?:[\w.-]+:)?sheet(\s[^>]*)>")
_RELATION = re.compile(rb"<(?:[\w.-]+:)?Relationship(\s[^>]*)>")
_RELATION_ID = re.compile(rb"\s(?:[\w.-]+:)id\s*=\s*[\"']([^\"']*)")
_FORMAT = re.compile(rb"<(?:[\w.-]+:)?numFmt(\s[^>]*)>")
_CELL_FORMATS = re.compile(rb"<(?:[\w.-]+:)?cellXfs\b[^>]*>(.*?)</(?:[\w.-]+:)?cellXfs", re.DOTALL)
_CELL_FORMAT = re.compile(rb"<(?:[\w.-]+:)?xf(\s[^>]*)>")
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]', re.DOTALL)
_PERCENT_IDS = (b"9", b"10")


def read(data: bytes, limits: guard.Limits) -> Parsed:
    """All worksheets of a workbook.

    Raises Refused (R104 to R108); whatever the parser itself throws passes through.
    """
    members = archive.unpack(data, limits)
    parts = sheet_parts(members)
    percent = percent_styles(_member(members, "xl/styles.xml") or b"")
    book = CalamineWorkbook.from_filelike(archive.repacked(members))
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
    rows: Rows = [*sheet.to_python(skip_empty_area=False)] if end else []
    seen = look.result()
    if seen is not None and seen.marks:
        tall = max(tall, *(row + 1 for row, _ in seen.marks))
        wide = max(wide, *(column + 1 for _, column in seen.marks))
        _check_size(tall, wide, name, limits)
        rows = widened(rows, tall, wide)
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
            except MemoryError:
                raise
            except Exception:  # noqa: BLE001 - an odd part costs a note, never the values
                self._seen = None

    def result(self) -> Seen | None:
        """What was seen; None when the part is not understood."""
        if self._thread.ident is not None:
            self._thread.join()
        return self._seen


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
