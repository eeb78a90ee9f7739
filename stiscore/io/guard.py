"""What is refused before a parser sees it: what is no file, what is too large, what is no table.

Runs in the worker, on the standard library only. A container is told by its content, never by its
name; to read one more, give the worker a reader for it.
"""

from __future__ import annotations

import io
import os
import re
import stat
from typing import NamedTuple

from stiscore.io.wire import Refused

MB = 1_000_000
_PIECE = 1 << 24


class Limits(NamedTuple):
    """Upper bounds; the worker sets memory and processor seconds on itself."""

    file_bytes: int = 100 * MB
    inflated: int = 200 * MB
    member: int = 100 * MB
    ratio: int = 200
    members: int = 2_000
    cells: int = 5_000_000
    rows: int = 1_048_576
    columns: int = 16_384
    memory: int = 1_000 * MB
    columnar_memory: int = 1_500 * MB
    seconds: int = 60


NORMAL = Limits()
LARGE = Limits(
    file_bytes=2_000 * MB,
    inflated=4_000 * MB,
    member=2_000 * MB,
    ratio=2_000,
    members=20_000,
    cells=100_000_000,
    memory=16_000 * MB,
    columnar_memory=16_000 * MB,
    seconds=600,
)

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PARQUET = b"PAR1"
# Containers that are recognised and not read: how they begin, what people call them.
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"PARE", ".parquet (encrypted)"),
    (b"\x1f\x8b", ".gz"),
    (b"BZh91AY", ".bz2"),
    (b"\xfd7zXZ\x00", ".xz"),
    (b"\x28\xb5\x2f\xfd", ".zst"),
    (b"7z\xbc\xaf\x27\x1c", ".7z"),
    (b"Rar!\x1a\x07", ".rar"),
    (b"%PDF-", ".pdf"),
    (b"SQLite format 3\x00", ".sqlite"),
    (b"ARROW1", ".arrow"),
    (b"TABLE\r\n0,1", ".dif"),
    (b"{\\rtf", ".rtf"),
)
# Workbooks of Excel 2 to 5 before they were put in a container: how they begin, and the version.
_BARE_BIFF = (
    (b"\x09\x00\x04\x00", 2),
    (b"\x09\x02\x06\x00", 3),
    (b"\x09\x04\x06\x00", 4),
    (b"\x09\x08\x08\x00", 5),
    (b"\x09\x08\x10\x00", 97),
)
# What an OLE container holds, by the name of its main stream.
_STREAMS = (
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("WordDocument", ".doc"),
    ("PowerPoint Document", ".ppt"),
)
# Two bytes more than "ID;P", since a CSV header may well begin ID;Province.
_SYLK = re.compile(rb"ID;P[^\r\n]*\r?\n[A-Z];")
_MARKUP = re.compile(
    rb"\s*<(?:\?xml|!doctype|!--|html|head|body|table|meta|office:document)\b|\s*<!--",
    re.IGNORECASE,
)
_FLAT = re.compile(rb"<office:document\b[^>]*opendocument\.spreadsheet")
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|table)\b", re.IGNORECASE)


def read_whole(path: str, limits: Limits) -> bytes:
    """The bytes of a regular file, once; "-" is standard input, whatever stands behind it.

    Raises Refused: R101 not a regular file, R102 too large, R103 empty, R127 not readable.
    """
    if path == "-":
        return _capped(0, limits)
    # Not to wait for a writer, should the path have become a pipe since the parent looked.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        handle = os.open(path, flags)
    except OSError:
        raise Refused("R127") from None
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        raise Refused("R101")
    return _capped(handle, limits)


def _capped(handle: int, limits: Limits) -> bytes:
    """All that can be read, but no byte above the limit: a stream need not say how long it is."""
    try:
        with open(handle, "rb", buffering=0) as file:
            known = os.fstat(handle).st_size
            data = _all(file, limits.file_bytes)
    except OSError:
        raise Refused("R127") from None
    if data is None:
        size = max(known, limits.file_bytes + MB // 10)
        raise Refused("R102", size=round(size / MB, 1), limit=limits.file_bytes // MB)
    if not data:
        raise Refused("R103")
    return data


def _all(file: io.FileIO, most: int) -> bytes | None:
    pieces, size = [], 0
    while piece := file.read(_PIECE):
        pieces.append(piece)
        size += len(piece)
        if size > most:
            return None
    return pieces[0] if len(pieces) == 1 else b"".join(pieces)


def container(data: bytes) -> str:
    """The container by content: "zip", "xls", "parquet" or "text"; others are refused by name.

    >>> container(b"region,value")
    'text'
    """
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if data.startswith(_OLE):
        return _in_ole(data)
    # Four letters begin a text as well; only a footer with its length ends in them.
    if data.startswith(_PARQUET) and (data.endswith(_PARQUET) or b"\0" in data[:64]):
        return "parquet"
    for start, version in _BARE_BIFF:
        if data.startswith(start):
            raise Refused("R131", version=version)
    for start, name in _SIGNATURES:
        if data.startswith(start):
            raise Refused("R105", format=name)
    if _SYLK.match(data):
        raise Refused("R105", format=".slk")
    _refuse_markup(data)
    return "text"


def _in_ole(data: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise Refused("R104")
    for stream, kind in _STREAMS:
        # In a directory entry the name is closed by a zero.
        if f"{stream}\0".encode("utf-16-le") in data:
            if kind.startswith("."):
                raise Refused("R105", format=kind)
            return kind
    raise Refused("R107")


def _refuse_markup(data: bytes) -> None:
    head = data[:4096].removeprefix(b"\xef\xbb\xbf").replace(b"\0", b"")
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head[2:]
    if _MARKUP.match(head):
        if _FLAT.search(head):
            raise Refused("R105", format=".fods")
        raise Refused("R105", format=".html" if _HTML.search(head) else ".xml")
