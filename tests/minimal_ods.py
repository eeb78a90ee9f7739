"""OpenDocument tables made by hand, to say exactly what a test needs."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from tests.minimal_xlsx import zipped

SPREADSHEET = "application/vnd.oasis.opendocument.spreadsheet"
MANIFEST = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
NAMES = "".join(
    f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text", "style")
)
CALCEXT = ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'


def ods(tables: str, manifest: str = "") -> bytes:
    """A document with these ``table:table`` elements."""
    content = (
        f"<office:document-content{NAMES}{CALCEXT}><office:body><office:spreadsheet>{tables}"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return zipped(
        {
            "mimetype": SPREADSHEET,
            "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="{MANIFEST}">{manifest}'
            "</manifest:manifest>",
            "content.xml": content,
        }
    )


def table(rows: str, name: str = "Data") -> str:
    """A sheet of these rows."""
    return f"<table:table table:name={quoteattr(name)}>{rows}</table:table>"


def row(*cells: str, **attributes: object) -> str:
    """A row; ``repeated=3`` says number-rows-repeated."""
    repeated = attributes.get("repeated")
    more = f' table:number-rows-repeated="{repeated}"' if repeated else ""
    more += f' table:visibility="{attributes["shown"]}"' if "shown" in attributes else ""
    return f"<table:table-row{more}>{''.join(cells)}</table:table-row>"


def cell(value: object = None, more: str = "") -> str:
    """A cell as LibreOffice writes a number, a text or nothing; ``more`` are attributes."""
    if value is None or value == "":
        return f"<table:table-cell{more}/>"
    if isinstance(value, (int, float)):
        kind = f' office:value-type="float" office:value="{value!r}"'
    else:
        kind = ' office:value-type="string"'
    shown = escape(str(value)).replace("  ", '<text:s text:c="2"/>')
    return f"<table:table-cell{kind}{more}><text:p>{shown}</text:p></table:table-cell>"


def sheet_of(rows: Sequence[Sequence[object]]) -> bytes:
    """A document of one sheet with these values."""
    return ods(table("".join(row(*(cell(value) for value in values)) for values in rows)))
