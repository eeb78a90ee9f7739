"""What the published schemas are of: by name the command that writes it, and what it holds."""

from __future__ import annotations

from typing import NamedTuple

from stiscore.words import Words


class Written(NamedTuple):
    """What writes an output, as it is typed after ``stiscore``, and what the output holds."""

    by: str
    holds: Words


SCHEMAS: dict[str, Written] = {
    "audit": Written("audit", Words("statistical coherence, a table a question", "统计一致性检验，每项一表")),
    "compare": Written("compare", Words("units side by side, table by table", "各单位逐表对比")),
    "diff": Written("diff", Words("who moved and why", "得分与位次变动及其来源")),
    "explanation": Written("explain", Words("a unit's score down to the cells", "单个单位得分的逐级来源")),
    "findings": Written("validate", Words("findings; of any command that they stop", "检查结果；其他命令因错误中止时亦同")),
    "frame": Written("evaluate --save-frame", Words("a saved scale", "保存的标尺")),
    "framework": Written("framework show", Words("the framework, defaults filled in", "框架全文，含默认值")),
    "gaps": Written("gaps", Words("gaps, what is behind and goes with them", "差距、相关指标与对应举措")),
    "inspection": Written("inspect", Words("what the reader sees in a file", "文件识别结果")),
    "manifest": Written("run", Words("what a batch wrote, with hashes", "批处理产出清单及校验值")),
    "methods": Written("methods", Words("a bare list of methods", "方法列表")),
    "preset": Written("weights --save", Words("a saved set of weights (YAML)", "保存的权重方案（YAML）")),
    "robustness": Written("robustness", Words("how ranks depend on choices of method", "位次对方法选择的依赖")),
    "rules": Written("rules", Words("a bare list of the findings there are", "检查代码列表")),
    "scorecard": Written("evaluate", Words("scores, ranks and gaps of every unit", "各单位得分、位次与差距")),
    "target": Written("target", Words("the least change that reaches a goal", "达到目标所需的最小改变")),
    "trends": Written("trends", Words("one node over the years", "单个节点的历年变化")),
    "units": Written("units", Words("the registry of units", "单位名录")),
    "weights": Written("weights", Words("what every node weighs", "各节点权重")),
    "whatif": Written("whatif", Words("a unit rescored under changes", "调整数值后重新计分")),
}  # fmt: skip
LABELS: dict[str, Words] = {
    "name": Words("Name", "名称"),
    "by": Words("Written by", "产生命令"),
    "holds": Words("Holds", "内容"),
    "one": Words(
        '`stiscore schema NAME` prints one: JSON Schema, draft 2020-12, complete in itself. An output names its schema under "schema"; the two bare lists carry no name.',
        'stiscore schema NAME 输出单个模式（JSON Schema 2020-12，自成一体）。各输出在 "schema" 键下注明其模式；两种列表型输出不带模式名。',
    ),
}
