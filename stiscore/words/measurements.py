"""What figures are measured in, as people read it.

Programs and the reader of files know a measurement by one canonical text; JSON and CSV keep it.
"""

from __future__ import annotations

from stiscore.words import Lang, Words

MEASUREMENTS: dict[str, Words] = {
    "%": Words("%", "%"),
    "ratio": Words("ratio", "比值"),
    "count": Words("count", "个"),
    "persons": Words("persons", "人"),
    "papers": Words("papers", "篇"),
    "days": Words("days", "天"),
    "points": Words("points", "分"),
    "人年": Words("person-years", "人年"),
    "万元": Words("10,000 yuan", "万元"),
    "US$": Words("US$", "美元"),
    "index 0-1": Words("index 0-1", "指数0-1"),
    "index 1-100": Words("index 1-100", "指数1-100"),
    "score 1-5": Words("score 1-5", "评分1-5"),
    "standard normal score": Words("standard normal score", "标准正态得分"),
    "per 100 FTE": Words("per 100 FTE", "每百人年"),
    "per 10,000 R&D FTE": Words("per 10,000 R&D FTE", "每万人年"),
    "per 100,000 R&D FTE": Words("per 100,000 R&D FTE", "每十万人年"),
    "per 1,000 population": Words("per 1,000 population", "每千人"),
    "per 10,000 employed": Words("per 10,000 employed", "每万名就业人员"),
    "per 1,000 foreign-invested enterprises": Words(
        "per 1,000 foreign-invested enterprises", "每千家外商投资企业"
    ),
}


def measurement(text: str) -> Words:
    """A measurement to be put into a sentence: each language's sentence takes its own."""
    return Words(measured(text, "en"), measured(text, "zh"))


def measured(text: str, lang: Lang) -> str:
    """A measurement in ``lang``; one that is not in the table stays as it is written.

    >>> measured("per 1,000 population", "zh"), measured("万元", "en"), measured("furlongs", "zh")
    ('每千人', '10,000 yuan', 'furlongs')
    """
    words = MEASUREMENTS.get(text)
    return text if words is None else words.say(lang)
