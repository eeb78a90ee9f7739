"""R15x: a file that cannot be written; what stood there is unchanged."""

from __future__ import annotations

from stiscore.words import Words
from stiscore.words.faults.saying import ERROR, Saying

_ELSEWHERE = Words(
    "Choose another place for the output, or free this one.",
    "请改用其他输出位置，或先处理该位置的问题。",
)

WRITING: dict[str, Saying] = {
    "R150": Saying(
        ERROR,
        Words("No such folder", "文件夹不存在"),
        Words("the folder of the output does not exist", "输出文件所在的文件夹不存在"),
        Words("Create the folder, or correct the path.", "请先创建文件夹，或更正路径。"),
    ),
    "R151": Saying(
        ERROR,
        Words("Output exists", "输出文件已存在"),
        Words("there is already a file of this name", "已有同名文件"),
        Words(
            "Add --force to replace it, or choose another name.",
            "请加上 --force 覆盖，或改用其他文件名。",
        ),
    ),
    "R152": Saying(
        ERROR,
        Words("Output is an input", "输出文件即输入文件"),
        Words("this file is being read", "该文件正作为输入使用"),
        Words("Choose another name for the output.", "请为输出改用其他文件名。"),
    ),
    "R153": Saying(
        ERROR,
        Words("Output is a link", "输出位置是链接"),
        Words(
            "the output is a symbolic link, which is not followed",
            "输出位置是符号链接，程序不会跟随链接写入",
        ),
        Words("Give the path the link points to.", "请直接给出链接所指的路径。"),
    ),
    "R154": Saying(
        ERROR,
        Words("Output is not a regular file", "输出位置不是普通文件"),
        Words("the output is a folder, a pipe or a device", "输出位置是文件夹、管道或设备"),
        Words(
            "Give the name of a file, or - for standard output.",
            "请给出文件名，或用 - 表示标准输出。",
        ),
    ),
    "R155": Saying(
        ERROR,
        Words("Disk full", "磁盘空间不足"),
        Words(
            "there is no room left to write the file; what stood there is unchanged",
            "磁盘空间不足，无法写入；原有文件未改动",
        ),
        _ELSEWHERE,
    ),
    "R156": Saying(
        ERROR,
        Words("Not allowed to write", "没有写入权限"),
        Words("the folder or the file may not be written", "文件夹或文件不允许写入"),
        _ELSEWHERE,
    ),
    "R157": Saying(
        ERROR,
        Words("File in use", "文件被占用"),
        Words(
            "the file is open in another program, such as Excel",
            "该文件已在其他程序（如 Excel）中打开",
        ),
        Words("Close it there and try again.", "请先在该程序中关闭文件，然后重试。"),
    ),
    "R158": Saying(
        ERROR,
        Words("Cannot write", "无法写入"),
        Words("the system refuses to write the file ({reason})", "系统拒绝写入该文件（{reason}）"),
        _ELSEWHERE,
    ),
}
