"""What is refused before a parser sees it: what is no file, what is too large, what is no table.

Runs in the worker, on the standard library only. A container is told by its content, never by its
name; to read one more, drop it from the refused ones here and give the worker a reader for it.
"""

from __future__ import annotations

import os
import re
import stat
from typing import NamedTuple

from stiscore.io.wire import Refused

MB = 1_000_000


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
    seconds=600,
)

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Containers that are recognised and not read (yet): how they begin, what people call them.
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"PAR1\x15", ".parquet"),
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
    (b"\x09\x00\x04\x00", ".xls"),
    (b"\x09\x02\x06\x00", ".xls"),
    (b"\x09\x04\x06\x00", ".xls"),
    (b"\x09\x08\x08\x00", ".xls"),
    (b"\x09\x08\x10\x00", ".xls"),
)
# Two bytes more than "ID;P", since a CSV header may well begin ID;Province.
_SYLK = re.compile(rb"ID;P[^\r\n]*\r?\n[A-Z];")
_MARKUP = re.compile(
    rb"\s*<(?:\?xml|!doctype|!--|html|head|body|table|meta)\b|\s*<!--", re.IGNORECASE
)
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|table)\b", re.IGNORECASE)


def read_whole(path: str, limits: Limits) -> bytes:
    """The bytes of a regular file, once.

    Raises Refused: R101 not a regular file, R102 too large, R103 empty, R127 not readable.
    """
    # Not to wait for a writer, should the path have become a pipe since the parent looked.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        handle = os.open(path, flags)
    except OSError:
        raise Refused("R127") from None
    with os.fdopen(handle, "rb") as file:
        facts = os.fstat(handle)
        if not stat.S_ISREG(facts.st_mode):
            raise Refused("R101")
        data = file.read(limits.file_bytes + 1)
    if len(data) > limits.file_bytes:
        raise Refused("R102", size=round(facts.st_size / MB, 1), limit=limits.file_bytes // MB)
    if not data:
        raise Refused("R103")
    return data


def container(data: bytes) -> str:
    """The container by content: "xlsx" or "text"; others are refused by name.

    >>> container(b"region,value")
    'text'
    """
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "xlsx"
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise Refused("R104")
        raise Refused("R105", format=".xls")
    for start, name in _SIGNATURES:
        if data.startswith(start):
            raise Refused("R105", format=name)
    if _SYLK.match(data):
        raise Refused("R105", format=".slk")
    head = data[:4096].removeprefix(b"\xef\xbb\xbf").replace(b"\0", b"")
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head[2:]
    if _MARKUP.match(head):
        raise Refused("R105", format=".html" if _HTML.search(head) else ".xml")
    return "text"
