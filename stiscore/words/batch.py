"""What `run` says: a plan's outputs, how far each is, and why."""

from __future__ import annotations

from stiscore.words import Lang, Words

BATCH: dict[str, Words] = {
    "title": Words("Plan {plan}, outputs: {n:,}", "计划{plan}：输出{n}项"),
    "title_check": Words(
        "Plan {plan}, outputs: {n:,} (--check: nothing was written)",
        "计划{plan}：输出{n}项（--check：未写入任何文件）",
    ),
    "interrupted": Words(
        "INTERRUPTED: what was finished is kept; run the plan again for the rest.",
        "运行中断：已完成的输出均已保留，重新运行计划即可补齐其余部分。",
    ),
    "outputs": Words("Outputs", "输出"),
    "file": Words("File", "文件"),
    "framework": Words("Framework", "框架"),
    "method": Words("Method", "方法"),
    "output": Words("Output", "输出"),
    "state": Words("State", "状态"),
    "why": Words("Why", "原因"),
    "failures": Words("What failed", "失败情况"),
    "failure": Words("{path}: {what}", "{path}：{what}"),
    "more": Words("{path}: {n:,} more findings", "{path}：另有{n}条"),
    "bug": Words(
        "a bug in stiscore ({bug}); the command alone, with --debug, shows where",
        "stiscore 程序错误（{bug}）；单独运行该命令并加 --debug 可定位",
    ),
    "found": Words("exit {code}", "退出码{code}"),
    "about_exit": Words(
        "exit {code}: the output is there, and its command ends with this code, for it has errors to tell.",
        "退出码{code}：输出已生成，但其命令以此代码结束，表示其中列有错误。",
    ),
    "pruned": Words("Removed: {files}.", "已删除：{files}。"),
    "notes": Words("Notes", "说明"),
    "footer": Words(
        "stiscore {version} | plan {plan} sha256 {sha} | hashes of all inputs and outputs: manifest.json",
        "stiscore {version} | 计划 {plan} sha256 {sha} | 全部输入与输出的哈希值见 manifest.json",
    ),
    "progress": Words("{done:,} of {of:,} outputs", "已完成{done}/{of}项输出"),
}

# How far an output is.
STATES: dict[str, Words] = {
    "done": Words("done", "已完成"),
    "unchanged": Words("unchanged", "无变化"),
    "failed": Words("failed", "失败"),
    "interrupted": Words("not done", "未完成"),
    "planned": Words("to do", "待完成"),
}
# How many outputs are so far.
COUNTS: dict[str, Words] = {
    "done": Words("{n:,} done", "已完成{n}项"),
    "unchanged": Words("{n:,} unchanged", "无变化{n}项"),
    "failed": Words("{n:,} failed", "失败{n}项"),
    "interrupted": Words("{n:,} not done", "未完成{n}项"),
    "planned": Words("{n:,} to do", "待完成{n}项"),
}


def said(key: str, lang: Lang, **fields: object) -> str:
    """A label or sentence of the page in ``lang``.

    >>> said("title", "en", plan="plan.yaml", n=3)
    'Plan plan.yaml, outputs: 3'
    """
    return BATCH[key].say(lang, **fields)
