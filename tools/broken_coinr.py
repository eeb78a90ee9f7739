"""The samples of sample_data/broken that come from COINr or the COIN Tool, each with one fault."""

from __future__ import annotations

from collections.abc import Sequence

from broken_package import Sheet, Value, book
from broken_tables import edited

IMETA = (
    "Level,iCode,iName,Direction,Weight,Unit,Target,Denominator,Parent,Type\n"
    "1,patents,Patents with a foreign inventor,1,1,number,,population,outputs,Indicator\n"
    "1,papers,Joint papers,1,2,%,60,,outputs,Indicator\n"
    "1,tariff,Mean tariff,-1,1,%,,,inputs,Indicator\n"
    "2,outputs,Outputs,1,1,,,,index,Aggregate\n"
    "2,inputs,Inputs,1,1,,,,index,Aggregate\n"
    "3,index,Openness,1,1,,,,,Aggregate\n"
    ",region,Region,,,,,,,Group\n"
    ",population,Population,,,thousand,,,,Denominator\n"
)
PAPERS = "1,papers,Joint papers,1,2,%,60,,outputs,Indicator\n"
TARIFF = "1,tariff,Mean tariff,-1,1,%,,,inputs,Indicator\n"
INPUTS = "2,inputs,Inputs,1,1,,,,index,Aggregate\n"

EDITS: dict[str, tuple[tuple[str, str], ...]] = {
    "F141": (("Direction", "Sign"),),
    "F142": ((",Group\n", ",Groups\n"),),
    "F143": ((PAPERS, PAPERS.replace("papers", "")),),
    "F144": ((PAPERS, PAPERS.replace("papers", "patents")),),
    "F145": ((PAPERS, PAPERS.replace("outputs", "output")),),
    "F146": (("3,index,Openness,1,1,,,,,", "3,index,Openness,1,1,,,,outputs,"),),
    "F147": ((INPUTS, INPUTS.replace("index", "")),),
    "F148": ((PAPERS, PAPERS.replace("outputs", "")),),
    "F149": ((TARIFF, TARIFF.replace("-1", "0")),),
    "F150": ((PAPERS, PAPERS.replace("1,2", "1,0")),),
    "F151": (("number,,population", "number,,populace"),),
    "F152": ((PAPERS, PAPERS.replace("60", "high")),),
    "F153": ((INPUTS, INPUTS + INPUTS.replace("inputs,Inputs", "people,People")),),
    "F154": ((PAPERS, PAPERS.replace("papers", "Time")),),
    "F172": ((",Group\n", ",Other\n"),),
    "F173": ((PAPERS, PAPERS.replace("papers", "joint papers (%)")),),
    "F174": ((PAPERS, PAPERS.replace("Joint papers", "Mean tariff")),),
}  # fmt: skip

FRAMEWORK: tuple[tuple[Value, ...], ...] = (
    (None, "Conceptual framework"),
    (None, "Item", "Dimension/indicator", "Supra-dimension", "Weight", "Aggregation", "Direction",
     "Name of dimension/indicator"),
    (None, "Index", "Index", None, 1.0, "Arithmetic", 1.0, "Openness"),
    (None, "Sub-indices", "si.01", "Index", 1.0, "Arithmetic", 1.0, "Openness"),
    (None, None, "si.02", "-", "-", "-", "-", "-"),
    (None, "Pillars", "p.01", "si.01", 0.6, "Arithmetic", 1.0, "Outputs"),
    (None, None, "p.02", "si.01", 0.4, "Arithmetic", 1.0, "Inputs"),
    (None, "Indicators", "ind.01", "p.01", 0.5, None, 1.0, "Joint papers"),
    (None, None, "ind.02", "p.01", 0.5, None, 1.0, "Foreign patents"),
    (None, None, "ind.03", "p.02", 1.0, None, -1.0, "Mean tariff"),
)  # fmt: skip
DATABASE: tuple[tuple[Value, ...], ...] = (
    (None, "Database"),
    (None, None, "Normalisation method:", "Minmax"),
    (None, None, "Minimum score", 0.0),
    (None, None, "Maximum score", 100.0),
    (None, None, None, "Indicator code", "ind.01", "ind.02", "ind.03"),
    (None, None, None, "Indicator name", "Joint papers", "Foreign patents", "Mean tariff"),
    (None, 1.0, "AT", "Austria", 55.2, 21.0, 1.6),
    (None, 2.0, "BE", "Belgium", 61.9, 34.5, 1.7),
    (None, 3.0, "BG", "Bulgaria", 40.3, 18.2, 2.4),
)

# A framework whose tree is uneven, with a curve: two things that iMeta cannot say.
UNEVEN = """\
schema: stiscore.framework/1
id: uneven
version: '1'
title: {en: Uneven, zh: 层次不齐}
basis: made to show findings
origin_note: {en: An example., zh: 示例。}
levels:
  regional: {name: {en: regional level, zh: 省级层面}, units: {en: provinces, zh: 省份}}
method: {normalise: {id: min-max}}
bands: {scores: [], severities: []}
index:
  id: openness
  name: {en: Openness, zh: 开放度}
  children:
  - id: hubs
    name: {en: Innovation hubs, zh: 创新平台数}
    measured_in: number
    curve: sqrt
    definition: {numerator: {en: hubs, zh: 创新平台}}
    levels: {regional: {}}
  - id: talent
    name: {en: Talent, zh: 人才}
    children:
    - id: students
      name: {en: International students, zh: 国际学生数}
      measured_in: number
      definition: {numerator: {en: students, zh: 学生}}
      levels: {regional: {}}
"""


def coinr() -> dict[str, bytes]:
    """Every file by its name."""
    told = {code: edited(IMETA, *edits) for code, edits in EDITS.items()}
    told["F155"] = "".join(r for r in IMETA.splitlines(keepends=True) if "Indicator" not in r)
    told["F156"] = _longer("goalpost_lower,goalpost_upper", papers="90,10")
    told["F157"] = _deep(22)
    told["F171"] = _longer("Source", papers="Scopus")
    return {
        **{f"{code}.csv": text.encode() for code, text in told.items()},
        **coin_tool(),
        "F176.yaml": UNEVEN.encode(),
    }


def coin_tool() -> dict[str, bytes]:
    """Workbooks laid out like those of the COIN Tool."""
    head = FRAMEWORK[1]
    unlabelled = (*FRAMEWORK[:1], (*head[:3], "Parent", *head[4:]), *FRAMEWORK[2:])
    short = tuple(row[:6] for row in DATABASE)
    others = (*DATABASE[:1], (None, None, "Normalisation method:", "Datamax"), *DATABASE[2:])
    return {
        "F158.xlsx": book({"Framework": Sheet(FRAMEWORK)}),
        "F159.xlsx": _workbook(unlabelled, DATABASE),
        "F160.xlsx": _workbook(FRAMEWORK, short),
        "F161.xlsx": _workbook(FRAMEWORK, DATABASE[:6]),
        "F175.xlsx": _workbook(FRAMEWORK, others),
    }


def _workbook(framework: Sequence[Sequence[Value]], database: Sequence[Sequence[Value]]) -> bytes:
    return book({"Database": Sheet(database), "Framework": Sheet(framework)})


def _longer(head: str, *, papers: str) -> str:
    """The table with more columns, filled in the row of ``papers`` only."""
    first, *rows = IMETA.splitlines()
    blank = "," * head.count(",")
    ends = (f"{r},{papers if ',papers,' in r else blank}" for r in rows)
    return "".join(f"{line}\n" for line in (f"{first},{head}", *ends))


def _deep(steps: int) -> str:
    """An index with one indicator so many steps below the top."""
    rows = [f",g{n},Group {n},1,1,,,,{f'g{n - 1}' if n else ''},Aggregate" for n in range(steps)]
    leaf = f"1,papers,Joint papers,1,1,%,,,g{steps - 1},Indicator"
    return "".join(f"{line}\n" for line in (IMETA.splitlines()[0], *rows, leaf))
