"""What is read of odd files is looked at by every layout: nothing breaks, nothing is made of it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from stiscore.errors import DataInvalid
from stiscore.io.framework_yaml import load_framework
from stiscore.io.inspection import inspect_book
from stiscore.io.layouts import RECOGNISERS
from stiscore.io.parse import read_book
from stiscore.io.read import interpret

EXPECTED = Path(__file__).with_name("expected.csv")
with EXPECTED.open(encoding="utf-8", newline="") as file:
    READ = [row["file"] for row in csv.DictReader(file) if row["how"] != "refused"]


@pytest.mark.parametrize("name", READ)
def test_no_layout_breaks_on_it_or_takes_it_for_a_table(shared: Path, name: str) -> None:
    framework = load_framework()
    book = read_book(shared / "data" / "hostile" / name)
    for layout in RECOGNISERS:
        assert inspect_book(book, framework, layout=layout, indicator="trade_gdp").refused
    with pytest.raises(DataInvalid):
        interpret(book, framework)
