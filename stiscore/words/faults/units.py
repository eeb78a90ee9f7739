"""U12x and C32x: labels, groups and units that are asked for and are not there."""

from __future__ import annotations

from stiscore.words import Words
from stiscore.words.faults.saying import ERROR, NOTE, Saying

_LABELS_HELP = Words(
    "Save it as CSV in UTF-8 with the head id,label_en,label_zh and one row a unit; `stiscore units -F csv` lists the ids.",
    "请存为UTF-8编码的CSV，表头为 id,label_en,label_zh，每个单位一行；可用 stiscore units -F csv 查看标识。",
)

SAYINGS: dict[str, Saying] = {
    "U120": Saying(
        ERROR,
        Words("Not a file of labels", "不是名称文件"),
        Words(
            "the first line must be id,label_en,label_zh, not '{given}'",
            "首行须为 id,label_en,label_zh，不能为“{given}”",
        ),
        _LABELS_HELP,
    ),
    "U121": Saying(
        ERROR,
        Words("Labelled twice", "名称重复"),
        Words("'{id}' has a label already", "“{id}”已有名称"),
        Words("Keep one of the rows.", "请只保留一行。"),
    ),
    "U122": Saying(
        ERROR,
        Words("Row is no label", "行内容不是名称"),
        Words(
            "'{row}' is not an id with a label in English, Chinese or both",
            "“{row}”不是“标识加英文或中文名称”",
        ),
        _LABELS_HELP,
    ),
    "U123": Saying(
        ERROR,
        Words("Unknown unit", "单位未知"),
        Words("'{given}' names no unit; {near}", "没有名为“{given}”的单位；{near}"),
        Words(
            "`stiscore units` lists all there are. A file with other units is scored with --units any.",
            "可用 stiscore units 查看全部单位；文件含其他单位时可加 --units any 评分。",
        ),
    ),
    "U124": Saying(
        ERROR,
        Words("Group of another level", "组别层级不符"),
        Words(
            "the units of '{name}' are of another level than this table's: {level}",
            "“{name}”的单位与本表层级不符：本表为{level}",
        ),
        Words(
            "`stiscore units --level national` and `--level regional` show the groups of each.",
            "可用 stiscore units --level national 或 --level regional 查看各层级的组别。",
        ),
    ),
    "U125": Saying(
        ERROR,
        Words("Nothing of the group", "组别无数据"),
        Words(
            "none of the units of '{name}' is among those shown",
            "所列单位中没有“{name}”的单位",
        ),
        Words(
            "Leave out --group, or check which units the file has with `stiscore inspect`.",
            "请去掉 --group，或用 stiscore inspect 查看文件包含的单位。",
        ),
    ),
    "C320": Saying(
        NOTE,
        Words("No label in the set", "名称方案未收录"),
        Words(
            "the labels {set} have none for {units}; the source's stand",
            "名称方案 {set} 未收录：{units}；沿用来源名称",
        ),
        Words(
            "Name them in a file of your own (--labels FILE.csv), or add them to it.",
            "可在自备的名称文件（--labels FILE.csv）中补充这些名称。",
        ),
    ),
    "C321": Saying(
        NOTE,
        Words("Group not complete", "组别不完整"),
        Words(
            "{n} of the {of} units of {name} are in the table; not in it: {absent}",
            "{name}的{of}个单位中{n}个在表中；缺：{absent}",
        ),
        Words(
            "Ranks within the group are among those in the table.",
            "组内排名仅限于表中的单位。",
        ),
    ),
}
NEAR = Words("near it: {units}", "相近的有：{units}")
NONE_NEAR = Words("nothing there is like it", "没有相近的名称")
