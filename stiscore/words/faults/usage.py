"""U1xx: the command or call asks for what does not exist, or says it in a form nobody reads."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from stiscore.words import Words
from stiscore.words.faults.saying import ERROR, Saying

if TYPE_CHECKING:
    from collections.abc import Iterable

KINDS: dict[str, Words] = {
    "node": Words("node", "节点"),
    "place": Words("area, gap or indicator", "领域、差距或指标"),
    "part": Words("part of the framework", "框架内容"),
    "preset": Words("preset", "权重方案"),
    "stage": Words("stage", "环节"),
    "level": Words("level", "层级"),
    "step": Words("step of aggregation", "合成层次"),
    "sample": Words("sample", "样例"),
    "finding": Words("finding", "提示代码"),
    "unit": Words("unit", "单位"),
    "indicator": Words("indicator of this level", "本层级的指标"),
    "figure": Words("indicator of this level or raw quantity", "本层级的指标或原始量"),
    "gap": Words("gap", "差距"),
    "group": Words("peer group", "对比组"),
    "peers": Words("unit or peer group", "单位或对比组"),
    "total": Words("total of the file", "文件中的合计行"),
    "label_set": Words("set of labels", "名称方案"),
    "scale": Words("scale", "标尺"),
    "schema": Words("schema", "模式"),
    "followed": Words(
        "index, area, gap or indicator of this level", "本层级的指数、领域、差距或指标"
    ),
}
# The command that lists the names of a kind, where it is not ``framework show``.
LISTED_BY = {
    "stage": "methods",
    "finding": "rules",
    "unit": "inspect FILE",
    "total": "inspect FILE",
    "group": "units",
    "peers": "units",
    "label_set": "units --help",
    "sample": "sample --help",
    "scale": "inspect FILE",
    "schema": "schema",
}
# The forms of options, which stand in the message U103.
FORMS: dict[str, Words] = {
    "weights": Words("node=weight pairs", "“节点=权重”（多项以逗号分隔）"),
    "method": Words("stage=method or stage.parameter=value", "“环节=方法”或“环节.参数=值”"),
    "years": Words("FROM:TO with the earlier year first", "“起:止”，且较早年份在前"),
}
_MEANT = Words("did you mean '{near}'?", "是否指“{near}”？")
_THERE_ARE = Words("there are: {names}", "可选：{names}")
_NONE_NEAR = Words("nothing there is like it", "没有相近的名称")
# A longer list would bury the message.
_LISTED = 12

SAYINGS: dict[str, Saying] = {
    "U101": Saying(
        ERROR,
        Words("No such name", "名称不存在"),
        Words("no {kind} '{given}'; {hint}", "没有{kind}“{given}”；{hint}"),
        Words(
            "`stiscore {where}` lists what there is.",
            "可用 stiscore {where} 查看可用的名称。",
        ),
    ),
    "U102": Saying(
        ERROR,
        Words("Weight out of range", "权重超出范围"),
        Words(
            "the weight of {node} must be a number above 0 and up to a million, not {value:g}",
            "{node}的权重须大于0且不超过一百万，不能为{value:g}",
        ),
        Words(
            "To leave a node out, take it out of a copy of the framework.",
            "如需去除某一节点，请在框架副本中删除。",
        ),
    ),
    "U103": Saying(
        ERROR,
        Words("Option not understood", "选项格式有误"),
        Words("{option} takes {form}, not '{given}'", "{option} 的格式为{form}，不能为“{given}”"),
        Words("Write it as shown; `--help` says more.", "请按所示格式填写；详见 --help。"),
    ),
    "U104": Saying(
        ERROR,
        Words("Method setting refused", "方法设置无效"),
        Words(
            "--method {given}: {where} cannot be {value}; wanted is {wanted}",
            "--method {given}：{where}不能为{value}；应为{wanted}",
        ),
        Words(
            "`stiscore methods` lists the methods of each stage with their parameters.",
            "可用 stiscore methods 查看各环节的方法及参数。",
        ),
    ),
    "U105": Saying(
        ERROR,
        Words("Two framings", "标尺冲突"),
        Words(
            "--frame stands alone, without -f, --weights, --preset and --method",
            "--frame 不能与 -f、--weights、--preset 或 --method 同时使用",
        ),
        Words(
            "Leave those out: the saved frame brings its own framework, weights and methods.",
            "请去掉上述选项：已保存的标尺自带框架、权重和方法。",
        ),
    ),
    "U106": Saying(
        ERROR,
        Words("Not measured here", "文件未测量"),
        Words("'{node}' is not measured in this file", "文件未测量“{node}”"),
        Words(
            "`stiscore inspect FILE` shows which columns were recognised.",
            "可用 stiscore inspect 查看识别出的列。",
        ),
    ),
    "U107": Saying(
        ERROR,
        Words("Cannot open", "无法打开"),
        Words("{file} cannot be opened: {reason}", "无法打开{file}：{reason}"),
        Words("Check the name, the folder and the permissions.", "请检查文件名、文件夹和权限。"),
    ),
}


def hint(given: str, known: Iterable[str]) -> Words:
    """The nearest name, or the names there are when they are few.

    >>> hint("talnt", ["talent", "hubs"]).en
    "did you mean 'talent'?"
    """
    names = sorted(known)
    near = difflib.get_close_matches(given, names, 1)
    if near:
        return Words(*(side.format(near=near[0]) for side in _MEANT))
    return there_are(names) if len(names) <= _LISTED else _NONE_NEAR


def there_are(names: Iterable[str]) -> Words:
    """All the names there are, for kinds of which none is like another: years are not."""
    return Words(*(side.format(names=", ".join(sorted(names))) for side in _THERE_ARE))
