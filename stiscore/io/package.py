"""What the small parts of a workbook's package say: where each sheet stands, which styles are %."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from posixpath import dirname, join, normpath

from stiscore.io.around import attribute
from stiscore.io.inflate import Large
from stiscore.io.members import plain

Members = Mapping[str, bytes | Large]

# In front of the cells; a declaration further on is none that a program wrote.
_HEAD = 8_192
_DIMENSION = re.compile(rb"<(?:[\w.-]+:)?dimension\s[^>]*/>")
_SHEET = re.compile(rb"<(?:[\w.-]+:)?sheet(\s[^>]*)>")
_RELATION = re.compile(rb"<(?:[\w.-]+:)?Relationship(\s[^>]*)>")
_RELATION_ID = re.compile(rb"\s(?:[\w.-]+:)id\s*=\s*[\"']([^\"']*)")
_FORMAT = re.compile(rb"<(?:[\w.-]+:)?numFmt(\s[^>]*)>")
_CELL_FORMATS = re.compile(rb"<(?:[\w.-]+:)?cellXfs\b[^>]*>(.*?)</(?:[\w.-]+:)?cellXfs", re.DOTALL)
_CELL_FORMAT = re.compile(rb"<(?:[\w.-]+:)?xf(\s[^>]*)>")
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]', re.DOTALL)
_PERCENT_IDS = (b"9", b"10")


def whole(content: bytes | Large) -> bytes:
    """A member's content, whether it is held or not."""
    return content.whole() if isinstance(content, Large) else content


def member(members: Members, name: str) -> bytes | None:
    """The member of that name in whatever case or spelling of the path."""
    return next((whole(m) for n, m in members.items() if plain(n) == plain(name)), None)


def sheet_parts(members: Members) -> dict[str, str]:
    """The member each sheet's XML stands in, by the sheet's name; what is not found is left out."""
    root = _relations(members, "")
    main = next((t for t in root.values() if t.lower().endswith("workbook.xml")), "xl/workbook.xml")
    workbook = member(members, main)
    if workbook is None:
        return {}
    targets = _relations(members, main)
    names = {plain(name): name for name in members}
    found = {}
    for tag in _SHEET.findall(workbook):
        name, relation = attribute(tag, b"name"), _RELATION_ID.search(tag)
        target = targets.get(_text(relation[1])) if relation else None
        if name is not None and target is not None and plain(target) in names:
            found[_text(name)] = names[plain(target)]
    return found


def without_dimension(sheet: bytes) -> bytes:
    """A sheet's XML without the range it declares, which may be any and makes the parser fail.

    >>> without_dimension(b'<worksheet><dimension ref="nonsense"/><sheetData/></worksheet>')
    b'<worksheet><sheetData/></worksheet>'
    """
    found = _DIMENSION.search(sheet, 0, _HEAD)
    return sheet[: found.start()] + sheet[found.end() :] if found else sheet


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


def _relations(members: Members, part: str) -> dict[str, str]:
    folder, file = dirname(part), part.rpartition("/")[2]
    xml = member(members, join(folder, "_rels", f"{file}.rels")) or b""
    found = {}
    for tag in _RELATION.findall(xml):
        key, target = attribute(tag, b"Id"), attribute(tag, b"Target")
        if key is not None and target is not None:
            path = _text(target).replace("\\", "/")
            found[_text(key)] = normpath(
                path.lstrip("/") if path.startswith("/") else join(folder, path)
            )
    return found


def _text(raw: bytes) -> str:
    return unescape(raw.decode("utf-8", "replace"))
