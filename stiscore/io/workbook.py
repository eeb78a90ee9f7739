"""Workbooks (.xlsx, .xlsm): values by calamine, the rest by the second look. Runs in the worker.

A sheet above ``inflate.KEEP`` is read in windows of rows, so that what is held does not grow with
it; all others are read whole, the second look beside the parser.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from stiscore.io import archive, guard
from stiscore.io.agreement import Disagreement, disagreements
from stiscore.io.around import cell_name
from stiscore.io.inflate import Large
from stiscore.io.look import Look, part_of
from stiscore.io.pack import Block, joined, packed
from stiscore.io.package import (
    Members,
    member,
    percent_styles,
    sheet_parts,
    whole,
    without_dimension,
)
from stiscore.io.second_look import NOTHING, Seen, Unclear
from stiscore.io.texts import Collector
from stiscore.io.windows import windows
from stiscore.io.wire import Note, Parsed, Refused, Sheet

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

# What the parser is given in place of a sheet that is not its turn.
_STUB = b"<worksheet><sheetData/></worksheet>"


class _Read(NamedTuple):
    """A sheet and what came up while it was read; not ``checked`` when there was no second look."""

    sheet: Sheet
    checked: bool
    differing: list[Disagreement]


class _Source(NamedTuple):
    """A workbook's members, and what is the same for all its sheets."""

    members: Members
    parts: dict[str, str]
    percent: frozenset[bytes]
    book: CalamineWorkbook

    def others(self) -> dict[str, bytes]:
        """All members that are no sheets."""
        sheets = set(self.parts.values())
        return {name: whole(m) for name, m in self.members.items() if name not in sheets}


def read(members: dict[str, bytes | Large], limits: guard.Limits) -> Parsed:
    """All worksheets of an unpacked workbook.

    Raises Refused (R108); whatever the parser itself throws passes through.
    """
    parts = sheet_parts(members)
    percent = percent_styles(member(members, "xl/styles.xml") or b"")
    large = {part for part in parts.values() if isinstance(members[part], Large)}
    for name in parts.values():
        content = members[name]
        if not isinstance(content, Large):
            members[name] = without_dimension(content)
    held = {name: _STUB if name in large else whole(m) for name, m in members.items()}
    book = CalamineWorkbook.from_filelike(archive.repacked(held))
    del held
    source = _Source(members, parts, percent, book)
    sheets: list[Sheet] = []
    notes: list[Note] = []
    left = limits.cells
    for index, name in worksheets(book, notes):
        found = _sheet(source, index, limits._replace(cells=left))
        notes += _notes(found, name)
        sheets.append(found.sheet)
        left -= found.sheet.rows * found.sheet.columns
    return Parsed("xlsx", sheets, notes)


def worksheets(book: CalamineWorkbook, notes: list[Note]) -> Iterator[tuple[int, str]]:
    """The sheets that hold cells, by place and name; what the others are goes to ``notes``."""
    for index, about in enumerate(book.sheets_metadata):
        place: dict[str, object] = {"sheet": about.name}
        if about.typ is not SheetTypeEnum.WorkSheet:
            notes.append(Note("R117", place, {}))
            continue
        if about.visible is not SheetVisibleEnum.Visible:
            notes.append(Note("R115", place, {}))
        yield index, about.name


def _notes(read: _Read, name: str) -> list[Note]:
    notes = [] if read.checked else [Note("R116", {"sheet": name}, {})]
    if read.differing:
        first = read.differing[0]
        place: dict[str, object] = {"sheet": name, "cell": cell_name(*first.place)}
        fields = {"held": first.held, "read": first.read, "count": len(read.differing)}
        notes.append(Note("R130", place, fields))
    return notes


def _sheet(source: _Source, index: int, limits: guard.Limits) -> _Read:
    name = source.book.sheets_metadata[index].name
    content = source.members.get(source.parts.get(name, ""))
    if not isinstance(content, Large):
        return _at_once(source, index, content, limits)
    try:
        return _by_windows(source, index, content, limits)
    except (Refused, MemoryError):
        raise
    except Exception:  # noqa: BLE001 - cut up it is not understood: it must be read whole
        xml = without_dimension(content.whole())
        book = _book_of(source, name, xml)
        return _at_once(source._replace(book=book), index, xml, limits)


def _at_once(source: _Source, index: int, xml: bytes | None, limits: guard.Limits) -> _Read:
    known = Collector()
    name = source.book.sheets_metadata[index].name
    block, seen, differing = _block(source, index, xml, limits, known)
    sheet = joined(name, [block], seen or NOTHING, known)
    return _Read(sheet, seen is not None, differing)


def _by_windows(source: _Source, index: int, large: Large, limits: guard.Limits) -> _Read:
    known = Collector()
    name = source.book.sheets_metadata[index].name
    around, next_row = NOTHING, 0
    hidden: list[int] = []
    blocks: list[Block] = []
    differing: list[Disagreement] = []
    for xml in map(without_dimension, windows(large.pieces())):
        part = part_of(xml)
        if part is None or not part.addressed:
            raise Unclear
        piece = source._replace(book=_book_of(source, name, xml))
        block, seen, different = _block(piece, index, xml, limits, known)
        if seen is None or (block.tall and block.top < next_row):
            raise Unclear
        next_row = max(next_row, block.top + block.tall)
        hidden += seen.hidden_rows
        around = seen
        differing += different
        blocks.append(block)
    around = around._replace(hidden_rows=tuple(hidden))
    return _Read(joined(name, blocks, around, known), True, differing)


def _book_of(source: _Source, name: str, xml: bytes) -> CalamineWorkbook:
    """The workbook with this one sheet, of which ``xml`` is all or a part."""
    made = archive.repacked({**source.others(), source.parts[name]: xml})
    return CalamineWorkbook.from_filelike(made)


def _block(
    source: _Source, index: int, xml: bytes | None, limits: guard.Limits, known: Collector
) -> tuple[Block, Seen | None, list[Disagreement]]:
    name = source.book.sheets_metadata[index].name
    part = part_of(xml)
    if part is not None:
        check_size(*part.extent(limits.cells), name, limits)
    look = Look(part, source.percent)
    sheet: CalamineSheet = source.book.get_sheet_by_index(index)
    end = sheet.end  # 0-based; calamine's total_height is the same and not a height
    check_size(*((end[0] + 1, end[1] + 1) if end else (0, 0)), name, limits)
    rows = sheet.to_python() if end else []
    seen = look.result()
    if seen is not None and seen.marks:
        tall, wide = (max(place[axis] for place in seen.marks) + 1 for axis in (0, 1))
        check_size(max(tall, len(rows)), max(wide, end[1] + 1 if end else 0), name, limits)
    block = packed([*rows], sheet.start or (0, 0), seen or NOTHING, known)
    if part is None or seen is None:
        return block, seen, []
    return block, seen, disagreements(part, block, seen, known)


def check_size(tall: int, wide: int, name: str, limits: guard.Limits) -> None:
    """Refuse a used range of more rows, columns or cells than may be read (R108)."""
    if tall > limits.rows or wide > limits.columns or tall * wide > limits.cells:
        raise Refused(
            "R108", {"sheet": name}, rows=tall, columns=wide, cells=tall * wide, limit=limits.cells
        )
