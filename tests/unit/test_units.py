"""The registry of units: every spelling finds the right unit, and no wrong one."""

from __future__ import annotations

import csv
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stiscore.units import Entry, entries, find, normalise, suggest
from stiscore.units.registry import counted, in_table, in_two_letters

TABLE = Path(__file__).resolve().parents[2] / "stiscore" / "units" / "units.csv"
PROVINCES = {
    "CN-BJ": ("北京", "北京市", "Beijing", "110000"),
    "CN-TJ": ("天津", "天津市", "Tianjin", "120000"),
    "CN-HE": ("河北", "河北省", "Hebei", "130000"),
    "CN-SX": ("山西", "山西省", "Shanxi", "140000"),
    "CN-NM": ("内蒙古", "内蒙古自治区", "Inner Mongolia", "150000"),
    "CN-LN": ("辽宁", "辽宁省", "Liaoning", "210000"),
    "CN-JL": ("吉林", "吉林省", "Jilin", "220000"),
    "CN-HL": ("黑龙江", "黑龙江省", "Heilongjiang", "230000"),
    "CN-SH": ("上海", "上海市", "Shanghai", "310000"),
    "CN-JS": ("江苏", "江苏省", "Jiangsu", "320000"),
    "CN-ZJ": ("浙江", "浙江省", "Zhejiang", "330000"),
    "CN-AH": ("安徽", "安徽省", "Anhui", "340000"),
    "CN-FJ": ("福建", "福建省", "Fujian", "350000"),
    "CN-JX": ("江西", "江西省", "Jiangxi", "360000"),
    "CN-SD": ("山东", "山东省", "Shandong", "370000"),
    "CN-HA": ("河南", "河南省", "Henan", "410000"),
    "CN-HB": ("湖北", "湖北省", "Hubei", "420000"),
    "CN-HN": ("湖南", "湖南省", "Hunan", "430000"),
    "CN-GD": ("广东", "广东省", "Guangdong", "440000"),
    "CN-GX": ("广西", "广西壮族自治区", "Guangxi", "450000"),
    "CN-HI": ("海南", "海南省", "Hainan", "460000"),
    "CN-CQ": ("重庆", "重庆市", "Chongqing", "500000"),
    "CN-SC": ("四川", "四川省", "Sichuan", "510000"),
    "CN-GZ": ("贵州", "贵州省", "Guizhou", "520000"),
    "CN-YN": ("云南", "云南省", "Yunnan", "530000"),
    "CN-XZ": ("西藏", "西藏自治区", "Tibet", "540000"),
    "CN-SN": ("陕西", "陕西省", "Shaanxi", "610000"),
    "CN-GS": ("甘肃", "甘肃省", "Gansu", "620000"),
    "CN-QH": ("青海", "青海省", "Qinghai", "630000"),
    "CN-NX": ("宁夏", "宁夏回族自治区", "Ningxia", "640000"),
    "CN-XJ": ("新疆", "新疆维吾尔自治区", "Xinjiang", "650000"),
}
ECONOMIES = {
    "KOR": "Korea|Republic of Korea|Korea, Rep.|Korea, Rep|South Korea|韩国|大韩民国",
    "PRK": "North Korea|Korea, Dem. People’s Rep.|DPRK|朝鲜",
    "CZE": "Czechia|Czech Republic|捷克",
    "TUR": "Türkiye|Turkiye|Turkey|TÜRKİYE|土耳其",
    "VNM": "Viet Nam|Vietnam",
    "SVK": "Slovak Republic|Slovakia",
    "SVN": "Slovenia",
    "RUS": "Russian Federation|Russia|俄罗斯联邦",
    "CIV": "Côte d'Ivoire|Côte d’Ivoire|Cote d'Ivoire|Ivory Coast",
    "GBR": "UK|GB|United Kingdom|英国",
    "USA": "US|USA|United States|United States of America|United States<sup>d</sup>|美国",
    "IRN": "Iran|Iran, Islamic Rep.|Iran (Islamic Republic of)|Iran, Islamic Republic of",
    "HKG": "Hong Kong SAR, China|Hong Kong|China, Hong Kong SAR|中国香港|香港",
    "MAC": "Macao SAR, China|Macao|Macau|中国澳门",
    "TWN": "Taiwan, China|Taiwan|Chinese Taipei|中国台湾",
    "CHN": "China|China (People's Republic of)|中国|CN",
    "GEO": "Georgia",
    "JEY": "Jersey",
    "GIN": "Guinea",
    "GNB": "Guinea-Bissau|Guinea–Bissau",
    "COD": "Congo, Dem. Rep.|DR Congo|刚果（金）|刚果 (金)",
    "COG": "Congo, Rep.|Republic of the Congo|刚果(布)",
    "NAM": "Namibia|NA",
    "XKX": "Kosovo|XKX",
    "ISR": "Israel<sup>c</sup>|Israel*|Israel †‡|Israel²|ISR",
    "AUS": "Australia (2019)|Australia（２０１９年）|Australia* (2019)|Ａｕｓｔｒａｌｉａ",
    "STP": "São Tomé & Príncipe|Sao Tome and Principe",
    "ANT": "Netherlands Antilles|Netherlands Antilles (former)|ANT",
    "PSE": "West Bank and Gaza|State of Palestine|Palestine, State of|WBG|约旦河西岸和加沙",
    "ROU": "Romania|ROM|羅馬尼亞",
    "MKD": "North Macedonia|Macedonia, FYR|TFYR of Macedonia",
    "FSM": "Micronesia (Federated States of)|Micronesia, Fed. Sts.",
    "VEN": "Venezuela (Bolivarian Republic of)|Venezuela, RB|委內瑞拉",
    "LAO": "Lao PDR|Lao People's Democratic Republic|寮國|老撾",
    "SAU": "Saudi Arabia|沙特|沙烏地阿拉伯",
    "ARG": "Non-OECD -> Argentina",
}


@pytest.mark.parametrize("unit", PROVINCES)
def test_a_province_is_found_by_every_form(unit: str) -> None:
    short, full, english, code = PROVINCES[unit]
    spaced = (f" {gap.join(short)} " for gap in (" ", "    ", "\u00a0", "\u3000", "\n"))
    both = (f"{short} {english}", f"{english} {short}", f"{full}{english}", f"{short}\n{english}")
    for text in (unit, unit.lower(), short, full, english, english.upper(), code, *spaced, *both):
        assert find(text) == Entry(unit, "province", english, short), text


def test_provinces_are_the_31_of_the_mainland() -> None:
    assert {e.id for e in entries("province")} == set(PROVINCES)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Nei Mongol", "CN-NM"),
        ("Xizang", "CN-XZ"),
        ("西藏 Xizang", "CN-XZ"),
        ("Xinjiang Uygur Autonomous Region", "CN-XJ"),
        ("Guangxi Zhuang Autonomous Region", "CN-GX"),
        *((text, unit) for unit, texts in ECONOMIES.items() for text in texts.split("|")),
    ],
)
def test_a_spelling_finds_its_unit(text: str, unit: str) -> None:
    found = find(text)
    assert found is not None
    assert found.id == unit


TRADITIONAL = (
    "內蒙古自治區 遼寧省 黑龍江 江蘇省 山東省 廣東省 廣西壯族自治區 重慶 貴州 雲南 陝西省 陜西"
    " 寧夏回族自治區 新疆維吾爾自治區 西藏自治區"
)
TRADITIONAL_IDS = "NM LN HL JS SD GD GX CQ GZ YN SN SN NX XJ XZ"
SHORT = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新"


def test_traditional_characters_name_the_same_provinces() -> None:
    found = [find(text) for text in TRADITIONAL.split()]
    assert [e and e.id for e in found] == [f"CN-{key}" for key in TRADITIONAL_IDS.split()]


def test_traditional_characters_name_the_same_economies() -> None:
    for text, unit in (
        ("韓國", "KOR"),
        ("南韓", "KOR"),
        ("德國", "DEU"),
        ("義大利", "ITA"),
        ("澳大利亞", "AUS"),
        ("澳洲", "AUS"),
        ("臺灣", "TWN"),
        ("中國香港", "HKG"),
    ):
        found = find(text)
        assert found is not None, text
        assert found.id == unit


def test_short_forms_count_only_where_the_level_is_settled() -> None:
    codes = [code[:2] for *_, code in PROVINCES.values()]
    for text, unit in (*zip(SHORT, PROVINCES, strict=True), *zip(codes, PROVINCES, strict=True)):
        assert find(text) is None, text
        assert find(text, "economy") is None
        found = find(text, "province")
        assert found is not None
        assert found.id == unit


@pytest.mark.parametrize(
    ("text", "economy", "province"),
    [
        ("香港", "HKG", "CN-HK"),
        ("香港特别行政区", "HKG", "CN-HK"),
        ("CN-HK", "HKG", "CN-HK"),
        ("Macao SAR, China", "MAC", "CN-MO"),
        ("820000", "MAC", "CN-MO"),
        ("台湾省", "TWN", "CN-TW"),
        ("Chinese Taipei", "TWN", "CN-TW"),
    ],
)
def test_the_table_decides_what_hong_kong_macao_and_taiwan_are(
    text: str, economy: str, province: str
) -> None:
    found = [find(text), find(text, "economy"), find(text, "province")]
    assert [e and (e.id, e.registry) for e in found] == [
        (economy, "economy"),
        (economy, "economy"),
        (province, "province"),
    ]


def test_rows_of_either_level_do_not_make_a_table_mixed() -> None:
    provincial = [find(t) for t in ("广东", "福建", "香港", "台湾", "全国")]
    assert counted(provincial) == {"province": 2, "aggregate": 1}
    assert counted([find("香港"), find("Singapore")]) == {"economy": 1}
    assert counted([find("香港"), find("澳门")]) == {"economy": 2}
    assert counted([find("广东"), find("Chile")]) == {"province": 1, "economy": 1}


def test_two_letters_are_a_code_in_capitals_only() -> None:
    for word in ("no", "No", "in", "is", "na", "us", "it"):
        assert find(word) is None, word
    codes = [find(code) for code in ("NO", "IN", "ＮＡ", " US*")]
    assert [e and e.id for e in codes] == ["NOR", "IND", "NAM", "USA"]


def test_na_is_namibia_among_codes_and_nothing_among_names() -> None:
    namibia = find("NA")
    assert in_two_letters(["ZA", "NA", "BW"])
    assert not in_two_letters(["South Africa", "NA", "Botswana"])
    assert in_table("NA", namibia, "economy", coded=True) == namibia
    assert in_table("NA", namibia, "economy", coded=False) is None
    assert in_table("Namibia", namibia, "economy", coded=False) == namibia


@pytest.mark.parametrize("text", ["UIS: World", "SDG: Europe", "WB: Arab World", "CECC-SICA"])
def test_a_region_of_an_organisation_is_no_unit(text: str) -> None:
    found = find(text)
    assert found is not None
    assert found.registry == "aggregate"


def test_shanxi_and_shaanxi_are_never_confused() -> None:
    for text, unit in (
        ("Shanxi", "CN-SX"),
        ("山西", "CN-SX"),
        ("Shaanxi", "CN-SN"),
        ("陕 西", "CN-SN"),
    ):
        found = find(text)
        assert found is not None
        assert found.id == unit
    for text in ("山西 Shaanxi", "陕西 Shanxi"):
        assert find(text) is None
    for text in ("Shanxii", "Shan xi", "Shaanix", "Shannxi", "陕西市", "山西市", "山西 Shaanxi"):
        offer = suggest(text)
        assert offer is not None
        assert {"山西 Shanxi", "陕西 Shaanxi"} <= set(offer.split(" / ")), text


@given(st.text(alphabet="shanxi 山陕西省", min_size=1, max_size=12))
def test_no_offer_names_only_one_of_the_two(text: str) -> None:
    offer = suggest(text) or ""
    assert ("山西" in offer) == ("陕西" in offer)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("全国", "CN-total"),
        ("全 国", "CN-total"),
        ("National Total", "CN-total"),
        ("全国总计", "CN-total"),
        ("合  计", "total"),
        ("总计", "total"),
        ("东部地区", "east"),
        ("Middle Region", "central"),
        ("西部", "west"),
        ("东北", "northeast"),
        ("其他", "other"),
        ("不分地区", "unallocated"),
        ("WLD", "WLD"),
        ("World", "WLD"),
        ("EUU", "EUU"),
        ("European Union", "EUU"),
        ("EU-27", "EUU"),
        ("OECD", "OED"),
        ("Total OECD", "OED"),
    ],
)
def test_an_aggregate_is_no_unit(text: str, unit: str) -> None:
    found = find(text)
    assert found is not None
    assert (found.id, found.registry) == (unit, "aggregate")


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "Congo",
        "刚果",
        "Atlantis",
        "Chin",
        "Shan",
        "11",
        "BJ 北京",
        "湖南 Hubei",
        "北京" * 200,
    ],
)
def test_what_names_no_unit_finds_none(text: str) -> None:
    assert find(text) is None


def test_a_suggestion_names_every_unit_about_equally_near() -> None:
    assert suggest("Guangdnog") == "广东 Guangdong"
    assert suggest("福健") == suggest("建福") == "福建 Fujian"
    assert suggest("广栋") == "广东 Guangdong / 广西 Guangxi"
    assert suggest("Hubie") == "湖北 Hubei", "letters that changed places are nearer than others"
    assert suggest("俄罗期") == "俄罗斯 Russia"
    assert suggest("某国") is None, "too many are one character away"
    assert suggest("Congo") == "刚果（金） Congo, Dem. Rep. / 刚果（布） Congo, Rep."
    assert suggest("湖南 Hubei") == "湖南 Hunan / 湖北 Hubei"
    assert suggest("北京 Bejing") == "北京 Beijing"
    assert suggest("全国 Beijing") == "北京 Beijing"
    assert suggest("Wolrd") is None, "an aggregate is never offered for a unit"
    assert suggest("qqqqqqqq") is None
    assert suggest("") is None


def test_every_economy_of_the_world_bank_is_found(shared: Path) -> None:
    with (shared / "data/real/wdi_sp.pop.totl.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {(row["Country Name"], row["Country Code"]) for row in csv.DictReader(file)}
    registries = []
    for name, code in rows:
        by_name, by_code = find(name), find(code)
        assert by_name is not None
        assert by_name == by_code, name
        assert by_name.id == code
        registries.append(by_name.registry)
    assert registries.count("economy") == 217
    assert registries.count("aggregate") == len(rows) - 217


def test_every_unit_of_the_real_economies_table_is_found(shared: Path) -> None:
    path = shared / "data/real/national_openness_real.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 109
    for row in rows:
        for text in (row["unit_code"], row["unit_name"]):
            found = find(text)
            assert found is not None
            assert (found.id, found.registry) == (row["unit_code"], "economy")


def test_every_row_of_the_real_provinces_table_is_found(shared: Path) -> None:
    path = shared / "data/real/provincial_openness_real.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        found = [find(row["省份"]) for row in csv.DictReader(file)]
    assert [e.id for e in found if e] == list(PROVINCES)


def test_economies_are_iso_3166_with_three_more() -> None:
    ids = {e.id for e in entries("economy")}
    assert len(ids) == 252
    assert {"XKX", "CHI", "ANT"} < ids
    assert all(len(unit) == 3 and unit.isupper() for unit in ids)
    assert entries("planet") == ()


def test_every_entry_has_both_names_and_is_found_by_them() -> None:
    for registry in ("province", "economy", "aggregate"):
        for entry in entries(registry):
            assert entry.name_en
            assert entry.name_zh
            assert {find(entry.id), find(entry.name_en), find(entry.name_zh)} == {entry}


def test_no_two_rows_share_a_key_and_spellings_are_normalised() -> None:
    with TABLE.open(encoding="utf-8", newline="") as file:
        assert next(file).startswith("#")
        rows = list(csv.DictReader(file))
    keys: dict[str, set[str]] = {}
    for row in rows:
        spellings = row["spellings"].split("|")
        assert [normalise(text) for text in spellings] == spellings
        codes = [normalise(code) for code in (row["id"], *filter(None, row["codes"].split("|")))]
        assert len({*spellings, *codes}) == len(spellings) + len(codes), row["id"]
        keys[row["id"]] = {*spellings, *codes, *filter(None, row["short"].split("|"))}
    assert len(keys) == len(rows)
    for (one, left), (other, right) in combinations(keys.items(), 2):
        assert not left & right, (one, other)


@given(
    st.text(max_size=40)
    | st.text(alphabet="a A北　\u00a0<sup>/()（）2019年*†²＊·•'’-–", max_size=40)
)
def test_normalise_is_idempotent(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    # Two letters name an economy in capitals only, and what is normalised has none.
    assert find(text) == find(once) or len(once) == 2


@given(st.sampled_from(sorted(PROVINCES)), st.text(alphabet=" \u00a0\u3000\t", max_size=3))
def test_spaces_never_hide_a_province(unit: str, gap: str) -> None:
    short, full, _, _ = PROVINCES[unit]
    for name in (short, full):
        found = find(gap + gap.join(name) + gap)
        assert found is not None
        assert found.id == unit


@given(
    st.sampled_from(["*", "†", "‡", "²", "(2019)", "（2020年）", "<sup>b</sup>", " <SUP>1</SUP>"])
)
def test_a_note_after_a_name_changes_nothing(note: str) -> None:
    for entry in entries("economy"):
        assert find(entry.name_en + note) == entry


# What the real files call their rows, by column; nothing else in these columns is left unknown.
REAL = {
    "API_BM.KLT.DINV.WD.GD.ZS_DS2_en_csv_v2_316.csv": (0, {"Data Source", "Last Updated Date"}),
    "asem_iData_from_COINr.csv": (0, set[str]()),
    "iso_member_data_20180126-121808.csv": (0, set[str]()),
    "kofgi_2022_political_2017-2020_extract.csv": (1, set[str]()),
    "ncses_10946_sei_srd2_gerd_by_source.csv": (2, set[str]()),
    "uis_inbound_intl.csv": (1, set[str]()),
    "wdi_sm.pop.totl.csv": (0, set[str]()),
    "nbs_分省年度数据_地区生产总值_gbk.csv": (0, {"数据库", "指标", "时间", "注", "数据来源"}),
}


@pytest.mark.parametrize("name", REAL)
def test_every_label_of_a_real_file_is_known(shared: Path, name: str) -> None:
    column, others = REAL[name]
    raw = (shared / "data/real" / name).read_bytes()
    text = raw.decode("gb18030" if name.endswith("gbk.csv") else "utf-8-sig")
    rows = [row for row in csv.reader(text.splitlines()) if len(row) > column]
    heads = {"Country Name", "uName", "country", "time_period", "geoUnit", "地区"}
    labels = {row[column] for row in rows if row[column]} - heads
    unknown = {t for t in labels if find(t) is None}
    assert len(labels) > 25
    assert {t for t in unknown if t.partition("：")[0] not in others} == set()
