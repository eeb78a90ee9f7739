"""The samples of sample_data/broken that are tables in text: each the clean one with one fault."""

from __future__ import annotations

HEAD = (
    "省份,进出口总额占GDP比重（%）,R&D经费中境外资金占比（%）,"
    "每千人口国际学生数,科技计划对外开放项目占比（%）\n"
)
ROWS = (
    "北京,73.5,1.8,4.2,38\n"
    "天津,52.1,1.1,2.6,21\n"
    "上海,94.3,1.9,4.8,42\n"
    "江苏,44.6,0.9,1.7,26\n"
    "浙江,60.2,0.7,2.1,24\n"
    "广东,65.8,1.2,1.5,30\n"
    "四川,17.9,0.5,1.3,19\n"
    "陕西,14.8,0.6,2.3,16\n"
)
CLEAN = HEAD + ROWS
# The same provinces with trade and product as amounts, from which the ratio is computed.
AMOUNTS = (
    "省份,进出口总额（万元）,地区生产总值（万元）,R&D经费中境外资金占比（%）,每千人口国际学生数\n"
    "北京,364461000,416109000,1.8,4.2\n"
    "天津,84485000,163113000,1.1,2.6\n"
    "上海,419029000,446528000,1.9,4.8\n"
    "江苏,544549000,1228756000,0.9,1.7\n"
    "浙江,468370000,777154000,0.7,2.1\n"
    "广东,831030000,1291186000,1.2,1.5\n"
    "四川,100768000,567498000,0.5,1.3\n"
    "陕西,48354000,327727000,0.6,2.3\n"
)
ECONOMIES = (
    "Economy,Trade in relation to GDP (%),R&D expenditure financed from abroad (%),"
    "International students per 1000 population\n"
    "China,38.4,0.2,1.2\n"
    "Sweden,99.2,10.1,3.1\n"
    "Korea,96.5,0.9,2.3\n"
    "Germany,88.7,7.4,4.4\n"
    "Singapore,149.0,6.5,4.9\n"
    "Brazil,38.8,1.7,0.1\n"
)


def edited(text: str, *edits: tuple[str, str]) -> str:
    """The text with each first string, which stands in it once, turned into the second."""
    for old, new in edits:
        if text.count(old) != 1:
            raise ValueError(f"{old!r} stands {text.count(old)} times")
        text = text.replace(old, new)
    return text


C348 = (
    "省份,进出口总额占GDP比重（%）,R&D经费中境外资金占比（%）\n"
    "北京,73.5,1.8\n上海,94.3,1.9\n江苏,44.6,0.9\n四川,{}\n"
)


def dated(year: str) -> str:
    """The sound table with its year."""
    return column(CLEAN, 1, "年份", " ".join([year] * 8))


def with_context() -> str:
    """The sound table with income and size of every unit."""
    rich = column(CLEAN, 5, "context_gdp_pc", "190 119 180 145 119 101 67 82")
    return column(rich, 6, "context_population", "2184 1363 2475 8515 6577 12657 8374 3956")


def column(text: str, number: int, head: str, values: str) -> str:
    """The table with one column (from 0) put in: its head, and its values parted by blanks."""
    lines = [line.split(",") for line in text.splitlines()]
    for cells, value in zip(lines, [head, *values.split(" ")], strict=True):
        cells.insert(number, value)
    return "".join(",".join(cells) + "\n" for cells in lines)


def without(text: str, *numbers: int) -> str:
    """The table without some of its columns (from 0)."""
    lines = (line.split(",") for line in text.splitlines())
    return "".join(
        ",".join(c for n, c in enumerate(cells) if n not in numbers) + "\n" for cells in lines
    )


def without_head(text: str) -> str:
    """The rows of the table alone."""
    return text.split("\n", 1)[1]


_ABROAD = "R&D经费中境外资金占比"
_SE = "0.15 0.11 0.16 0.09 0.07 0.12 0.05 0.06"
_LOW = "1.57 0.96 1.65 0.79 0.61 1.05 0.44 0.52"
_HIGH = "2.10 1.32 2.21 1.08 0.84 1.42 0.60 0.71"


def _intervals(low: str) -> str:
    """The clean table with intervals of one column beside it."""
    return column(column(CLEAN, 3, f"{_ABROAD}下限", low), 4, f"{_ABROAD}上限", _HIGH)


_LAYOUT = {
    "L101": "指标,说明\n进出口总额占GDP比重,按当年平均汇率折算\n",
    "L104": HEAD.replace("省份", "名称") + "甲开发区,73.5,1.8,4.2,38\n乙开发区,52.1,1.1,2.6,21\n",
    "L105": column(CLEAN, 1, "年份", "2022 2022 2022 2022 2022 2022 2022 2022")
    + "北京,2021,70.4,1.7,4.0,35\n",
    "L106": column(CLEAN, 5, "每千人口国际学生人数", "4.2 2.6 4.8 1.7 2.1 1.5 1.3 2.3"),
    "L107": column(CLEAN, 5, "外贸依存度（%）", "73.5 52.1 94.3 44.6 60.2 65.8 17.9 14.8"),
    "L108": CLEAN + "新加坡,149.0,6.5,9.2,\n",
    "L109": edited(CLEAN, ("境外资金占比（%）", "境外资金占比（万元）")),
    "L110": column(without(CLEAN, 2), 2, "R&D经费中境外资金占比（‰）", "18 11 19 9 7 12 5 6"),
    "L111": edited(AMOUNTS, ("进出口总额（万元）", "trade_cny")),
    "L112": column(ECONOMIES, 4, "open_call_share", "12 31 22 35 40 18"),
    "L113": CLEAN,
    "L114": column(CLEAN, 1, "年份", "2022 2022 2022 2022 2022 2022 2022 2022"),
    "L115": ECONOMIES,
    "L118": "省份,2022\n北京,1.8\n天津,1.1\n上海,1.9\n江苏,0.9\n",
    "L119": (
        "省份,年份,指标,数值\n北京,2022,技术合同成交额,7947\n天津,2022,技术合同成交额,1676\n"
        "北京,2022,专利授权量,20.3\n天津,2022,专利授权量,7.2\n"
    ),
    "L120": CLEAN,
    "L122": CLEAN,
    "L116": (
        "省份,进出口总额占GDP比重（%）,R&D经费中境外资金占比（%）,年份,指标,数值\n"
        "北京,73.5,1.8,2022,每千人口国际学生数,4.2\n北京,73.5,1.8,2022,科技计划对外开放项目占比,38\n"
        "上海,94.3,1.9,2022,每千人口国际学生数,4.8\n上海,94.3,1.9,2022,科技计划对外开放项目占比,42\n"
    ),
    "L124": column(CLEAN, 5, "进出口总额", "36446 8449 41903 54455 46837 83103 10077 4835"),
    "L126": "规模以上工业企业主要指标（2022年）\n"
    + column(CLEAN, 5, "出口交货值（万元）", "36446 8449 41903 54455 46837 83103 10077 4835"),
    "L127": column(CLEAN, 5, "responsible_share se", "3.1 2.8 3.5 3.3 3.0 2.9 2.7 2.6"),
    "L128": column(CLEAN, 3, f"{_ABROAD} 上限（%）", _HIGH),
    "L129": column(column(CLEAN, 3, f"{_ABROAD} 标准误", _SE), 4, f"{_ABROAD} standard error", _SE),
    "L125": (
        "省份,学生来源,数值\n北京,亚洲,2.5\n北京,欧洲,1.1\n天津,亚洲,1.6\n天津,欧洲,0.6\n"
        "上海,亚洲,2.9\n上海,欧洲,1.2\n"
    ),
}

_CELLS = {
    "D101": edited(CLEAN, ("44.6,0.9", "约44.6,0.9")),
    "D105": edited(CLEAN.replace(",", ";"), ("44.6;0.9", "44,600;0.9")),
    "D104": edited(CLEAN, ("44.6,0.9", "44.6 p,0.9")),
    "D110": edited(CLEAN, ("44.6,0.9", "约44.6,0.9")),
    "D111": edited(CLEAN, ("江苏,", "江苏苏州园区,")),
    "D112": CLEAN + "江苏省,45.1,0.9,1.7,26\n",
    "D202": edited(CLEAN, ("江苏,44.6,0.9", "江苏,44.6,-0.9")),
    "D203": edited(CLEAN, ("1.5,30", "1.5,301")),
    "D204": edited(CLEAN, ("江苏,44.6,0.9", "江苏,44.6,22")),
    "D205": column(
        without(CLEAN, 4), 4, "科技计划对外开放项目占比", "0.38 0.21 0.42 0.26 0.24 0.30 0.19 0.16"
    ),
    "D206": column(
        without(AMOUNTS, 1),
        1,
        "进出口总额（万元）",
        "36446 8449 41903 54455 46837 83103 10077 4835",
    ),
    "D207": edited(CLEAN, ("44.6,0.9,1.7,26", "44.6,0.9,1.7,0.26")),
    "D208": column(CLEAN, 3, f"{_ABROAD} 标准误", edited(_SE, ("0.09", "-0.09"))),
    "D209": _intervals(edited(_LOW, ("0.79", "0.97"))),
    "D210": _intervals(edited(_LOW, ("0.79", ".."))),
    "D301": CLEAN + "江苏省,45.1,0.9,1.7,26\n",
    "D302": edited(CLEAN, ("江苏,", "黑龙汀,")),
    "D303": edited(CLEAN, ("江苏,", ",")),
    "D304": edited(CLEAN, (HEAD, HEAD + "全国,34.8,0.4,0.3,25\n")),
    "D305": CLEAN + "新加坡,149.0,6.5,9.2,\n",
    "D306": (
        "省份,年份,指标,数值\n"
        "北京,2022,每千人口国际学生数,4.2\n天津,2022,每千人口国际学生数,2.6\n"
        "上海,2022,每千人口国际学生数,4.8\n北京,2022,每千人口国际学生数,4.0\n"
    ),
    "D307": edited(CLEAN, ("江苏,", "江苏苏,")),
    "D310": edited(AMOUNTS, ("544549000,1228756000", "544549000,0")),
}

_COVERAGE = {
    "C301": edited(CLEAN, ("江苏,44.6,0.9,1.7,26", "江苏,44.6,,,26")),
    "C302": edited(
        CLEAN,
        ("1.7,26", "1.7,"),
        ("2.1,24", "2.1,"),
        ("1.3,19", "1.3,"),
        ("2.3,16", "2.3,"),
    ),
    "C303": column(without(CLEAN, 4), 4, "科技计划对外开放项目占比（%）", " ".join(["25"] * 8)),
    "C304": without(CLEAN, 2, 3),
    "C305": without(CLEAN, 2, 3),
    "C306": without(CLEAN, 2, 4),
    "C307": column(without(CLEAN, 2), 2, "gerd_abroad_share", "2.4 1.1 2.9 0.9 0.7 2.2 0.5 0.6"),
    "C308": column(without(CLEAN, 2), 2, "gerd_abroad_share", "1.8 0.3 1.9 0.2 0.1 0.3 0.2 0.1"),
    "C309": "省份,人均地区生产总值（元）\n北京,190313\n天津,119235\n上海,179907\n",
    "C310": column(
        without(AMOUNTS, 2), 4, "科技计划对外开放项目占比（%）", "38 21 42 26 24 30 19 16"
    ),
    "C311": edited(CLEAN, ("四川,17.9,0.5,1.3,19", "四川,17.9,0,0,19")),
    "C312": without(CLEAN, 4),
    "C313": column(CLEAN, 5, "明确责任单位的政策措施占比（%）", "80 55 90 75 85 70 40 45"),
    "C319": f"{HEAD}北京,73.5,1.8,4.2,38\n",
}

_TEXT_FILES = {
    "R110": edited(CLEAN, ("江苏,", "江苏,含苏州工业园区,")),
    "R125": edited(CLEAN, ("江苏,", '"江苏,')),
    "R126": edited(CLEAN, ("江苏,", '"江苏"省,')),
}


def tables() -> dict[str, str]:
    """Every table by the name of its file."""
    told = {**_LAYOUT, **_CELLS, **_COVERAGE, **_TEXT_FILES}
    named = {f"{code}.csv": text for code, text in told.items()}
    labels = "id,label_en,label_zh\n"
    return {
        "clean.csv": CLEAN,
        **named,
        "C320_labels.csv": labels + "CN-BJ,Peking,北京市\nCN-SH,Shanghai,上海市\n",
        "C331_2021.csv": without(CLEAN, 4),
        "C332_economies.csv": ECONOMIES,
        "C333_2021.csv": edited(CLEAN, ("陕西,14.8,0.6,2.3,16", "山东,38.0,0.8,1.1,22")),
        "C335_2021.csv": without(CLEAN, 1, 3),
        "C335_2022.csv": without(CLEAN, 2, 4),
        "C336_2021.csv": edited(CLEAN, ("陕西,14.8,0.6,2.3,16\n", "")),
        "C337_2021.csv": edited(CLEAN, ("江苏,44.6,0.9,1.7,26", "江苏,44.1,0.8,1.6,25")),
        "C338.csv": (
            column(CLEAN, 1, "年份", " ".join(["2022"] * 8))
            + without_head(column(CLEAN, 1, "年份", " ".join(["2021"] * 8)))
            + "北京,平均,72.0,1.7,4.1,37\n"
        ),
        "U120.csv": "code,name\nCN-BJ,Peking\n",
        "U121.csv": labels + "CN-BJ,Peking,北京\nCN-SH,Shanghai,上海\nCN-BJ,Beijing,京\n",
        "U122.csv": labels + "CN-BJ,Peking,北京\nCN-SH,,\n",
        "U143.csv": CLEAN + "苏州工业园区,88.0,1.5,2.0,30\n",
        "C347_2021.csv": edited(dated("2021"), ("17.9,0.5", "0,0.5")),
        "C348_2021.csv": C348.format("17.9,"),
        "C348_2022.csv": C348.format(",0.5"),
        "U164.csv": HEAD + "山东,38.0,0.8,1.1,22\n河南,13.9,0.4,0.6,12\n",
        "U176.csv": "省份,技术市场流动强度（%）\n上海,12.5\n江苏,5.7\n浙江,6.2\n",
        "U178.csv": "scenario,indicator\nmore trade,trade_gdp\n",
        "U189.csv": "indicator,cost\ngerd_abroad_share,free\n",
        "U190.csv": with_context(),
        "U192.csv": edited(with_context(), ("26,145,8515", "26,,8515")),
    }
