"""What is said of units, their labels and their groups."""

from __future__ import annotations

from stiscore.words import Lang, Words

SET_NOTES: dict[str, Words] = {
    "iso": Words(
        "Labels: short names of ISO 3166-1 and names of ISO 3166-2; Chinese names are the registry's. They state nothing on the status of any unit.",
        "单位名称：英文采用ISO 3166-1简称及ISO 3166-2名称，中文采用本工具名录。名称不代表对任何单位地位的判断。",
    ),
    "worldbank": Words(
        "Labels: the World Bank's; Chinese names are the registry's. They state nothing on the status of any unit.",
        "单位名称：英文采用世界银行名称，中文采用本工具名录。名称不代表对任何单位地位的判断。",
    ),
    "cn_official": Words(
        "Labels: as Chinese official statistics write them. What the figures of China include is as the source defines.",
        "单位名称：采用中国官方统计用名。中国数据的统计范围以来源的定义为准。",
    ),
    "own": Words("Labels: from {file}.", "单位名称：取自 {file}。"),
}

UNITS: dict[str, Words] = {
    "unlabelled": Words(
        "No label in this set; the source's is kept: {units}.",
        "该名称方案未收录、沿用来源名称的单位：{units}。",
    ),
    "beside": Words(
        "Rows of the Hong Kong SAR, the Macao SAR and Taiwan Province are those the source gives.",
        "香港特别行政区、澳门特别行政区和台湾省的数据行按来源原样列示。",
    ),
    "in_group": Words("In group", "组内排名"),
    "group_shown": Words(
        "Shown: {group}, {n} of its {of} units; the rank is that in the whole table, beside it that in the group.",
        "仅列示{group}：{of}个单位中的{n}个；“排名”为全表排名，其旁为组内排名。",
    ),
    "group_source": Words("Membership: {source}.", "组别划分依据：{source}。"),
    "own_group": Words("as the framework defines it", "由框架定义"),
    "absent": Words("Not in this table: {units}.", "本表未包含：{units}。"),
    "kind_province": Words("province", "省级"),
    "kind_economy": Words("economy", "国家（地区）"),
    "kind_aggregate": Words("total or group, never scored", "汇总或组别，不评分"),
    "registry": Words("registry", "名录"),
    "names": Words("names", "名称"),
    "id": Words("id", "标识"),
    "codes": Words("codes", "代码"),
    "groups": Words("groups", "所属组别"),
    "spellings": Words("also written", "其他写法"),
    "short": Words("short forms", "简写"),
    "label": Words("label", "名称方案"),
    "no_label": Words("none in {set}: the source's is kept", "{set} 未收录，沿用来源名称"),
    "strangers": Words(
        "ids that the registry does not know (they serve with --units any): {ids}",
        "名录中没有的标识（配合 --units any 使用）：{ids}",
    ),
}


def say(key: str, lang: Lang, **fields: object) -> str:
    """A sentence on units in ``lang``.

    >>> say("in_group", "zh")
    '组内排名'
    """
    return UNITS[key].say(lang, **fields)
