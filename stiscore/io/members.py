"""Which package a zip container is, and which of its members a parser needs."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Mapping

from stiscore.io.wire import Refused

# Containers by a member they have; those with a dot are told by name and not read.
_ZIPPED = (
    ("xl/workbook.bin", "xlsb"),
    ("word/document.xml", ".docx"),
    ("ppt/presentation.xml", ".pptx"),
    ("content.xml", "ods"),
)
_NUMBERS = re.compile(r"(?:\A|/)index(?:\.zip|/document\.iwa)\Z")
# What an OpenDocument package says it is, in its first member.
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
_OTHER_DOCUMENTS = {"text": ".odt", "presentation": ".odp", "graphics": ".odg", "chart": ".odc"}
_SHORT = 4_096  # bytes of such a statement that are looked at

# XML that no parser of ours reads: looked at for document types, not handed on.
_NOT_NEEDED = ("customxml/", "docprops/", "xl/drawings/", "xl/charts/", "xl/theme/")
_BINARY = re.compile(r"xl/(?:[^/]+|worksheets/[^/]+)\.bin\Z")
_ODS = ("mimetype", "content.xml", "meta-inf/manifest.xml")


def plain(name: str) -> str:
    r"""A member's name as names are compared.

    >>> plain("\\XL\\Workbook.xml")
    'xl/workbook.xml'
    """
    return name.replace("\\", "/").lstrip("/").lower()


def kind_of(names: Mapping[str, str], archive: zipfile.ZipFile) -> str:
    """Return "xlsx", "xlsb" or "ods"; ``names`` maps plain names to those in the archive.

    Raises Refused R105 for any other container.
    """
    if any(_NUMBERS.search(name) for name in names):
        raise Refused("R105", format=".numbers")
    kind = next((kind for name, kind in _ZIPPED if name in names), None)
    if kind is None:
        whole = "[content_types].xml" in names or any(n.endswith("workbook.xml") for n in names)
        kind = "xlsx" if whole else ".zip"
    elif kind == "ods":
        kind = _document(names, archive) or kind
    if kind.startswith("."):
        raise Refused("R105", format=kind)
    return kind


def needed(kind: str, name: str) -> bool:
    """Whether the parser of ``kind`` reads the member.

    >>> needed("xlsx", "xl/theme/theme1.xml"), needed("xlsb", "xl/worksheets/sheet1.bin")
    (False, True)
    """
    if kind == "ods":
        return name in _ODS
    if kind == "xlsb" and _BINARY.match(name):
        return name != "xl/vbaproject.bin"
    return name.endswith((".xml", ".rels")) and not name.startswith(_NOT_NEEDED)


def _document(names: Mapping[str, str], archive: zipfile.ZipFile) -> str | None:
    """The format an OpenDocument package states when it is no table."""
    if "mimetype" not in names:
        return None
    try:
        with archive.open(names["mimetype"]) as member:
            stated = member.read(_SHORT).decode("ascii", "replace").strip()
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, ValueError):
        return None
    sort = stated.removeprefix(_OPEN_DOCUMENT).removesuffix("-template")
    return _OTHER_DOCUMENTS.get(sort) if stated.startswith(_OPEN_DOCUMENT) else None
