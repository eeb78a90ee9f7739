"""F128, F133, F134: factors of a framework's `uncertainty` that cannot be varied as they say."""

from __future__ import annotations

from stiscore.words import Words
from stiscore.words.faults.saying import ERROR, WARNING, Saying

# Why a setting is not understood: the end of F133, by the code the command line has for it.
NOT_UNDERSTOOD: dict[str, Words] = {
    "U101": Words("no {kind} '{given}'; {hint}", "没有{kind}“{given}”；{hint}"),
    "U103": Words("'{given}' is not {form}", "“{given}”的格式不是{form}"),
    "U104": Words(
        "{where} cannot be {value}; wanted is {wanted}", "{where}不能为{value}；应为{wanted}"
    ),
}

SAYINGS: dict[str, Saying] = {
    "F128": Saying(
        WARNING,
        Words("Weights drawn almost at will", "权重几近任意抽取"),
        Words(
            "factor {factor}: with a concentration of {concentration:g} over the {parts} parts of {parent}, a weight of {mean:.1%} is drawn with a standard deviation of {spread:.1%}",
            "变动因素{factor}：{parent}有{parts}个组成部分，集中度为{concentration:g}时，均值为{mean:.1%}的权重其抽取值的标准差为{spread:.1%}",
        ),
        Words(
            "Such variants say nothing of the framework's own weights: raise the concentration well above the number of parts, or use kind: weights.",
            "如此得到的测算方案不反映框架自身的权重：请将concentration设为远大于组成部分数的值，或改用 kind: weights。",
        ),
    ),
    "F133": Saying(
        ERROR,
        Words("Alternative not understood", "备选做法无法识别"),
        Words("factor {factor}: {why}", "变动因素{factor}：{why}"),
        Words(
            "Write each setting as `stage=method` or `stage.parameter=value`; `stiscore methods` lists what there is.",
            "请将每项设置写为“环节=方法”或“环节.参数=值”；可用 stiscore methods 查看。",
        ),
    ),
    "F134": Saying(
        ERROR,
        Words("Second factor of a kind", "同类变动因素重复"),
        Words(
            "factor {factor} is of kind {kind}, as {first} is already: one of them would vary nothing",
            "变动因素{factor}与{first}同为{kind}：其中之一将不起作用",
        ),
        Words("Join the two into one factor.", "请将二者合并为一个变动因素。"),
    ),
}
