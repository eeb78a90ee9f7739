"""Zip bombs, lying sizes, overlaps, doubles and document types never reach a parser."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile

import pytest

from stiscore.io import guard, inflate
from stiscore.io.archive import repacked, unpack
from stiscore.io.wire import Refused
from tests.minimal_xlsx import members, workbook, zipped

GOOD = '<row r="1"><c r="A1"><v>1</v></c></row>'
SHEET = "xl/worksheets/sheet1.xml"
SPREADSHEET = "application/vnd.oasis.opendocument.spreadsheet"


def refusal(data: bytes, limits: guard.Limits = guard.NORMAL) -> str:
    with pytest.raises(Refused) as refused:
        unpack(data, limits)
    return refused.value.code


def with_part(name: str, content: str | bytes) -> bytes:
    parts = {n: c.encode() for n, c in members(GOOD).items()}
    parts[name] = content.encode() if isinstance(content, str) else content
    return zipped(parts)


def directory_entries(data: bytes) -> list[int]:
    """Where the entries of the central directory begin."""
    at, found = data.index(b"PK\x01\x02"), []
    while data[at : at + 4] == b"PK\x01\x02":
        found.append(at)
        at += 46 + sum(struct.unpack_from("<HHH", data, at + 28))
    return found


def patched(data: bytes, at: int, form: str, value: int) -> bytes:
    changed = bytearray(data)
    struct.pack_into(form, changed, at, value)
    return bytes(changed)


def test_a_good_workbook_passes_and_is_packed_anew():
    kind, kept = unpack(workbook(GOOD), guard.NORMAL)
    assert kind == "xlsx"
    assert GOOD.encode() in kept[SHEET]
    with zipfile.ZipFile(repacked(kept)) as again:
        assert again.testzip() is None
        assert {n: again.read(n) for n in again.namelist()} == kept


def test_a_bomb_is_refused_by_ratio():
    assert refusal(with_part(SHEET, b" " * 20_000_000)) == "R118"
    assert refusal(with_part("xl/media/image1.png", b"\0" * 20_000_000)) == "R118"


def test_repetition_below_a_megabyte_is_no_bomb():
    data = with_part(SHEET, GOOD.encode() + b" " * 900_000)
    assert SHEET in unpack(data, guard.NORMAL).members


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (guard.NORMAL._replace(member=100_000), "R106"),
        (guard.NORMAL._replace(inflated=100_000), "R106"),
        (guard.NORMAL._replace(members=5), "R119"),
    ],
)
def test_size_guards(limits, code):
    assert refusal(with_part(SHEET, b" " * 200_000), limits) == code


def test_a_lying_size_does_not_help():
    data = with_part(SHEET, b" " * 20_000_000)
    for entry in directory_entries(data):
        data = patched(data, entry + 24, "<I", 100)
    assert refusal(data) == "R118"


def test_a_wrong_checksum_is_damage():
    data = workbook(GOOD)
    assert refusal(patched(data, directory_entries(data)[-1] + 16, "<I", 1)) == "R107"


def test_overlapping_members_are_refused():
    data = workbook(GOOD)
    first, second = directory_entries(data)[:2]
    (offset,) = struct.unpack_from("<I", data, first + 42)
    assert refusal(patched(data, second + 42, "<I", offset)) == "R120"


@pytest.mark.parametrize("twin", [SHEET, SHEET.upper(), "/" + SHEET, SHEET.replace("/", "\\")])
def test_two_members_of_one_name_are_refused(twin):
    made = io.BytesIO(workbook(GOOD))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with zipfile.ZipFile(made, "a") as archive:
            archive.writestr(twin, "<worksheet/>")
    assert refusal(made.getvalue()) == "R120"


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE x [<!ENTITY a "b">]>',
        '<?xml version="1.0"?>\n<!doctype x SYSTEM "file:///etc/passwd">',
        "<!-- " + "x" * 5000 + ' --><!DOCTYPE x SYSTEM "http://localhost/">',
    ],
)
@pytest.mark.parametrize("part", [SHEET, "xl/sharedStrings.xml", "docProps/core.xml"])
def test_document_types_are_refused_in_every_part(declaration, part):
    assert refusal(with_part(part, declaration + "<x/>")) == "R121"


@pytest.mark.parametrize(
    "content",
    [
        '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x><x/>'.encode("utf-16"),
        '<?xml version="1.0" encoding="UTF-16"?><x/>'.encode("utf-16-be"),
        b'<?xml version="1.0" encoding="UTF-7"?>+ADw-x/+AD4-',
        b"<?xml version='1.0'  encoding = 'utf-7' ?>+ADw-x/+AD4-",
    ],
)
def test_encodings_that_could_hide_one_are_refused(content):
    assert refusal(with_part(SHEET, content)) == "R122"


def test_comments_are_no_document_type():
    assert SHEET in unpack(with_part(SHEET, "<!-- made by hand --><x/>"), guard.NORMAL).members


def test_a_document_type_across_two_pieces_is_refused(monkeypatch):
    """A large member is looked at in pieces; a seam must hide nothing."""
    monkeypatch.setattr(inflate, "_PIECE", 4096)
    for shift in range(12):
        content = "<x>" + "a" * (4096 - 3 - shift) + "<!DOCTYPE x></x>"
        assert refusal(with_part(SHEET, content)) == "R121", shift


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_large_member_is_let_go_and_inflated_again(monkeypatch, method):
    monkeypatch.setattr(inflate, "KEEP", 10_000)
    monkeypatch.setattr(inflate, "_PIECE", 999)
    content = b"".join(b"<row>%d</row>" % i for i in range(2_000))
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
        archive.writestr(SHEET, content)
    large = unpack(made.getvalue(), guard.NORMAL).members[SHEET]
    assert isinstance(large, inflate.Large)
    assert large.size == len(content)
    assert max(map(len, large.pieces())) <= 999
    assert large.whole() == content


def test_encrypted_members_and_unusual_compression():
    data = workbook(GOOD)
    entry = directory_entries(data)[-1]
    assert refusal(patched(data, entry + 8, "<H", 1)) == "R104"
    assert refusal(patched(data, entry + 10, "<H", 14)) == "R123"


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.9, 0.99])
def test_a_file_cut_short_is_damage(share):
    data = workbook(GOOD)
    assert refusal(data[: int(len(data) * share)]) == "R107"


@pytest.mark.parametrize(
    ("name", "format_name"),
    [
        ("word/document.xml", ".docx"),
        ("ppt/presentation.xml", ".pptx"),
        ("Index.zip", ".numbers"),
        ("Book.numbers/Index/Document.iwa", ".numbers"),
        ("readme.txt", ".zip"),
    ],
)
def test_other_zips_are_refused_by_name(name, format_name):
    with pytest.raises(Refused) as refused:
        unpack(zipped({name: "x"}), guard.NORMAL)
    assert (refused.value.code, refused.value.fields) == ("R105", {"format": format_name})


@pytest.mark.parametrize(
    ("parts", "kind"),
    [
        ({"xl/workbook.bin": "x"}, "xlsb"),
        ({"content.xml": "<x/>"}, "ods"),
        ({"mimetype": SPREADSHEET, "content.xml": "<x/>"}, "ods"),
        ({"[Content_Types].xml": "<x/>"}, "xlsx"),
    ],
)
def test_packages_are_told_by_their_members(parts, kind):
    assert unpack(zipped(parts), guard.NORMAL).kind == kind


@pytest.mark.parametrize(("sort", "ending"), [("text", ".odt"), ("presentation", ".odp")])
def test_other_open_documents_are_refused_by_name(sort, ending):
    stated = SPREADSHEET.replace("spreadsheet", sort)
    with pytest.raises(Refused) as refused:
        unpack(zipped({"mimetype": stated, "content.xml": "<x/>"}), guard.NORMAL)
    assert refused.value.fields == {"format": ending}


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"PAR1\x15\x04\0\0PAR1", "parquet"),
        (OLE + "Workbook\0".encode("utf-16-le"), "xls"),
        (OLE + "Book\0".encode("utf-16-le"), "xls"),
        (b"PK\x03\x04", "zip"),
    ],
)
def test_containers_that_are_read_are_told_by_content(data, kind):
    assert guard.container(data) == kind


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"PARE\0", "R105"),
        (b"\x09\x04\x06\x00\0", "R131"),
        (OLE + "WordDocument\0".encode("utf-16-le"), "R105"),
        (b"<office:document x='opendocument.spreadsheet'>", "R105"),
        (b"\x1f\x8b\x08\0", "R105"),
        (b"%PDF-1.7", "R105"),
        (b"  \n<html><table><tr><td>1", "R105"),
        (b"<?xml version='1.0'?><Workbook/>", "R105"),
        ("<html>".encode("utf-16"), "R105"),
        (b"ID;PWXL;N;E\r\nP;PGeneral\r\n", "R105"),
        (OLE + b"\0" * 99, "R107"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "R104"),
    ],
)
def test_containers_are_told_by_content(data, code):
    with pytest.raises(Refused) as refused:
        guard.container(data)
    assert refused.value.code == code


@pytest.mark.parametrize(
    "data", [b"ID;Province;Value\n1;2;3\n", b"PAR1,PAR2\n1,2\n", b"a<b,c\n", "地区,值".encode()]
)
def test_text_that_looks_like_something_else_is_text(data):
    assert guard.container(data) == "text"
