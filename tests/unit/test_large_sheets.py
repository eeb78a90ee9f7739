"""A sheet read in windows of rows is the sheet read whole; and when it cannot be cut, it is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stiscore.io import guard, inflate, windows, workbook
from stiscore.io.archive import unpack
from stiscore.io.second_look import Unclear
from stiscore.io.windows import windows as cut
from stiscore.io.wire import Parsed, Refused, Sheet
from tests.minimal_xlsx import members, zipped

STYLES = '<cellXfs><xf numFmtId="0"/><xf numFmtId="9"/></cellXfs>'
AFTER = '<mergeCells><mergeCell ref="A1:B2"/></mergeCells>'
SIZE = 300

CELLS = st.sampled_from(
    [
        "", "<v>1.5</v>", "<v>-3</v>", "<f>A1</f>", '|t="e"|<v>#N/A</v>', '|s="1"|<v>0.5</v>',
        '|t="inlineStr"|<is><t>北京</t></is>', '|t="str"|<v>a&lt;b</v>',
    ]
)  # fmt: skip
ROWS = st.lists(
    st.tuples(st.integers(1, 3), st.booleans(), st.dictionaries(st.integers(0, 5), CELLS)),
    min_size=4,
    max_size=25,
)


def written(rows: list[tuple[int, bool, dict[int, str]]], p: str = "") -> str:
    """Rows, each so many below the last, some hidden."""
    at, made = 0, []
    for down, hidden, cells in rows:
        at += down
        inner = ""
        for column in sorted(cells):
            body = cells[column]
            more = ""
            if body.startswith("|"):
                _, more, body = body.split("|", 2)
            body = body.replace("</", "\0").replace("<", f"<{p}").replace("\0", f"</{p}")
            inner += f'<{p}c r="{chr(65 + column)}{at}" {more}>{body}</{p}c>'.replace(" >", ">")
        made.append(f'<{p}row r="{at}"{hidden * " hidden=" + hidden * chr(34) + hidden * "1"}'
                    f'{hidden * chr(34)}>{inner}</{p}row>')  # fmt: skip
    return "".join(made)


def package(data: str, prefix: str = "") -> bytes:
    parts = members(data, STYLES, prefix)
    name = "xl/worksheets/sheet1.xml"
    p = f"{prefix}:" if prefix else ""
    after = AFTER.replace("<m", f"<{p}m").replace("</m", f"</{p}m")
    parts[name] = parts[name].replace(f"</{p}sheetData>", f"</{p}sheetData>{after}")
    return zipped(parts)


def read(data: bytes, limits: guard.Limits = guard.NORMAL) -> Parsed:
    return workbook.read(unpack(data, limits).members, limits)


def by_windows(data: bytes, limits: guard.Limits = guard.NORMAL) -> Parsed:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(inflate, "KEEP", SIZE)
        patch.setattr(inflate, "_PIECE", 64)
        patch.setattr(workbook, "windows", lambda pieces: cut(pieces, SIZE))
        return read(data, limits)


def cells(sheet: Sheet) -> tuple[object, ...]:
    """All a sheet says, texts by what they are and not by number."""
    shown = [sheet.texts[at] if at >= 0 else "" for at in sheet.text_at]
    return (*sheet._replace(texts=None, text_at=shown, kinds=bytes(sheet.kinds)),)  # type: ignore[arg-type]


@given(ROWS, st.sampled_from(["", "x"]))
@settings(max_examples=60, deadline=None)
def test_windows_change_nothing(rows, prefix):
    p = f"{prefix}:" if prefix else ""
    data = package(written(rows, p), prefix)
    whole, windowed = read(data), by_windows(data)
    assert [cells(s) for s in windowed.sheets] == [cells(s) for s in whole.sheets]
    assert windowed.notes == whole.notes


def plain(first: int, last: int) -> str:
    return "".join(f'<row r="{r}"><c r="A{r}"><v>{r}</v></c></row>' for r in range(first, last))


@pytest.mark.parametrize(
    "data",
    [
        plain(1, 20) + "<row><c><v>1</v></c></row>",
        plain(1, 20) + '<!-- </row> --><row r="30"><c r="A30"><v>1</v></c></row>',
        plain(10, 30) + plain(1, 10),
        plain(1, 20) + '<row r="30"><c r="A30" t="inlineStr"><is><t>'
        "<![CDATA[</row>]]></t></is></c></row>",
    ],
    ids=["no address", "comment", "out of order", "cdata"],
)  # fmt: skip
def test_what_cannot_be_cut_for_certain_is_read_whole(data):
    made = package(data)
    assert [cells(s) for s in by_windows(made).sheets] == [cells(s) for s in read(made).sheets]


def test_a_sheet_is_cut_and_every_piece_is_a_sheet():
    xml = members(plain(1, 60))["xl/worksheets/sheet1.xml"].encode()
    pieces = list(cut([xml[at : at + 100] for at in range(0, len(xml), 100)], SIZE))
    assert len(pieces) > 4
    assert all(p.startswith(b"<worksheet") and p.endswith(b"</worksheet>") for p in pieces)
    assert sum(p.count(b"<row ") for p in pieces) == 59
    assert max(map(len, pieces)) < 2 * SIZE


def test_a_sheet_inside_another_element_is_not_cut():
    xml = b"<worksheet><AlternateContent><sheetData>" + b'<row r="1"></row>' * 50
    with pytest.raises(Unclear):
        list(windows.windows([xml], SIZE))


def test_the_cell_cap_holds_across_windows():
    made = package(plain(1, 100))
    with pytest.raises(Refused) as refused:
        by_windows(made, guard.NORMAL._replace(cells=50))
    assert refused.value.code == "R108"
