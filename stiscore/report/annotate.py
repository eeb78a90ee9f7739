"""A workbook with the cells that findings name marked and commented, and a sheet that lists them.

Where openpyxl opens the input it is a copy of it; where not, a fresh workbook of the values as
read. Everything is rendered to bytes; nothing here touches the disk but to read the input.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple
from zipfile import ZipFile

from stiscore.finding import Finding, Findings, Severity, cell_place
from stiscore.report import annotate_book as book
from stiscore.words.faults import found
from stiscore.words.faults.setting_aside import REASONS

if TYPE_CHECKING:
    from openpyxl import Workbook

    from stiscore.report.annotate_book import Place
    from stiscore.seen import SheetCells
    from stiscore.words import Lang

# Bytes of a package once inflated; openpyxl needs some twenty times as much memory.
COPIED = 30_000_000
# Cells that merged ranges and links may span: openpyxl makes an object of every one.
SPANNED = 1_000_000
_SPANS = re.compile(
    rb'<(?:\w+:)?(?:mergeCell|hyperlink)\b[^>]*?\bref="([A-Z]+[0-9]+):([A-Z]+[0-9]+)"'
)
_ORDER = tuple(Severity)


class Annotated(NamedTuple):
    """The workbook's bytes, and what is to be said of it."""

    data: bytes
    notes: Findings


def annotated(
    original: bytes | None, sheets: Sequence[SheetCells], findings: Findings, lang: Lang
) -> Annotated:
    """The annotated workbook of a file.

    ``original``: the bytes of an .xlsx package, None for any other container. ``sheets``: what was
    read of it, for the fresh workbook. Comments and list are in ``lang`` and stop at ``LISTED``
    findings, which a note (R162) says; every cell is coloured by its severest finding.
    """
    marks = _marks(findings)
    copy = None if original is None else _opened(original, {sheet.name for sheet in sheets})
    if isinstance(copy, str) or copy is None:
        reason = REASONS[copy or "no-workbook"]
        data = book.fresh(sheets, marks, findings, lang)
        notes = [found("R161", cells=len(marks), reason=reason)]
    else:
        data = book.marked_copy(copy, marks, findings, lang)
        notes = [found("R160", cells=len(marks))]
    if len(findings) > book.LISTED:
        notes.append(found("R162", shown=book.LISTED, count=len(findings)))
    return Annotated(data, Findings(notes))


def _marks(findings: Findings) -> dict[Place, list[Finding]]:
    """The findings of every cell, the severest first."""
    marks: dict[Place, list[Finding]] = {}
    for finding in findings:
        place = book.place_of(finding)
        if place is not None:
            marks.setdefault(place, []).append(finding)
    for told in marks.values():
        told.sort(key=lambda finding: _ORDER.index(finding.severity))
    return marks


def _opened(original: bytes, names: set[str | None]) -> Workbook | str:
    """The workbook as openpyxl has it, or the key of why there is none."""
    from openpyxl import load_workbook

    # The reader's guards have let the package pass; these are about what openpyxl makes of it.
    # It raises nearly anything on what it does not know, and a copy is never worth a crash.
    try:
        with ZipFile(BytesIO(original)) as package:
            if sum(member.file_size for member in package.infolist()) > COPIED:
                return "too-large"
            sheets = [n for n in package.namelist() if "worksheets/" in n and n.endswith(".xml")]
            if sum(map(_spanned, map(package.read, sheets))) > SPANNED:
                return "too-large"
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            held = load_workbook(BytesIO(original), rich_text=True)
        told = {sheet.title for sheet in held.worksheets}
    except Exception:  # noqa: BLE001
        return "unopened"
    # Of a strict package it sees no sheet, and says nothing.
    return held if names <= told else "unopened"


def _spanned(sheet: bytes) -> int:
    """Cells that merged ranges and links of a sheet span together."""
    total = 0
    for first, last in _SPANS.findall(sheet):
        start, end = cell_place(first.decode()), cell_place(last.decode())
        if start and end:
            total += (end[0] - start[0] + 1) * (end[1] - start[1] + 1)
    return total
