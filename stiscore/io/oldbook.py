"""Workbooks that are no .xlsx: .xls, .xlsb and .ods, read by calamine. Runs in the worker.

Of .ods a second look is taken (opendoc.py); of the two others formats, error cells and hidden rows
are not told, and the book says so.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
)

from stiscore.io import archive, guard, opendoc
from stiscore.io.pack import joined, packed
from stiscore.io.package import Members, member, whole
from stiscore.io.second_look import NOTHING, Seen
from stiscore.io.texts import Collector
from stiscore.io.wire import Note, Parsed, Refused, Sheet
from stiscore.io.workbook import check_size, worksheets

_MIMETYPE = b"application/vnd.oasis.opendocument.spreadsheet"
_MANIFEST = (
    b'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    b'<manifest:file-entry manifest:full-path="/" manifest:media-type="%b"/></manifest:manifest>'
    % _MIMETYPE
)


def read_xls(data: bytes, limits: guard.Limits) -> Parsed:
    """All worksheets of a BIFF5 or BIFF8 workbook.

    Raises Refused (R104, R108); whatever the parser itself throws passes through.
    """
    return _parsed("xls", io.BytesIO(data), {}, limits)


def read_xlsb(members: Members, limits: guard.Limits) -> Parsed:
    """All worksheets of an unpacked .xlsb; errors as ``read_xls``."""
    held = {name: whole(m) for name, m in members.items()}
    return _parsed("xlsb", archive.repacked(held), {}, limits)


def read_ods(members: Members, limits: guard.Limits) -> Parsed:
    """All sheets of an unpacked .ods, with the second look; errors as ``read_xls``."""
    if b"encryption-data" in (member(members, "META-INF/manifest.xml") or b""):
        raise Refused("R104")
    content = opendoc.without_shapes(member(members, "content.xml") or b"")
    seen: dict[str, Seen] = {}
    left = limits.cells
    for sheet in opendoc.measure(content, limits.cells):
        check_size(sheet.tall, sheet.wide, sheet.name, limits._replace(cells=left))
        left -= sheet.tall * sheet.wide
        seen[sheet.name] = sheet.seen
    try:
        return _parsed("ods", _document(content), seen, limits)
    except CalamineError:
        return _parsed("ods", _document(opendoc.without_spaces(content)), seen, limits)


def _document(content: bytes) -> io.BytesIO:
    """A package of this content; the rest of the stranger's is not needed, however it is."""
    members = {
        "mimetype": _MIMETYPE,
        "META-INF/manifest.xml": _MANIFEST,
        "content.xml": content,
    }
    return archive.repacked(members)


def _parsed(
    container: str, file: io.BytesIO, seen: Mapping[str, Seen], limits: guard.Limits
) -> Parsed:
    try:
        book = CalamineWorkbook.from_filelike(file)
    except PasswordError:
        raise Refused("R104") from None
    sheets: list[Sheet] = []
    notes = [] if container == "ods" else [Note("R128", {}, {"container": f".{container}"})]
    left = limits.cells
    for index, name in worksheets(book, notes):
        sheet = book.get_sheet_by_index(index)
        read = _sheet(sheet, seen.get(name), limits._replace(cells=left))
        sheets.append(read)
        left -= read.rows * read.columns
    return Parsed(container, sheets, notes)


def _sheet(sheet: CalamineSheet, seen: Seen | None, limits: guard.Limits) -> Sheet:
    end, known = sheet.end, Collector()
    check_size(*((end[0] + 1, end[1] + 1) if end else (0, 0)), sheet.name, limits)
    rows = [*sheet.to_python()] if end else []
    if seen is None:
        seen = NOTHING._replace(merged=_merged(sheet.merged_cell_ranges or ()))
    block = packed(rows, sheet.start or (0, 0), seen, known)
    return joined(sheet.name, [block], seen, known)


def _merged(
    ranges: Sequence[tuple[tuple[int, int], tuple[int, int]]],
) -> tuple[tuple[int, int, int, int], ...]:
    return tuple((*first, *last) for first, last in ranges)
