"""What a zip container may do: its members inflated under count, checked and packed anew.

Runs in the worker, on the standard library only. The parser never gets the stranger's archive: it
gets a new one, made of the members that were inflated, counted and checked here, so sizes that
lie, overlaps and ambiguous directories cannot reach it.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from itertools import pairwise

from stiscore.io.guard import MB, Limits
from stiscore.io.wire import Refused

RATIO_FREE = MB  # below this a member may be as repetitive as it likes

# Zip containers that are recognised and not read (yet), by a member they have.
_ZIPPED = (
    ("xl/workbook.bin", ".xlsb"),
    ("word/document.xml", ".docx"),
    ("ppt/presentation.xml", ".pptx"),
    ("index/document.iwa", ".numbers"),
    ("index.zip", ".numbers"),
    ("content.xml", ".ods"),
)
# XML that no parser of ours reads: looked at for document types, not handed on.
_NOT_NEEDED = ("customxml/", "docprops/", "xl/drawings/", "xl/charts/", "xl/theme/")
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ENCODING = re.compile(rb"\A\s*<\?xml[^>]*?\bencoding\s*=\s*[\"']([^\"']*)")


def unpack(data: bytes, limits: Limits) -> dict[str, bytes]:
    """The XML members of a workbook, inflated under count; names as the archive has them.

    Raises Refused: R104 encrypted, R105 another format, R107 damaged, R106 and R118 to R123
    a guard.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, EOFError, NotImplementedError, UnicodeError):
        raise Refused("R107") from None
    _check_directory(members, limits)
    spans = _spans(data, members, archive.start_dir)
    kept: dict[str, bytes] = {}
    total = 0
    for member, raw in zip(members, spans, strict=True):
        content, whole = _inflate(member, raw, min(limits.member, limits.inflated - total), limits)
        total += len(content)
        if _plain(member.filename).endswith((".xml", ".rels")):
            needed = not _plain(member.filename).startswith(_NOT_NEEDED)
            _check_xml(content, member.filename, needed=needed)
            if needed and (not whole or zlib.crc32(content) != member.CRC):
                raise Refused("R107")
            if needed:
                kept[member.filename] = content
    return kept


def repacked(members: dict[str, bytes]) -> io.BytesIO:
    """An archive of exactly these members, not compressed: all that the parser gets to see."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    made.seek(0)
    return made


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _check_directory(members: list[zipfile.ZipInfo], limits: Limits) -> None:
    if len(members) > limits.members:
        raise Refused("R119", members=len(members), limit=limits.members)
    names = [_plain(member.filename) for member in members]
    if len(set(names)) < len(names):
        raise Refused("R120", count=len(names) - len(set(names)))
    if any(member.flag_bits & 1 for member in members):
        raise Refused("R104")
    for name, known in _ZIPPED:
        if name in names:
            raise Refused("R105", format=known)
    if (
        not any(name.endswith("workbook.xml") for name in names)
        and "[content_types].xml" not in names
    ):
        raise Refused("R105", format=".zip")


def _spans(data: bytes, members: list[zipfile.ZipInfo], directory: int) -> list[memoryview]:
    """Where each member's bytes lie, as its own local header says; they must not overlap."""
    view, spans, found = memoryview(data), [], []
    for member in members:
        begin = member.header_offset
        if begin < 0 or data[begin : begin + 4] != b"PK\x03\x04":
            raise Refused("R107")
        names = int.from_bytes(data[begin + 26 : begin + 28], "little")
        extras = int.from_bytes(data[begin + 28 : begin + 30], "little")
        start = begin + 30 + names + extras
        end = start + member.compress_size
        if end > directory:
            raise Refused("R107")
        spans.append((begin, end))
        found.append(view[start:end])
    spans.sort()
    overlaps = sum(later[0] < earlier[1] for earlier, later in pairwise(spans))
    if overlaps:
        raise Refused("R120", count=overlaps)
    return found


def _inflate(
    member: zipfile.ZipInfo, raw: memoryview, room: int, limits: Limits
) -> tuple[bytes, bool]:
    """The content of a member and whether it is whole; never more than ``room`` bytes are made."""
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Refused("R123", method=member.compress_type)
    by_ratio = max(RATIO_FREE, limits.ratio * len(raw))
    most = min(room, by_ratio)
    if member.compress_type == zipfile.ZIP_STORED:
        content, whole = bytes(raw[: most + 1]), True
    else:
        flow = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            content = flow.decompress(raw, most + 1)
        except zlib.error:
            return b"", False
        whole = flow.eof
    if len(content) <= most:
        return content, whole
    if by_ratio < room:
        raise Refused("R118", limit=limits.ratio)
    broken = limits.inflated if room < limits.member else limits.member
    raise Refused("R106", limit=broken // MB)


def _check_xml(content: bytes, name: str, *, needed: bool) -> None:
    """Refuse a document type (entities, outside references) and encodings that could hide one."""
    declared = _ENCODING.match(content[:512].removeprefix(b"\xef\xbb\xbf"))
    encoding = declared[1].lower() if declared else b"utf-8"
    if needed and (
        b"\0" in content[:64] or encoding not in (b"utf-8", b"utf8", b"us-ascii", b"ascii")
    ):
        raise Refused("R122", part=name)
    if b"<!" in content and _DOCTYPE.search(content):
        raise Refused("R121", part=name)
