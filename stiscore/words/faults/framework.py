"""F1xx: a framework file with faults: YAML, keys and values, references, scales, names, links."""

from __future__ import annotations

from stiscore.words import Words
from stiscore.words.faults.saying import ERROR, WARNING, Saying

_SAFE = Words(
    "Write the value out in full; frameworks use plain YAML without `&`, `*`, `!` and `<<`.",
    "请直接写出完整内容；框架文件只使用普通YAML，不使用“&”“*”“!”“<<”。",
)
_SCHEMA = Words(
    "`stiscore framework schema` prints all keys with what they mean.",
    "stiscore framework schema 可输出全部键及其含义。",
)

SAYINGS: dict[str, Saying] = {
    "F101": Saying(
        ERROR,
        Words("Not valid YAML", "YAML语法错误"),
        Words("this is not valid YAML: {why}", "YAML语法错误：{why}"),
        Words(
            "Look at the marked place and the line above: indentation, a missing colon or quote.",
            "请检查所标位置及其上一行：缩进是否正确，是否缺少冒号或引号。",
        ),
    ),
    "F102": Saying(
        ERROR,
        Words("YAML feature not allowed", "不允许使用的YAML语法"),
        Words(
            "'{what}': aliases, anchors, tags and merge keys are not allowed in a framework",
            "“{what}”：框架文件不允许使用别名、锚点、标签和合并键",
        ),
        _SAFE,
    ),
    "F103": Saying(
        ERROR,
        Words("Key given twice", "键重复"),
        Words("key '{key}' stands on line {line} already", "键“{key}”已在第{line}行出现"),
        Words("Keep one of the two.", "请保留其中一个。"),
    ),
    "F104": Saying(
        ERROR,
        Words("Unknown key", "未知的键"),
        Words("unknown key '{key}' in {where}{hint}", "{where}中有未知的键“{key}”{hint}"),
        _SCHEMA,
    ),
    "F105": Saying(
        ERROR,
        Words("Missing key", "缺少必需的键"),
        Words("{where} lacks the key '{key}'", "{where}缺少键“{key}”"),
        _SCHEMA,
    ),
    "F106": Saying(
        ERROR,
        Words("Wrong value", "取值不符合要求"),
        Words("{where} is {given}; wanted is {wanted}", "{where}为{given}；应为{wanted}"),
        _SCHEMA,
    ),
    "F107": Saying(
        ERROR,
        Words("Framework file too large", "框架文件过大"),
        Words(
            "the file holds {size:,} bytes; a framework has at most {limit:,}",
            "文件大小为{size:,}字节；框架文件不得超过{limit:,}字节",
        ),
        Words("Check that this is the framework and not data.", "请确认所给文件是框架而不是数据。"),
    ),
    "F108": Saying(
        ERROR,
        Words("Nested too deep", "嵌套过深"),
        Words("more than {limit} levels of nesting", "嵌套超过{limit}层"),
        Words("Flatten the tree of groups.", "请减少分组层次。"),
    ),
    "F109": Saying(
        ERROR,
        Words("Not UTF-8", "文件不是UTF-8编码"),
        Words("byte {byte} of the file is not UTF-8", "文件第{byte}个字节不是UTF-8编码"),
        Words("Save the file as UTF-8 in your editor.", "请在编辑器中将文件另存为UTF-8编码。"),
    ),
    "F110": Saying(
        ERROR,
        Words("Not a usable number", "无法使用的数值"),
        Words("{value} is not a number that can be scored with", "{value}不是可用于计算的数值"),
        Words(
            "Give a finite number of ordinary length; `null` means no limit.",
            "请填写长度正常的有限数值；null表示不设限。",
        ),
    ),
    "F111": Saying(
        ERROR,
        Words("Id used twice", "代码重复"),
        Words("id '{id}' is taken already (by: {first})", "代码“{id}”已被占用（{first}）"),
        Words(
            "Indicators, groups, gaps, issues, barriers, measures, quantities, peer groups share "
            "one set of ids, factors have another: rename one.",
            "指标、分组、差距、问题、障碍、举措、原始量和对比组共用一套代码，变动因素另用一套，请改名。",
        ),
    ),
    "F112": Saying(
        ERROR,
        Words("Unknown reference", "引用的代码不存在"),
        Words("there is no {kind} '{id}'{hint}", "不存在{kind}“{id}”{hint}"),
        Words("Correct the id, or add what it names.", "请更正代码，或补充所引用的内容。"),
    ),
    "F113": Saying(
        ERROR,
        Words("Goalposts equal or reversed", "标杆值相等或颠倒"),
        Words(
            "goalposts of {indicator} run from {low:g} to {high:g}; the first must be the lower",
            "{indicator}的标杆值为{low:g}至{high:g}；前者应小于后者",
        ),
        Words(
            "Give the lower value first, also for a cost: `direction: cost` reverses the score.",
            "请先写较小值，逆向指标亦然：direction: cost 会自动反向计分。",
        ),
    ),
    "F114": Saying(
        ERROR,
        Words("Range outside the bounds", "范围超出取值界限"),
        Words(
            "{what} {low:g} to {high:g} of {indicator} reach beyond its bounds {bounds}",
            "{indicator}的{what}为{low:g}至{high:g}，超出取值界限{bounds}",
        ),
        Words("Widen the bounds or narrow the range.", "请放宽取值界限或缩小范围。"),
    ),
    "F115": Saying(
        ERROR,
        Words("Range equal or reversed", "范围两端相等或颠倒"),
        Words(
            "{what} of {indicator} run from {low:g} to {high:g}; the first must be the lower",
            "{indicator}的{what}为{low:g}至{high:g}；前者应小于后者",
        ),
        Words("Give the lower value first.", "请先写较小值。"),
    ),
    "F116": Saying(
        ERROR,
        Words("No goalposts", "缺少标杆值"),
        Words(
            "{indicator} has no goalposts at level '{level}', and scores are made from goalposts",
            "{indicator}在层级“{level}”没有标杆值，而评分采用标杆值法",
        ),
        Words(
            "Give goalposts, or choose another normalisation such as min-max.",
            "请补充标杆值，或改用其他标准化方法（如min-max）。",
        ),
    ),
    "F117": Saying(
        ERROR,
        Words("One header, two meanings", "同一列名对应多项内容"),
        Words(
            "'{header}' names both {first} and {second} at level '{level}'",
            "在层级“{level}”中，“{header}”同时指{first}和{second}",
        ),
        Words(
            "Keep the name or alias with the one a column of that header holds.",
            "请仅在该列名实际所指的一项中保留此名称或别名。",
        ),
    ),
    "F118": Saying(
        ERROR,
        Words("Stand-in without the role", "替代指标未标明角色"),
        Words(
            "{indicator} has proxy_for but its role is {role}",
            "{indicator}设有proxy_for，但其role为{role}",
        ),
        Words(
            "Write `role: proxy`, or remove proxy_for.", "请写明 role: proxy，或删除 proxy_for。"
        ),
    ),
    "F119": Saying(
        ERROR,
        Words("More faults than listed", "另有错误未列出"),
        Words("{more} further faults are not listed", "另有{more}处错误未列出"),
        Words("Mend those listed first, then check again.", "请先修改已列出的错误，再重新检查。"),
    ),
    "F121": Saying(
        WARNING,
        Words("Weakened area without a tagged indicator", "受影响领域没有带标签的指标"),
        Words(
            "gap {gap} is said to weaken {area}, but no indicator there carries its tag",
            "差距{gap}被列为影响{area}，但该领域没有指标带有此标签",
        ),
        Words(
            "Tag an indicator, or give the reason under `untagged`.",
            "请为相应指标添加标签，或在untagged中说明理由。",
        ),
    ),
    "F122": Saying(
        WARNING,
        Words("Percentile goalposts without a source", "百分位标杆值未注明来源"),
        Words(
            "goalposts of {indicator} at level '{level}' are percentiles of an unnamed table",
            "{indicator}在层级“{level}”的标杆值取自百分位数，但未注明所用数据表",
        ),
        Words("Give basis_source and basis_year.", "请填写basis_source和basis_year。"),
    ),
    "F123": Saying(
        WARNING,
        Words("Goalposts wider than the plausible range", "标杆值宽于合理范围"),
        Words(
            "goalposts {goalposts} of {indicator} reach beyond its plausible range {plausible}",
            "{indicator}的标杆值{goalposts}超出其合理范围{plausible}",
        ),
        Words(
            "A full score would then be questioned as implausible: widen one or narrow the other.",
            "否则满分数值会被视为可疑：请放宽合理范围或收窄标杆值。",
        ),
    ),
    "F124": Saying(
        WARNING,
        Words("Gap that nothing measures", "没有指标测量的差距"),
        Words(
            "no scored indicator of level '{level}' has {gap} as its primary gap",
            "层级“{level}”中没有评分指标以{gap}为主要差距",
        ),
        Words(
            "The gap will always read 'not measured' there; tag an indicator if one fits.",
            "该差距在此层级将始终显示为“未测量”；如有合适指标请添加标签。",
        ),
    ),
    "F125": Saying(
        WARNING,
        Words("Indicator without a source", "指标未注明来源"),
        Words("{indicator} names no source", "{indicator}未注明数据来源"),
        Words("Say who publishes the figures.", "请注明数据发布机构或数据表。"),
    ),
    "F126": Saying(
        WARNING,
        Words("Figures in different measurements", "计量单位不一致"),
        Words(
            "{indicator} in % is derived from {units}, which differ",
            "以%计量的{indicator}由{units}计算，计量单位不一致",
        ),
        Words(
            "Give quantities of one ratio the same measured_in.",
            "请为同一比值的各原始量设定相同的measured_in。",
        ),
    ),
    "F127": Saying(
        WARNING,
        Words("Gap without a row in the gap map", "差距未列入对应表"),
        Words("gap {gap} has no row in gap_map", "差距{gap}在gap_map中没有对应条目"),
        Words(
            "Add the areas it weakens and the measures that answer it.",
            "请补充其影响的领域和对应的政策举措。",
        ),
    ),
    "F190": Saying(
        ERROR,
        Words("Not a saved frame", "不是已保存的标尺文件"),
        Words("this is not a saved frame: {why}", "该文件不是已保存的标尺：{why}"),
        Words(
            "Save one with `stiscore evaluate DATA --save-frame FILE`.",
            "请用 stiscore evaluate 的 --save-frame 选项保存标尺。",
        ),
    ),
}


def did_you_mean(near: str | None) -> Words:
    """The tail of a sentence that suggests a name; nothing when none is near."""
    if near is None:
        return Words("", "")
    bare = near.replace("{", "{{").replace("}", "}}")
    return Words(f"; did you mean '{bare}'?", f"；是否为“{bare}”？")


KINDS: dict[str, Words] = {
    "indicator": Words("indicator", "指标"),
    "group": Words("group", "分组"),
    "node": Words("group or indicator", "分组或指标"),
    "gap": Words("gap", "差距"),
    "issue": Words("issue", "问题"),
    "barrier": Words("barrier", "障碍"),
    "measure": Words("measure", "举措"),
    "quantity": Words("quantity", "原始量"),
    "peer_group": Words("peer group", "对比组"),
    "grouping": Words("grouping or peer group", "分组列或对比组"),
    "level": Words("level", "层级"),
    "step": Words("step of aggregation", "汇总层次"),
    "factor": Words("factor", "变动因素"),
    "preset": Words("weight preset", "权重方案"),
    "varied": Words(
        "group or step (areas, below, level1 ...)", "分组或层次（areas、below、level1等）"
    ),
    "question": Words("question of the coding sheet", "编码表问题"),
}
