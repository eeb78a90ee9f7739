"""Makes stiscore/units/units.csv again: python tools/build_units.py WDI_TABLE.csv.

WDI_TABLE.csv is any long table of the World Development Indicators (World Bank, CC BY 4.0) with the
columns Country Name and Country Code; it gives the World Bank's spellings and its aggregates. ISO
3166-1 codes and names come from pycountry (made with 26.2.16), short English and Chinese names from
CLDR through babel (made with 2.18.0, Unicode licence). Neither package is needed to run stiscore.
Provinces (ISO 3166-2:CN, GB/T 2260), names where official Chinese statistics differ from CLDR, and
spellings of other sources are in units_by_hand.csv, where a blank leaves the name as those have it;
its ``short`` forms are read only where the level is settled. Traditional Chinese names are CLDR's
and the simplified ones converted.
"""

from __future__ import annotations

import csv
import re
import sys
import unicodedata
from pathlib import Path

import pycountry
from babel import Locale

from stiscore.units.normal import normalise

HERE = Path(__file__).resolve().parent
OUT = HERE.parent / "stiscore" / "units" / "units.csv"
COLUMNS = ("id", "registry", "name_en", "name_zh", "full_zh", "codes", "short", "spellings")
SOURCES = (
    "# Made by tools/build_units.py from ISO 3166 (pycountry), CLDR (Unicode licence), World Bank"
    " WDI (CC BY 4.0) and units_by_hand.csv; spellings are normalised"
)
# Names that two economies share.
AMBIGUOUS = frozenset({"congo", "刚果", "剛果", "virgin islands", "圣马丁", "聖馬丁"})
# What traditional script writes otherwise in names of economies. CLDR's traditional names are those
# used in Taiwan and Hong Kong (南韓), while a converted text has 韓國.
TRADITIONAL = str.maketrans(
    "东乌乔买亚伦兰关兹冈凯别劳卢叙国图圣奥宁宾属岛峡开扬挝济湾汤泽爱约纳纽维缅罗联脱萨莱苏诞诺贝赞达门韦韩顿领马鲁鲜麦几时内来尔长腊库极绍",
    "東烏喬買亞倫蘭關茲岡凱別勞盧敘國圖聖奧寧賓屬島峽開揚撾濟灣湯澤愛約納紐維緬羅聯脫薩萊蘇誕諾貝贊達門韋韓頓領馬魯鮮麥幾時內來爾長臘庫極紹",
)
ORDER = {"province": 0, "economy": 1, "aggregate": 2}
Row = dict[str, str]


def variants(name: str) -> set[str]:
    """The name and what others make of it: no accents, no dots, "&", "St.", order of words."""
    names = {name}
    if inverted := re.fullmatch(r"([^,()]+), ([^,]* of(?: the)?)", name):
        head, tail = inverted.groups()
        names |= {f"{tail} {head}", f"{head} ({tail})"}
    if name.lower().startswith("the "):
        names.add(name[4:])
    for old, new in ((" & ", " and "), (" and ", " & "), ("St. ", "Saint "), ("Saint ", "St. ")):
        names |= {n.replace(old, new) for n in names}
    names |= {n.replace(".", "") for n in names}
    return names | {_plain(n) for n in names}


def _plain(name: str) -> str:
    # Latin letters only: in other scripts a mark may be the letter.
    split = unicodedata.normalize("NFD", name)
    return unicodedata.normalize("NFC", re.sub(r"(?<=[A-Za-z])[\u0300-\u036f]+", "", split))


def world_bank(table: Path) -> dict[str, str]:
    """Code and name of every row of a WDI table."""
    with table.open(encoding="utf-8-sig", newline="") as file:
        return {row["Country Code"]: row["Country Name"] for row in csv.DictReader(file)}


def iso_rows() -> dict[str, tuple[Row, set[str]]]:
    """A row for every ISO 3166-1 entry, and its other names."""
    english, chinese = Locale("en").territories, Locale("zh").territories
    traditional = [Locale.parse(f"zh_Hant_{where}").territories for where in ("TW", "HK")]
    rows = {}
    for c in pycountry.countries:
        name = english[c.alpha_2].replace(" & ", " and ").replace("’", "'")
        row = dict.fromkeys(COLUMNS, "") | {"id": c.alpha_3, "registry": "economy"}
        row |= {"name_en": name, "name_zh": chinese[c.alpha_2], "codes": c.alpha_2}
        others = {getattr(c, key, "") for key in ("name", "common_name", "official_name")}
        others |= {names[c.alpha_2] for names in (english, chinese, *traditional)}
        rows[c.alpha_3] = (row, others)
    return rows


def merge(rows: dict[str, tuple[Row, set[str]]], by_hand: Path) -> None:
    """Lays the rows written by hand over the others; codes and spellings are added."""
    with by_hand.open(encoding="utf-8", newline="") as file:
        for hand in csv.DictReader(file):
            row, others = rows.setdefault(hand["id"], (dict.fromkeys(COLUMNS, ""), set()))
            codes = "|".join(c for c in (row["codes"], hand["codes"]) if c)
            others |= set(hand.pop("aliases").split("|"))
            row |= {key: value for key, value in hand.items() if value} | {"codes": codes}


def finish(row: Row, others: set[str]) -> Row:
    """The row with every spelling normalised, those the id and codes give left out."""
    names = others | {row["name_en"], row["name_zh"], row["full_zh"]}
    if row["registry"] == "economy":
        names.add(row["name_zh"].translate(TRADITIONAL))
    keys = {normalise(v) for name in names for v in variants(name)}
    keys -= {row["id"].casefold(), *row["codes"].casefold().split("|"), *AMBIGUOUS, ""}
    return row | {"spellings": "|".join(sorted(keys))}


def build(table: Path) -> list[Row]:
    """All rows, provinces first, then economies, then aggregates, each by id."""
    rows = iso_rows()
    merge(rows, HERE / "units_by_hand.csv")
    for code, name in world_bank(table).items():
        row, others = rows[code]
        row["name_en"] = row["name_en"] or name
        others.add(name)
    done = [finish(*rows[code]) for code in rows]
    return sorted(done, key=lambda row: (ORDER[row["registry"]], row["id"]))


def main() -> None:
    """Writes the table, or stops at a spelling that two rows claim."""
    rows, owners = build(Path(sys.argv[1])), dict[str, str]()
    for row in rows:
        held = "|".join((row["id"], row["codes"], row["short"], row["spellings"]))
        keys = tuple(filter(None, held.split("|")))
        for key in keys:
            if owners.setdefault(key.casefold(), row["id"]) != row["id"]:
                sys.exit(f"{key!r} names both {owners[key.casefold()]} and {row['id']}")
    with OUT.open("w", encoding="utf-8", newline="") as file:
        file.write(SOURCES + "\n")
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main()
