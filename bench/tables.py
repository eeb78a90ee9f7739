"""Large tables, written as spreadsheet programs do, without holding them."""

from __future__ import annotations

import random
import zipfile
from collections.abc import Iterator
from pathlib import Path

from stiscore.io.around import cell_name

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
_PARTS = {
    "[Content_Types].xml": "<Types/>",
    "_rels/.rels": f'<Relationships xmlns="{_LINKS}"><Relationship Id="rId1" '
    f'Type="{_KINDS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_KINDS}"><sheets>'
    '<sheet name="Data" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_LINKS}">'
    f'<Relationship Id="rId1" Type="{_KINDS}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_KINDS}/sharedStrings" Target="sharedStrings.xml"/>'
    "</Relationships>",
}


def write_xlsx(path: Path, rows: int, columns: int, figures: random.Random) -> None:
    """A head of names, then a name and figures in each row; names are shared strings."""
    names = [
        "region",
        *(f"x{c}" for c in range(1, columns)),
        *(f"Unit {r}" for r in range(1, rows)),
    ]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in _PARTS.items():
            package.writestr(name, content)
        shared = "".join(f"<si><t>{name}</t></si>" for name in names)
        package.writestr("xl/sharedStrings.xml", f'<sst xmlns="{_MAIN}">{shared}</sst>')
        with package.open("xl/worksheets/sheet1.xml", "w") as sheet:
            for piece in _sheet(rows, columns, figures):
                sheet.write(piece.encode())


def _sheet(rows: int, columns: int, figures: random.Random) -> Iterator[str]:
    letters = [cell_name(0, column).rstrip("1") for column in range(columns)]
    yield f'<worksheet xmlns="{_MAIN}"><sheetData><row r="1">'
    yield "".join(f'<c r="{letter}1" t="s"><v>{c}</v></c>' for c, letter in enumerate(letters))
    yield "</row>"
    for row in range(2, rows + 1):
        yield f'<row r="{row}"><c r="A{row}" t="s"><v>{columns + row - 2}</v></c>'
        yield "".join(
            f'<c r="{letter}{row}"><v>{figures.uniform(0, 100):.6f}</v></c>'
            for letter in letters[1:]
        )
        yield "</row>"
    yield "</sheetData></worksheet>"


def write_csv(path: Path, rows: int, columns: int, figures: random.Random) -> None:
    """The like of it as text."""
    with path.open("w", encoding="utf-8") as file:
        file.write(",".join(["region", *(f"x{c}" for c in range(1, columns))]) + "\n")
        for row in range(1, rows):
            values = (f"{figures.uniform(0, 100):.6f}" for _ in range(1, columns))
            file.write(f"Unit {row},{','.join(values)}\n")
