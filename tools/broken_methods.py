"""The samples of sample_data/broken on methods and weights: tables, experts' sheets, a preset."""

from __future__ import annotations

from collections.abc import Mapping

from broken_tables import CLEAN, edited

AREAS = "areas,global_resources,foreign_talent,institutions\n"
MATRIX = AREAS + "global_resources,1,2,6\nforeign_talent,1/2,1,3\ninstitutions,1/6,1/3,1\n"
POINTS = "专家,全球创新资源,境外人才,制度机制\n甲,50,30,20\n乙,40,40,20\n"
WEIGHTS = (
    "schema: stiscore.preset/1\nframework: openness_abroad\nmethod: [weight=equal]\n"
    f"data: '{'0' * 64}'\nweights: {{foreign_talent: 2}}\n"
)

# Every province lacks a value, and no column lacks many.
GAPS = (
    ("北京,73.5", "北京,"),
    ("天津,52.1", "天津,"),
    ("上海,94.3,1.9", "上海,94.3,"),
    ("江苏,44.6,0.9", "江苏,44.6,"),
    ("0.7,2.1,", "0.7,,"),
    ("1.2,1.5,", "1.2,,"),
    ("1.3,19", "1.3,"),
    ("2.3,16", "2.3,"),
)

SHEETS: Mapping[str, tuple[str, tuple[str, str]]] = {
    "F181": (MATRIX, ("institutions,1/6,1/3,1\n", "")),
    "F182": (POINTS, ("境外人才", "境外人材")),
    "F183": (MATRIX, (AREAS, AREAS.replace("institutions", "trade_gdp"))),
    "F184": (MATRIX, ("1,2,6", "1,2,很重要")),
    "F185": (MATRIX, ("1/6,1/3,1", "1/6,3,1")),
    "F186": (POINTS, ("乙", "甲")),
}


def methods() -> dict[str, bytes]:
    """Every file by its name."""
    # Of three parts each weighs more than the next, round and round.
    torn = edited(MATRIX, ("1,2,6", "1,2,1/6"), ("1/6,1/3,1", ",,1"))
    told = {
        **{f"{code}.csv": edited(table, edit) for code, (table, edit) in SHEETS.items()},
        "C314.csv": edited(CLEAN, *GAPS),
        "C315.csv": edited(CLEAN, ("陕西,14.8,0.6,2.3,16", "陕西,14.8,0.6,2.3,0")),
        "C316_areas.csv": torn,
        "C317.csv": edited(CLEAN, ("江苏,44.6,0.9,1.7,26", "江苏,44.6,,,26")),
        "F187.yaml": WEIGHTS,
    }
    return {name: text.encode() for name, text in told.items()}
