"""What a zip container may do: its members inflated under count, checked and packed anew.

Runs in the worker, on the standard library only. The parser never gets the stranger's archive: it
gets a new one, made of the members that were inflated, counted and checked here, so sizes that
lie, overlaps and ambiguous directories cannot reach it.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from itertools import pairwise
from typing import NamedTuple

from stiscore.io.guard import Limits
from stiscore.io.inflate import Large, Overflow, inflated
from stiscore.io.members import kind_of, needed, plain
from stiscore.io.wire import Refused

BROKEN = (zipfile.BadZipFile, ValueError, EOFError, NotImplementedError, UnicodeError)


class Package(NamedTuple):
    """A package that passed: "xlsx", "xlsb" or "ods", and the members a parser needs.

    Names are as the archive has them; a member above ``inflate.KEEP`` is not held but inflated
    again when it is read.
    """

    kind: str
    members: dict[str, bytes | Large]


def unpack(data: bytes, limits: Limits) -> Package:
    """The needed members of a workbook, inflated under count.

    Raises Refused: R104 encrypted, R105 another format, R107 damaged, R106 and R118 to R123
    a guard.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = archive.infolist()
    except BROKEN:
        raise Refused("R107") from None
    _check_directory(members, limits)
    kind = kind_of({plain(m.filename): m.filename for m in members}, archive)
    spans = _spans(data, members, archive.start_dir)
    kept: dict[str, bytes | Large] = {}
    total = 0
    for member, raw in zip(members, spans, strict=True):
        room = min(limits.member, limits.inflated - total)
        wanted = needed(kind, plain(member.filename))
        try:
            content, size = inflated(member, raw, room, limits.ratio, wanted=wanted)
        except Overflow as over:
            if over.by_ratio:
                raise Refused("R118", limit=limits.ratio) from None
            raise Refused("R106", limit=_broken(room, limits)) from None
        total += size
        if content is not None:
            kept[member.filename] = content
    return Package(kind, kept)


def repacked(members: Mapping[str, bytes]) -> io.BytesIO:
    """An archive of exactly these members, not compressed: all that the parser gets to see."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    made.seek(0)
    return made


def _broken(room: int, limits: Limits) -> int:
    """Which of the two limits was met, in MB."""
    return (limits.inflated if room < limits.member else limits.member) // 1_000_000


def _check_directory(members: list[zipfile.ZipInfo], limits: Limits) -> None:
    if len(members) > limits.members:
        raise Refused("R119", members=len(members), limit=limits.members)
    names = [plain(member.filename) for member in members]
    if len(set(names)) < len(names):
        raise Refused("R120", count=len(names) - len(set(names)))
    if any(member.flag_bits & 1 for member in members):
        raise Refused("R104")


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
