"""One member of a zip container: inflated piece by piece, counted and checked on the way.

Runs in the worker, on the standard library only.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from stiscore.io.guard import MB
from stiscore.io.wire import Refused

RATIO_FREE = MB  # below this a member may be as repetitive as it likes
KEEP = 32 * MB  # above this a member is checked and let go, to be inflated again when it is read
_PIECE = 1 << 20
_FED = 1 << 16
_OVERLAP = 16  # bytes in which a document type could straddle two pieces

_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ENCODING = re.compile(rb"\A\s*<\?xml[^>]*?\bencoding\s*=\s*[\"']([^\"']*)")
_ENCODINGS = (b"utf-8", b"utf8", b"us-ascii", b"ascii")


class Overflow(Exception):
    """A member holds more than it may: by its own ratio, or by the room that is left."""

    def __init__(self, *, by_ratio: bool) -> None:
        super().__init__(by_ratio)
        self.by_ratio = by_ratio


class Large(NamedTuple):
    """A checked member that is not held in memory, as it lies in the archive."""

    raw: memoryview
    stored: bool
    size: int

    def pieces(self) -> Iterator[bytes]:
        """Its content from the start, a megabyte at a time."""
        return _pieces(self.raw, stored=self.stored)

    def whole(self) -> bytes:
        """Its content at once."""
        return b"".join(self.pieces())


def inflated(
    member: zipfile.ZipInfo, raw: memoryview, room: int, ratio: int, *, wanted: bool
) -> tuple[bytes | Large | None, int]:
    """The content of a member, None when it is not ``wanted``, and its size.

    Never more than ``room`` bytes are made, nor more than ``ratio`` times what they came from.
    Raises Overflow, and Refused (R107, R121, R122, R123).
    """
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Refused("R123", method=member.compress_type)
    stored = member.compress_type == zipfile.ZIP_STORED
    by_ratio = max(RATIO_FREE, ratio * len(raw))
    check = _Check(member.filename, wanted=wanted)
    kept: list[bytes] = []
    try:
        for piece in _pieces(raw, stored=stored):
            check.take(piece)
            if check.size > min(room, by_ratio):
                raise Overflow(by_ratio=by_ratio < room)
            kept.append(piece)
            if not wanted or check.size > KEEP:
                kept.clear()
    except (zlib.error, EOFError):
        # What nobody reads may be damaged; what a document type hides in has been looked at.
        if wanted:
            raise Refused("R107") from None
    if not wanted:
        return None, check.size
    if check.crc != member.CRC:
        raise Refused("R107")
    large = check.size > KEEP
    return Large(raw, stored, check.size) if large else b"".join(kept), check.size


class _Check:
    """Counts a member and refuses what could hide entities or outside references in it."""

    def __init__(self, name: str, *, wanted: bool) -> None:
        self.name, self.wanted = name, wanted
        self.xml = name.lower().endswith((".xml", ".rels"))
        self.size = self.crc = 0
        self._tail = b""

    def take(self, piece: bytes) -> None:
        """Check the next inflated piece (encoding, document type) and count it."""
        if self.xml:
            if not self.size and self.wanted:
                self._check_encoding(piece)
            seam = self._tail + piece[:_OVERLAP]
            if any(b"<!" in p and _DOCTYPE.search(p) for p in (seam, piece)):
                raise Refused("R121", part=self.name)
            self._tail = piece[-_OVERLAP:]
        self.size += len(piece)
        self.crc = zlib.crc32(piece, self.crc)

    def _check_encoding(self, first: bytes) -> None:
        declared = _ENCODING.match(first[:512].removeprefix(b"\xef\xbb\xbf"))
        encoding = declared[1].lower() if declared else b"utf-8"
        if b"\0" in first[:64] or encoding not in _ENCODINGS:
            raise Refused("R122", part=self.name)


def _pieces(raw: memoryview, *, stored: bool) -> Iterator[bytes]:
    """The content in pieces; zlib.error where it is damaged, EOFError where it is cut short."""
    if stored:
        for at in range(0, len(raw), _PIECE):
            yield bytes(raw[at : at + _PIECE])
        return
    flow = zlib.decompressobj(-zlib.MAX_WBITS)
    for at in range(0, len(raw), _FED):
        fed: bytes | memoryview = raw[at : at + _FED]
        while piece := flow.decompress(fed, _PIECE):
            yield piece
            fed = flow.unconsumed_tail
        if flow.eof:
            return
    if not flow.eof:
        raise EOFError
