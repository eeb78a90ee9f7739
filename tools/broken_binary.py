"""Containers that need records of bytes: a workbook as .xlsb, the head of an encrypted one."""

from __future__ import annotations

import struct
from collections.abc import Sequence

from broken_package import PACKAGE, RELATIONS, Value, zipped

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Numbers of the records of a binary workbook ([MS-XLSB] 2.3).
_ROW, _REAL, _TEXT = 0, 5, 6
_BEGIN_SHEET, _END_SHEET, _BEGIN_BOOK, _END_BOOK = 129, 130, 131, 132
_BEGIN_SHEETS, _END_SHEETS, _BEGIN_DATA, _END_DATA, _RANGE, _BUNDLE = 143, 144, 145, 146, 148, 156


def xlsb(name: str, rows: Sequence[Sequence[Value]]) -> bytes:
    """A binary workbook of one sheet of texts and numbers."""
    relation = f"{RELATIONS}/%s"
    bundle = struct.pack("<II", 0, 1) + _wide("rId1") + _wide(name)
    workbook = [
        (_BEGIN_BOOK, b""), (_BEGIN_SHEETS, b""), (_BUNDLE, bundle), (_END_SHEETS, b""),
        (_END_BOOK, b""),
    ]  # fmt: skip
    used = struct.pack("<IIII", 0, len(rows) - 1, 0, max(map(len, rows)) - 1)
    sheet = [(_BEGIN_SHEET, b""), (_RANGE, used), (_BEGIN_DATA, b"")]
    for number, row in enumerate(rows):
        sheet.append((_ROW, struct.pack("<IIHBBBI", number, 0, 300, 0, 0, 0, 0)))
        sheet += [_cell(column, v) for column, v in enumerate(row) if v is not None]
    sheet += [(_END_DATA, b""), (_END_SHEET, b"")]
    related = (
        '<Relationships xmlns="%s/relationships">'
        '<Relationship Id="rId1" Type="%s" Target="%s"/></Relationships>'
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>'.encode(),
        "_rels/.rels": (
            related % (PACKAGE, relation % "officeDocument", "xl/workbook.bin")
        ).encode(),
        "xl/workbook.bin": _records(workbook),
        "xl/_rels/workbook.bin.rels": (
            related % (PACKAGE, relation % "worksheet", "worksheets/sheet1.bin")
        ).encode(),
        "xl/worksheets/sheet1.bin": _records(sheet),
    }
    return zipped(parts.items())


def encrypted() -> bytes:
    """The head and directory of a container with an encrypted package, named as Excel does."""
    head = OLE + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(478)
    names = ("Root Entry", "EncryptionInfo", "EncryptedPackage")
    return head + b"".join(_entry(name) for name in names)


def _entry(name: str) -> bytes:
    held = name.encode("utf-16-le") + b"\0\0"
    return held.ljust(64, b"\0") + struct.pack("<H", len(held)) + bytes(62)


def _cell(column: int, value: Value) -> tuple[int, bytes]:
    place = struct.pack("<II", column, 0)
    if isinstance(value, str):
        return _TEXT, place + _wide(value)
    return _REAL, place + struct.pack("<d", value)


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _records(records: Sequence[tuple[int, bytes]]) -> bytes:
    return b"".join(_number(kind, 2) + _number(len(held), 4) + held for kind, held in records)


def _number(value: int, most: int) -> bytes:
    """A number as seven bits a byte, the lowest first."""
    told = bytearray()
    for _ in range(most):
        value, low = value >> 7, value & 0x7F
        told.append(low | (0x80 if value else 0))
        if not value:
            break
    return bytes(told)
