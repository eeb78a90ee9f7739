"""Makes labels.csv and groups.csv: python tools/build_labels_and_groups.py CLASS.csv.

CLASS.csv is the World Bank's Country and Lending Groups (CC BY 4.0) as a table with the columns
Economy, Code, Region and Income group (made with that of 7 October 2025, fiscal year 2026). ISO
names come from pycountry (made with 26.2.16). Other groups, each with its source, are in
groups_by_hand.csv. Run build_units.py first: Chinese names are those of the registry.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import pycountry

HERE = Path(__file__).resolve().parent
UNITS = HERE.parent / "stiscore" / "units"
LABELS = (
    "id",
    "iso_en",
    "iso_zh",
    "worldbank_en",
    "worldbank_zh",
    "cn_official_en",
    "cn_official_zh",
)
GROUPS = ("id", "registry", "aggregate", "name_en", "name_zh", "source_en", "source_zh", "units")
SOURCE = (
    "World Bank classification for fiscal year 2026, as of 7 October 2025 (CC BY 4.0)",
    "世界银行2026财年分类，2025年10月7日版（CC BY 4.0）",
)
REGIONS = {
    "East Asia & Pacific": ("wb_east_asia_pacific", "EAS", "东亚和太平洋地区"),
    "Europe & Central Asia": ("wb_europe_central_asia", "ECS", "欧洲和中亚地区"),
    "Latin America & Caribbean": ("wb_latin_america_caribbean", "LCN", "拉丁美洲和加勒比地区"),
    "Middle East, North Africa, Afghanistan & Pakistan": (
        "wb_middle_east_north_africa",
        "MEA",
        "中东、北非、阿富汗和巴基斯坦",
    ),
    "North America": ("wb_north_america", "NAC", "北美地区"),
    "South Asia": ("wb_south_asia", "SAS", "南亚地区"),
    "Sub-Saharan Africa": ("wb_sub_saharan_africa", "SSF", "撒哈拉以南非洲地区"),
}
INCOMES = {
    "High income": ("income_high", "HIC", "高收入经济体"),
    "Upper middle income": ("income_upper_middle", "UMC", "中等偏上收入经济体"),
    "Lower middle income": ("income_lower_middle", "LMC", "中等偏下收入经济体"),
    "Low income": ("income_low", "LIC", "低收入经济体"),
}
# Where Chinese official statistics name a unit otherwise than the registry; blank: they do not.
OFFICIAL = {
    "HKG": ("Hong Kong, China", "中国香港"),
    "MAC": ("Macao, China", "中国澳门"),
    "TWN": ("Taiwan, China", "中国台湾"),
    "KOR": ("Republic of Korea", "韩国"),
    "PRK": ("DPR Korea", "朝鲜"),
    "XKX": ("", ""),
    "ANT": ("", ""),
    "CHI": ("", ""),
    "CN-XZ": ("Xizang", "西藏自治区"),
    "CN-HK": ("Hong Kong Special Administrative Region", "香港特别行政区"),
    "CN-MO": ("Macao Special Administrative Region", "澳门特别行政区"),
    "CN-TW": ("Taiwan Province", "台湾省"),
}
Row = dict[str, str]


def table(file: Path, skip: int = 0) -> list[Row]:
    """The rows of a CSV, without the comment above its head."""
    with file.open(encoding="utf-8-sig", newline="") as text:
        return list(csv.DictReader(text.readlines()[skip:]))


def labels(classes: list[Row]) -> list[Row]:
    """A row for every unit of the registry, provinces and those beside them first."""
    bank = {row["Code"]: row["Economy"].replace("’", "'") for row in classes}
    units = [u for u in table(UNITS / "units.csv", 1) if u["registry"] != "aggregate"]
    beside = [
        {"id": i, "registry": "province", "name_en": "", "name_zh": "", "full_zh": ""}
        for i in ("CN-HK", "CN-MO", "CN-TW")
    ]
    told = []
    for unit in sorted(units + beside, key=lambda u: (u["registry"] != "province", u["id"])):
        key = unit["id"]
        full = unit["full_zh"] or unit["name_zh"]
        official = OFFICIAL.get(key, (unit["name_en"], full))
        iso = iso_name(key)
        full = full or official[1]
        told.append(
            dict(
                zip(
                    LABELS,
                    (
                        key,
                        iso,
                        full if iso else "",
                        bank.get(key, ""),
                        unit["name_zh"] if key in bank else "",
                        *official,
                    ),
                    strict=True,
                )
            )
        )
    return told


def iso_name(key: str) -> str:
    """The short name in ISO 3166-1, or the name in ISO 3166-2; blank for what stands in neither."""
    if key.startswith("CN-"):
        return str(pycountry.subdivisions.get(code=key).name)
    held = pycountry.countries.get(alpha_3=key)
    return str(held.name) if held else ""


def groups(classes: list[Row]) -> list[Row]:
    """Groups written by hand, then the World Bank's regions and income groups."""
    told = table(HERE / "groups_by_hand.csv")
    for column, names in (("Region", REGIONS), ("Income group", INCOMES)):
        for name_en, (key, aggregate, name_zh) in names.items():
            members = sorted(r["Code"] for r in classes if r[column] == name_en)
            row = (key, "economy", aggregate, name_en, name_zh, *SOURCE, " ".join(members))
            told.append(dict(zip(GROUPS, row, strict=True)))
    return told


def write(file: Path, head: tuple[str, ...], rows: list[Row], about: str) -> None:
    """The table with a comment above its head."""
    with file.open("w", encoding="utf-8", newline="") as out:
        out.write(f"# Made by tools/build_labels_and_groups.py: {about}\n")
        writer = csv.DictWriter(out, head, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def main() -> None:
    """Writes both tables; stops at a class of the World Bank that has no name here."""
    classes = [row for row in table(Path(sys.argv[1])) if row["Region"]]
    if strange := {r["Region"] for r in classes} - set(REGIONS):
        sys.exit(f"unknown regions: {sorted(strange)}")
    about = "ISO 3166 (pycountry), World Bank Country and Lending Groups (CC BY 4.0), the registry"
    write(UNITS / "labels.csv", LABELS, labels(classes), about)
    write(UNITS / "groups.csv", GROUPS, groups(classes), "each row names its source")


if __name__ == "__main__":
    main()
