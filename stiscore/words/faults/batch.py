"""Faults of a plan and of `run`: F191 to F196 in the plan, U200 to U204 around its outputs."""

from __future__ import annotations

from stiscore.words import Words
from stiscore.words.faults.saying import ERROR, NOTE, WARNING, Saying

_KEYS = Words("docs/run.md lists the keys of a plan.", "docs/run.md 列有计划文件的全部键。")
# Why a manifest is not the one of the plan that runs: the end of U202.
WHY: dict[str, Words] = {
    "form": Words("it is no manifest of stiscore", "它不是 stiscore 的清单文件"),
    "plan": Words("it is of the plan '{plan}'", "它属于计划“{plan}”"),
}
# Of what a name is given twice, in F195.
KINDS: dict[str, Words] = {
    "file": Words("file", "文件"),
    "framework": Words("framework", "框架"),
    "method": Words("method", "方法"),
    "output": Words("output", "输出"),
}

SAYINGS: dict[str, Saying] = {
    "F191": Saying(
        ERROR,
        Words("Unknown key in a plan", "计划文件中有未知的键"),
        Words("unknown key '{key}' in {where}{hint}", "{where}中有未知的键“{key}”{hint}"),
        _KEYS,
    ),
    "F192": Saying(
        ERROR,
        Words("Missing key in a plan", "计划文件缺少必需的键"),
        Words("{where} lacks the key '{key}'", "{where}缺少键“{key}”"),
        _KEYS,
    ),
    "F193": Saying(
        ERROR,
        Words("Wrong value in a plan", "计划文件中的取值不符合要求"),
        Words("{where} is {given}; wanted is {wanted}", "{where}为{given}；应为{wanted}"),
        _KEYS,
    ),
    "F194": Saying(
        ERROR,
        Words("Not an option of this command", "该命令没有此选项"),
        Words(
            "{command} takes no '{key}'; it takes: {takes}",
            "命令{command}没有“{key}”选项；可用：{takes}",
        ),
        Words(
            "Remove the key, or choose the command it belongs to.", "请删除该键，或改用相应的命令。"
        ),
    ),
    "F195": Saying(
        ERROR,
        Words("Name given twice", "名称重复"),
        Words(
            "{kind} '{name}': this name is taken already (by: {first})",
            "{kind}“{name}”：此名称已被占用（{first}）",
        ),
        Words(
            "Outputs are named after file, framework, method and command: give one of the two another `name` or id.",
            "输出按文件、框架、方法和命令命名：请为其中之一另设name或id。",
        ),
    ),
    "F196": Saying(
        WARNING,
        Words("Pattern that matches no file", "没有匹配的文件"),
        Words("'{pattern}' matches no file", "“{pattern}”没有匹配任何文件"),
        Words(
            "Patterns start from the folder of the plan; outputs of the plan itself are never matched.",
            "匹配从计划文件所在文件夹开始；计划自身的输出不参与匹配。",
        ),
    ),
    "U200": Saying(
        ERROR,
        Words("Another file in the way", "输出位置已有其他文件"),
        Words(
            "{file} was not made by this plan, or was changed since",
            "{file}不是由本计划生成的，或此后已被修改",
        ),
        Words(
            "Move it away, choose another folder with -o, or replace it with --force.",
            "请移走该文件，用 -o 另选文件夹，或用 --force 覆盖。",
        ),
    ),
    "U201": Saying(
        ERROR,
        Words("No output folder", "未指定输出文件夹"),
        Words("the plan names no folder for its outputs", "计划文件未指定输出文件夹"),
        Words(
            "Add `into: FOLDER` to the plan, or give -o FOLDER.",
            "请在计划文件中加入into，或使用 -o。",
        ),
    ),
    "U202": Saying(
        ERROR,
        Words("Another manifest in the folder", "文件夹中已有其他清单"),
        Words("{file} is not of this plan: {why}", "{file}不属于本计划：{why}"),
        Words(
            "Choose another folder with -o; --force begins a new manifest.",
            "请用 -o 另选文件夹；使用 --force 将重新建立清单。",
        ),
    ),
    "U203": Saying(
        ERROR,
        Words("Changed while it was read", "读取期间文件有变动"),
        Words("{file} was changed while the plan ran", "{file}在计划运行期间被修改"),
        Words("Run the plan again.", "请重新运行计划。"),
    ),
    "U204": Saying(
        NOTE,
        Words("Left from an earlier run", "以往运行的遗留文件"),
        Words(
            "{count} files of earlier runs are made by the plan no more: {files}",
            "有{count}个以往生成的文件已不在计划之内：{files}",
        ),
        Words("--prune removes them.", "可用 --prune 删除。"),
    ),
}
