"""What the reader saw in a file, for people."""

from __future__ import annotations

import math
from collections.abc import Iterator

from stiscore.report import findings_text
from stiscore.report.phrases import listed
from stiscore.report.screen import Screen
from stiscore.report.table import Field
from stiscore.seen import ColumnSeen, Inspection, SheetSeen
from stiscore.words.inspect import LABELS, label
from stiscore.words.measurements import measured


def shown(seen: Inspection, screen: Screen) -> str:
    """File, sheets with the reasons for and against, the table's parts, columns, findings."""
    lang = screen.lang
    screen.line(label("file", lang, file=seen.file, container=seen.container, sha256=seen.sha256))
    if seen.delimiter is not None:
        parts = {"encoding": seen.encoding, "delimiter": repr(seen.delimiter)}
        screen.line(label("text_file", lang, **parts))
    for sheet in seen.sheets:
        _sheet(sheet, seen, screen)
    screen.lines(list(_table(seen, screen)))
    if seen.columns:
        screen.line()
        screen.table(_columns(seen, screen))
    text = screen.text()
    for key, findings in (("refused", seen.refused), ("notes", seen.notes)):
        if findings:
            text += f"\n{label(key, lang)}\n{findings_text.full(findings, lang)}"
    return text


def _sheet(sheet: SheetSeen, seen: Inspection, screen: Screen) -> None:
    lang, (rows, columns) = screen.lang, sheet.shape
    layout = label(f"layout-{sheet.layout}", lang)
    told = label(
        "sheet",
        lang,
        name=sheet.name or "-",
        rows=rows,
        columns=columns,
        layout=layout,
        score=f"{sheet.score:.2f}",
    )
    chosen = sheet.layout == seen.layout and sheet.name in {seen.sheet, seen.file}
    screen.line(f"{told} <- {label('chosen', lang)}" if chosen else told)
    reasons = [label(r.key, lang, **r.facts) for r in sheet.reasons]
    if sheet.hidden_rows:
        reasons.append(label("hidden_rows", lang, n=len(sheet.hidden_rows)))
    if reasons:
        screen.line(f"  {listed(reasons, lang, 'semicolon')}")


def _table(seen: Inspection, screen: Screen) -> Iterator[str]:
    lang = screen.lang
    if seen.level is not None:
        yield label("level", lang, level=seen.level)
    if seen.units:
        told = listed((f"{registry} {count}" for registry, count in seen.units), lang)
        yield label("units_of", lang, told=told)
    facts = {"unknown_units": seen.unknown_units, "years": seen.years, "preface": seen.preface}
    for key, values in facts.items():
        if values:
            yield label(key, lang, told=listed(values, lang))


def _factor(factor: float) -> str:
    """What a column is multiplied with; a question mark where its measurement is not understood."""
    return "?" if math.isnan(factor) else f"{factor:g}"


def _place(cell: str, file: str) -> str:
    """A cell's address without the file and sheet, which stand above."""
    return cell.rpartition(" ")[2].removeprefix(f"{file.rpartition('/')[2]}:")


def _columns(seen: Inspection, screen: Screen) -> list[Field]:
    lang, columns = screen.lang, seen.columns
    return [
        Field(
            label("column", lang), [c.header.replace("\n", " ") for c in columns], "left", drop=1
        ),
        Field(label("cell", lang), [_place(c.cell, seen.file) for c in columns], "left"),
        Field(label("read_as", lang), [_meaning(c, screen) for c in columns], "left"),
        Field(
            label("measured_in", lang),
            [measured(c.measured_in or "-", lang) for c in columns],
            "left",
            drop=2,
        ),
        Field(label("times", lang), [_factor(c.factor) for c in columns], drop=3),
    ]


def _meaning(column: ColumnSeen, screen: Screen) -> str:
    if column.id is None:
        if column.suggestion:
            return label("perhaps", screen.lang, suggestion=column.suggestion)
        return label("unknown", screen.lang)
    kind = f" ({label(column.kind, screen.lang)})" if column.kind in LABELS else ""
    return f"{column.id}{kind}"
