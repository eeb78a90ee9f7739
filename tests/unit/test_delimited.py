"""Text files: encodings, delimiters, and the faults that are refused with a line."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stiscore.io.delimited import chosen_delimiter, decoded, read
from stiscore.io.grid import CellKind
from stiscore.io.guard import NORMAL
from stiscore.io.parse import read_book
from stiscore.io.wire import Parsed, Refused

TABLE = "地区,研发经费,占比\n北京,2843.3,6.83\n上海,1981.6,4.44\n"


def cells(parsed: Parsed) -> list[list[str]]:
    (sheet,) = parsed.sheets
    shown = [sheet.texts[at] if at >= 0 else "" for at in sheet.text_at]
    return [shown[r * sheet.columns : (r + 1) * sheet.columns] for r in range(sheet.rows)]


def lines(parsed: Parsed) -> list[int]:
    return list(parsed.sheets[0].lines)


def refused(data: bytes | str) -> tuple[str, object]:
    with pytest.raises(Refused) as caught:
        read(data.encode() if isinstance(data, str) else data, NORMAL)
    return caught.value.code, caught.value.place.get("line")


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8-sig", b"\xef\xbb\xbf"),
        ("gb18030", b""),
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b"\xfe\xff"),
    ],
)
def test_encodings_give_the_same_table(encoding, mark):
    parsed = read(mark + TABLE.encode(encoding.removesuffix("-sig")), NORMAL)
    assert parsed.encoding == encoding
    assert cells(parsed)[1] == ["北京", "2843.3", "6.83"]


@pytest.mark.parametrize("name", ["München", "Curaçao,", "Türkiye", "Côte d'Ivoire", "Réunion"])
def test_latin_1_is_refused_with_its_line_not_read_as_odd_hanzi(name):
    data = f"country,value\nChina,1\n{name};2,2\n".encode("latin-1")
    with pytest.raises(Refused) as caught:
        decoded(data)
    assert caught.value.code == "R109"
    assert caught.value.fields["line"] == 3
    assert caught.value.fields["offset"] == next(i for i, b in enumerate(data) if b > 127)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_lines_are_those_of_the_file(newline):
    text = newline.join(["标题", "", 'name,"two', 'lines",x', "a,1,2", "b,3,4"])
    parsed = read(text.encode(), NORMAL)
    assert lines(parsed) == [1, 2, 3, 5, 6]
    assert cells(parsed)[0] == ["标题", "", ""]
    assert cells(parsed)[1] == ["", "", ""]
    assert cells(parsed)[3] == ["a", "1", "2"]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_faults_name_the_line(newline):
    assert refused(newline.join(["a,b", "1,2", "3,4,5", "6,7"])) == ("R110", 3)
    assert refused(newline.join(["a,b", "1,2", '3,"4', "6,7"])) == ("R125", 3)
    assert refused(newline.join(["a,b", '1,"2" x', "6,7"])) == ("R126", 2)
    assert refused(newline.join(["a,b", "1,2", "3,\0"])) == ("R124", 3)


def test_an_open_quote_is_one_however_long_the_rest():
    assert refused('a,b\n1,"2\n' + "3,4\n" * 60_000) == ("R125", 2)


def test_utf_16_without_a_mark_and_utf_32_are_refused():
    assert refused(TABLE.encode("utf-16-be"))[0] in ("R124", "R109")
    assert refused(b"\xff\xfe\0\0" + TABLE.encode("utf-32-le"))[0] == "R109"
    assert refused("a,b\n1,é".encode("utf-16-le"))[0] == "R124"


def test_a_broken_utf_16_file_names_its_line():
    data = b"\xff\xfe" + "a,b\n1,2\n".encode("utf-16-le") + b"\x00\xd8"
    assert refused(data + "x".encode("utf-16-le")) == ("R109", 3)


@pytest.mark.parametrize("blank", ["\n\n\n", " \n\t\n", ",,\n,,\n", "\ufeff"])
def test_nothing_but_blanks_is_empty(blank):
    assert refused(blank)[0] == "R103"


def test_short_rows_are_padded_and_trailing_delimiters_tolerated():
    parsed = read(b"a,b,c,\n1,2,3,\n4,,,\n5\n", NORMAL)
    assert cells(parsed) == [["a", "b", "c"], ["1", "2", "3"], ["4", "", ""], ["5", "", ""]]


def test_empty_cells_beyond_the_header_are_no_fault_but_content_is():
    assert cells(read(b"a,b\n1,2,,\n3,4\n", NORMAL))[1] == ["1", "2"]
    assert refused("a,b\n1,2,,9\n3,4\n") == ("R110", 2)


def test_a_header_wider_than_its_rows_counts():
    assert cells(read(b"a,b,c\n1,2\n3,4\n5,6,7\n", NORMAL))[3] == ["5", "6", "7"]


def test_preface_lines_are_kept():
    text = 'Data Source,"World Development Indicators",\n\nLast Updated Date,2024-01-01,\n\n'
    parsed = read((text + "Country,Code,1960,\nChina,CHN,,\n").encode(), NORMAL)
    assert lines(parsed) == [1, 2, 3, 4, 5, 6]
    assert cells(parsed)[4] == ["Country", "Code", "1960"]


@pytest.mark.parametrize(
    ("sample", "delimiter"),
    [
        ("a,b\n1,2\n", ","),
        ("name;x;y\nBerlin;1,5;2,5\nBremen;3,5;4,5\n", ";"),
        ("a\tb\n1,5\t2,5\n", "\t"),
        ("a|b|c\n1|2|3\n", "|"),
        ("time,value\n10:20,1\n10:30,2\n", ","),
        ("a:b\n1:2\n", ":"),
        ("one\ntwo\n", ","),
        ('"a;b",c\n"d;e",f\n', ","),
    ],
)
def test_the_delimiter_is_the_one_that_cuts_evenly(sample, delimiter):
    assert chosen_delimiter(sample) == delimiter


FIELD = st.text(st.characters(codec="utf-8", exclude_characters="\0\ufeff"), max_size=6)


@given(st.lists(st.lists(FIELD, min_size=3, max_size=3), min_size=1, max_size=6))
def test_what_csv_writes_is_read_back(rows):
    """Any text survives, whatever it contains, as long as the commas cut the file evenly."""
    rows = [["id", "name", "value"], *rows, ["last", "of", "all"]]
    written = io.StringIO(newline="")
    csv.writer(written, quoting=csv.QUOTE_ALL).writerows(rows)
    parsed = read(written.getvalue().encode(), NORMAL)
    assert parsed.delimiter == ","
    assert cells(parsed) == rows


def test_a_text_file_as_a_book(tmp_path: Path):
    path = tmp_path / "data.tsv"
    path.write_text("region\tvalue\n北京\t007\n")
    book = read_book(path)
    (grid,) = book.grids
    assert (book.container, book.delimiter, book.encoding) == ("csv", "\t", "utf-8")
    assert grid.sheet is None
    assert (grid.kinds == CellKind.TEXT).all()
    assert grid.text(1, 1) == "007"
    assert str(grid.location(1, 1)) == "data.tsv:2:2"
