"""The samples of sample_data/broken that are frameworks: framework.yaml with one fault each."""

from __future__ import annotations

from broken_tables import edited

# Where a fault is put in: texts that stand in framework.yaml once.
STUDENTS = "regional: {goalposts: [0, 5], basis: judgement, plausible: [0, 20]}"
CALLS = "regional: {goalposts: [0, 50], basis: judgement, plausible: [0, 80]}"
GAP = "- {id: foreign_funding, name: {en: Little foreign funding, zh: 境外资金不足}}\n"
OTHER_GAP = "- {id: closed_calls, name: {en: Few open calls, zh: 开放项目偏少}}\n"
LINK = (
    "  closed_calls:\n    weakens: [institutions]\n    measures: [M1]\n"
    "    first_action: {en: Open some calls., zh: 开放部分项目。}\n"
    "    untagged: {institutions: no indicator isolates it}\n"
)
EXPORTS = "  name: {en: Exports of industrial enterprises, zh: 规模以上工业企业出口交货值}\n"
TRADE = "{id: trade_cny, name: {en: Exports and imports, zh: 进出口总额}, measured_in: 万元}"
STUDENTS_TAGGED = (
    "      measured_in: per 1,000 population\n      gaps: {primary: foreign_funding}\n"
)
CALLS_TAGGED = "      collect: {sheet: questionnaire, of: counts}\n"


def _varied(*factors: str) -> tuple[str, str]:
    """The edit that gives the framework factors."""
    lines = "".join(f"  - {factor}\n" for factor in factors)
    return "quantities:\n", f"uncertainty:\n  factors:\n{lines}quantities:\n"


EDITS: dict[str, tuple[tuple[str, str], ...]] = {
    "C345": ((STUDENTS, STUDENTS.replace("[0, 5]", "[0, 6]")),),
    "F101": (("title: {en: Framework", "title: en: Framework"),),
    "F102": ((STUDENTS, STUDENTS.replace("{", "&scale {")),),
    "F103": (("version: '1'\n", "version: '1'\nversion: '2'\n"),),
    "F104": (("      aliases: [外贸依存度]\n", "      alias: [外贸依存度]\n"),),
    "F105": (("basis: made to show findings\n", ""),),
    "F106": (("derive: {numerators: [trade_cny], denominators: [gdp_cny], factor: 100}",
              "derive: {numerators: [trade_cny], denominators: [gdp_cny], factor: 100倍}"),),
    "F110": (("dominant_above: 0.6", "dominant_above: .nan"),),
    "F111": (("- id: industrial_exports\n", "- id: foreign_students\n"),),
    "F112": (("denominators: [gdp_cny]", "denominators: [gdp_cmy]"),),
    "F113": ((STUDENTS, STUDENTS.replace("[0, 5]", "[5, 0]")),),
    "F114": ((CALLS, CALLS.replace("[0, 80]", "[0, 180]")),),
    "F115": ((STUDENTS, STUDENTS.replace("[0, 20]", "[20, 0]")),),
    "F116": ((STUDENTS, STUDENTS.replace("goalposts: [0, 5], basis: judgement, ", "")),),
    "F117": (("aliases: [外贸依存度]", "aliases: [GDP]"),),
    "F118": (("      measured_in: per 1,000 population\n",
              "      measured_in: per 1,000 population\n      proxy_for: trade_gdp\n"),),
    "F121": (("weakens: [global_resources, foreign_talent]",
              "weakens: [global_resources, foreign_talent, institutions]"),),
    "F122": ((STUDENTS, STUDENTS.replace("judgement", "percentile")),),
    "F123": ((STUDENTS, STUDENTS.replace("[0, 5]", "[0, 25]")),),
    "F124": ((GAP, GAP + OTHER_GAP), ("quantities:\n", LINK + "quantities:\n"),
             (CALLS_TAGGED, CALLS_TAGGED + "      gaps: {primary: closed_calls}\n")),
    "F125": (("      sources: [{level: both, name: Ministry of Education}]\n", ""),),
    "F126": (("zh: 地区生产总值}, measured_in: 万元", "zh: 地区生产总值}, measured_in: 亿元"),),
    "F127": ((GAP, GAP + OTHER_GAP), (STUDENTS_TAGGED, STUDENTS_TAGGED.replace(
        "{primary: foreign_funding}", "{primary: closed_calls, related: [foreign_funding]}"))),
    "F128": (_varied("{id: areas, kind: dirichlet-weights, concentration: 3}"),),
    "F133": (_varied("{id: means, kind: methods, alternatives: [[aggregate=geomean]]}"),),
    "F134": (_varied("{id: surveys, kind: data-error, errors: {foreign_students: {relative: 0.1}}}",
                     "{id: shares, kind: data-error, errors: {trade_gdp: {revision: 0.02}}}"),),
    "F135": ((EXPORTS, EXPORTS + "  part_of: exports\n"),),
    "F136": ((EXPORTS, EXPORTS + "  part_of: trade_cny\n"),
             (TRADE, TRADE.replace("万元}", "万元, part_of: industrial_exports}"))),
}  # fmt: skip


def _without_gaps(sound: str) -> str:
    """The framework with no gaps, and nothing tagged with or linked to one."""
    before, _, rest = sound.partition("\ngaps:\n")
    kept = [line for line in before.split("\n") if "gaps: {primary" not in line]
    return "\n".join(kept) + "\nquantities:\n" + rest.partition("quantities:\n")[2]


def frameworks(sound: str) -> dict[str, bytes]:
    """Every framework by the name of its file; ``sound`` is framework.yaml."""
    told = {code: edited(sound, *edits) for code, edits in EDITS.items()}
    told["F108"] = "schema: stiscore.framework/1\nindex: " + "[" * 60 + "]" * 60 + "\n"
    told["F119"] = sound + "".join(f"remark_{n}: 待核\n" for n in range(1, 103))
    told["U160"] = _without_gaps(sound)
    return {
        **{f"{code}.yaml": text.encode() for code, text in told.items()},
        "F109.yaml": sound.encode("gb18030"),
        "F190.json": b'{"framework": "broken_samples", "scores": [93.1, 81.5]}\n',
    }
