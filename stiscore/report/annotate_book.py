"""Writing the annotated workbook: marks, comments, the list of findings, the same bytes each time.

openpyxl is imported inside the functions: only ``--annotate`` needs it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from stiscore.dataset import column_letters
from stiscore.finding import Finding, Findings, Severity, cell_place
from stiscore.report.findings_text import help_line, plain
from stiscore.words.annotate import ANNOTATE
from stiscore.words.faults import SAYINGS, tell
from stiscore.words.findings import TOLD

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.comments import Comment

    from stiscore.seen import SheetCells
    from stiscore.words import Lang

LISTED = 2_000
_SAID = 1_500  # characters of a comment; more would not open on a screen
_TEXT = 32_767  # characters a cell holds
_TITLE = 31  # characters of a sheet's name
_COLOURS = {Severity.ERROR: "FFC7CE", Severity.WARNING: "FFEB9C", Severity.NOTE: "DDEBF7"}
_WIDTHS = (6, 10, 8, 24, 24, 70, 70)
_STAMP = datetime(2025, 1, 1)  # noqa: DTZ001  (a workbook has no time zones)
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
# What XML cannot hold.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
# What a spreadsheet takes for a formula, or for an error, when it is typed.
_LIVE = ("=", "+", "-", "@", "#")


class Place(NamedTuple):
    """A cell: sheet (None: of a text file), row and column from 1."""

    sheet: str | None
    row: int
    column: int


Marks = Mapping[Place, Sequence[Finding]]


def place_of(finding: Finding) -> Place | None:
    """The cell a finding names, of a range the first; None when it names none."""
    where = finding.location
    if where is None:
        return None
    if where.line is not None:
        return Place(None, where.line, where.column or 1)
    cell = cell_place(re.split("[:,]", where.cell or "")[0])
    return None if cell is None or where.sheet is None else Place(where.sheet, cell[1], cell[0])


def marked_copy(held: Workbook, marks: Marks, findings: Findings, lang: Lang) -> bytes:
    """An opened workbook with marks, comments and the list added at its end."""
    from openpyxl.cell import MergedCell

    for number, (place, told) in enumerate(marks.items()):
        sheet = held[str(place.sheet)]
        cell: Any = sheet.cell(place.row, place.column)
        if isinstance(cell, MergedCell):
            first = next(r for r in sheet.merged_cells.ranges if cell.coordinate in r)
            cell = sheet.cell(first.min_row, first.min_col)
        cell.fill = _fill(told)
        if number < LISTED:
            before = f"{cell.comment.text}\n\n" if cell.comment else ""
            cell.comment = _comment(told, lang, before)
    names = {sheet.title: sheet.title for sheet in held.worksheets}
    title = _title(ANNOTATE["sheet"].say(lang), set(held.sheetnames))
    _list(held.create_sheet(title), findings, names, lang)
    return _saved(held)


def fresh(sheets: Sequence[SheetCells], marks: Marks, findings: Findings, lang: Lang) -> bytes:
    """A new workbook of values as read, each in its row and column, with marks and the list."""
    from openpyxl import Workbook

    made = Workbook(write_only=True)
    made.properties.creator = "stiscore"
    made.properties.created = _STAMP
    names: dict[str | None, str] = {}
    commented = set(list(marks)[:LISTED])
    for sheet in sheets:
        names[sheet.name] = _title(sheet.name or "data", set(names.values()))
        page: Any = made.create_sheet(names[sheet.name])
        own = {(p.row, p.column): t for p, t in marks.items() if p.sheet == sheet.name}
        for row, values in _numbered(sheet, own):
            page.append(
                [
                    _cell(
                        page,
                        value,
                        own.get((row, column), ()),
                        lang if (sheet.name, row, column) in commented else None,
                        percent=(row, column) in sheet.percent,
                    )
                    for column, value in enumerate(values, 1)
                ]
            )
    _list(
        made.create_sheet(_title(ANNOTATE["sheet"].say(lang), set(names.values()))),
        findings,
        names,
        lang,
    )
    return _saved(made)


def _numbered(
    sheet: SheetCells, own: Mapping[tuple[int, int], object]
) -> Iterator[tuple[int, list[float | str | None]]]:
    """Rows from 1 without a gap, each wide enough for its marks, and down to the last mark."""
    width: dict[int, int] = {}
    for row, column in own:
        width[row] = max(column, width.get(row, 0))
    at = 0
    last = max(width, default=0)

    def wide(row: int, values: list[float | str | None]) -> tuple[int, list[float | str | None]]:
        """A row filled up to its last mark."""
        return row, values + [None] * (width.get(row, 0) - len(values))

    for line, values in sheet.rows:
        yield from (wide(row, []) for row in range(at + 1, line))
        yield wide(line, values)
        at = line
    yield from (wide(row, []) for row in range(at + 1, last + 1))


def _cell(
    page: Any,
    value: float | str | None,
    told: Sequence[Finding],
    lang: Lang | None,
    *,
    percent: bool,
) -> Any:
    """A value for a row of a write-only sheet; as it is where nothing is to be added."""
    from openpyxl.cell import WriteOnlyCell

    if isinstance(value, str):
        value = _ILLEGAL.sub("\ufffd", value)[:_TEXT]
    live = isinstance(value, str) and value.startswith(_LIVE)
    if not (told or live or percent or _inexact(value)):
        return value
    cell: Any = WriteOnlyCell(page)
    _type(cell, value)
    if percent:
        cell.number_format = "0.0%"
    if told:
        cell.fill = _fill(told)
        if lang is not None:
            cell.comment = _comment(told, lang)
    return cell


def _inexact(value: float | str | None) -> bool:
    """Whether openpyxl, which writes sixteen digits, would lose the last bit of a number."""
    return isinstance(value, float) and float(f"{value:.16g}") != value


def _type(cell: Any, value: float | str | None) -> None:
    """Put a value into a cell as what it is: no text becomes a formula or an error."""
    if value is None:
        return
    cell.value = repr(value) if isinstance(value, float) else value
    cell.data_type = "n" if isinstance(value, float) else "s"
    cell.quotePrefix = isinstance(value, str) and value.startswith(_LIVE)


def _fill(told: Sequence[Finding]) -> Any:
    from openpyxl.styles import PatternFill

    return PatternFill("solid", fgColor=_COLOURS[told[0].severity])


def _comment(told: Sequence[Finding], lang: Lang, before: str = "") -> Comment:
    """The findings of a cell, after what was said there before; long ones point to the list."""
    from openpyxl.comments import Comment as Note

    said = "\n\n".join(
        f"{f.code} {plain(SAYINGS[f.code].title, lang)}\n{what}\n{help_line(remedy, lang)}"
        for f, (what, remedy) in ((f, tell(f, lang)) for f in told)
    )
    text = _ILLEGAL.sub("\ufffd", before + said)
    if len(text) > _SAID:
        text = f"{text[:_SAID]}\n{ANNOTATE['more'].say(lang)}"
    lines = sum(1 + len(line) // 45 for line in text.split("\n"))
    return Note(text, "stiscore", height=min(18 * lines + 20, 400), width=340)


def _list(page: Any, findings: Findings, names: Mapping[Any, str], lang: Lang) -> None:
    """The sheet of findings: a row each, its cell linked; links lead into this workbook only."""
    from openpyxl.styles import Font

    for letter, width in zip("ABCDEFG", _WIDTHS, strict=True):
        page.column_dimensions[letter].width = width
    page.freeze_panes = "A2"
    heads = [
        "#",
        *(TOLD[k].say(lang) for k in ("severity", "code", "where", "unit", "what", "mend")),
    ]
    page.append([_text(page, head, font=Font(bold=True)) for head in heads])
    for number, finding in enumerate(findings[:LISTED], 1):
        what, remedy = tell(finding, lang)
        told = [TOLD[str(finding.severity)].say(lang), finding.code, "", finding.unit, what, remedy]
        row = [_text(page, text or "") for text in (str(number), *told)]
        row[3] = _linked(page, finding, names, number + 1)
        page.append(row)
    if len(findings) > LISTED:
        left = ANNOTATE["left"].say(lang, shown=LISTED, count=len(findings))
        page.append([_text(page, left)])


def _text(page: Any, text: str, font: Any = None) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment

    cell: Any = WriteOnlyCell(page)
    _type(cell, _ILLEGAL.sub("\ufffd", text)[:_TEXT])
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if font is not None:
        cell.font = font
    return cell


def _linked(page: Any, finding: Finding, names: Mapping[Any, str], row: int) -> Any:
    from openpyxl.styles import Font
    from openpyxl.worksheet.hyperlink import Hyperlink

    cell = _text(page, str(finding.location or ""))
    place = place_of(finding)
    if place is not None and place.sheet in names:
        name = names[place.sheet].replace("'", "''")
        target = f"'{name}'!{column_letters(place.column)}{place.row}"
        cell.hyperlink = Hyperlink(ref="", location=target)
        # The setter knows only where the cell stands now, which is nowhere yet.
        cell.hyperlink.ref = f"D{row}"
        cell.font = Font(color="0563C1", underline="single")
    return cell


def _title(wanted: str, taken: set[str]) -> str:
    """A name a spreadsheet takes for a sheet, and that no other sheet has."""
    plainly = _FORBIDDEN.sub("_", _ILLEGAL.sub("_", wanted)).strip("'")[:_TITLE] or "data"
    used = {name.casefold() for name in taken}
    title, number = plainly, 2
    while title.casefold() in used:
        ending = f" ({number})"
        title, number = plainly[: _TITLE - len(ending)] + ending, number + 1
    return title


def _saved(made: Workbook) -> bytes:
    """The workbook's bytes with fixed times, so that the same input gives the same file."""
    raw, out = BytesIO(), BytesIO()
    made.save(raw)
    stamp = f"{_STAMP:%Y-%m-%dT%H:%M:%SZ}".encode()
    with ZipFile(raw) as held, ZipFile(out, "w") as package:
        for name in held.namelist():
            member = ZipInfo(name, _STAMP.timetuple()[:6])
            member.compress_type = ZIP_DEFLATED
            member.create_system = 3  # ZipInfo notes the system it runs on; 3 is Unix
            content = held.read(name)
            if name == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>" + stamp, content)
            package.writestr(member, content)
    return out.getvalue()
