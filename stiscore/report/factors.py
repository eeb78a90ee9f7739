"""The factors that variants are made of, said in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from stiscore.framework import uncertainty as declared
from stiscore.framework.model import Name
from stiscore.report.phrases import words
from stiscore.words import Words
from stiscore.words.report import STAGES
from stiscore.words.uncertainty import CALLED, FACTORS, PARTS

Names = Mapping[str, Name]


def described(
    factor: declared.Factor, names: Names, listed: Sequence[Any] = (), *, deep: bool = False
) -> Words:
    """One clause on what a factor varies.

    ``names``: of nodes by id. ``listed``: the options at work, where the table leaves some out.
    ``deep``: whether there are groups between areas and indicators.
    """
    return FACTORS[factor.kind].filled(**_FIELDS[type(factor)](factor, names, listed, deep=deep))


def either(parts: Iterable[Words]) -> Words:
    """Alternatives in one clause.

    >>> either([Words("a", "甲"), Words("b", "乙")]).en
    'a or b'
    """
    held = list(parts)
    return Words(*(PARTS["or"][side].join(part[side] for part in held) for side in (0, 1)))


def alternatives(options: Sequence[declared.Settings]) -> Words:
    """Methods as alternatives; a key that all set alone is said once.

    >>> alternatives([("aggregate.level2=arithmetic",), ("aggregate.level2=geometric",)]).en
    'aggregate, level 2: arithmetic or geometric'
    """
    keys = {option[0].partition("=")[0] for option in options if option}
    if len(keys) == 1 and all(len(option) < 2 for option in options):
        key = _key(keys.pop())
        values = either(
            _called(option[0].partition("=")[2]) if option else PARTS["own_methods"]
            for option in options
        )
        return PARTS["one"].filled(key=key, values=values)
    return either(settings(option) for option in options)


def _key(text: str) -> Words:
    """What is set, its stage in words."""
    stage, _, rest = text.partition(".")
    named_ = STAGES.get(stage, _same(stage))
    if not rest:
        return named_
    step = rest.removeprefix("level")
    inner = PARTS["step"].filled(n=step) if step.isdigit() else _called(rest)
    return Words(f"{named_.en}, {inner.en}", f"{named_.zh}（{inner.zh}）")


def _called(text: str) -> Words:
    return CALLED.get(text, _same(text))


def settings(option: declared.Settings) -> Words:
    """One alternative; none: the framework's own."""
    return _same(", ".join(option)) if option else PARTS["own_methods"]


def _same(text: str) -> Words:
    return Words(text, text)


def named(id_: str, names: Names) -> Words:
    """What a node is called; an id without a name is said as it is."""
    return words(names[id_]) if id_ in names else _same(id_)


def _each(ids: Iterable[str], names: Names) -> Words:
    held = [named(i, names) for i in ids]
    return Words(", ".join(n.en for n in held), "、".join(n.zh for n in held))


def _of(of: str, names: Names, *, deep: bool) -> Words:
    if of in {"areas", "below"}:
        return PARTS["below_deep" if of == "below" and deep else of]
    if of in names:
        return PARTS["group"].filled(group=named(of, names))
    return PARTS["level"].filled(level=of.removeprefix("level"))


def _weights(
    factor: declared.Weights, names: Names, listed: Sequence[Any], *, deep: bool
) -> dict[str, object]:
    del listed
    return {"of": _of(factor.of, names, deep=deep), "spread": factor.spread}


def _dirichlet(
    factor: declared.DirichletWeights, names: Names, listed: Sequence[Any], *, deep: bool
) -> dict[str, object]:
    del listed
    return {"of": _of(factor.of, names, deep=deep), "concentration": factor.concentration}


def _sets(
    factor: declared.WeightSets, names: Names, listed: Sequence[Any], *, deep: bool
) -> dict[str, object]:
    del names, listed, deep
    sets = [_same(name) for name in (*factor.presets, *factor.sets)]
    return {"names": either((PARTS["own_weights"], *sets))}


def _methods(
    factor: declared.Methods, names: Names, listed: Sequence[Any], *, deep: bool
) -> dict[str, object]:
    del names, deep
    return {"names": alternatives(listed or factor.alternatives)}


def _missing(
    factor: declared.MissingAreas, names: Names, listed: Sequence[Any], *, deep: bool
) -> dict[str, object]:
    del names, listed, deep
    return {"names": either(PARTS[rule] for rule in dict.fromkeys(("own-mean", *factor.rules)))}


def _left_out(
    factor: declared.LeaveOut, names: Names, listed: Sequence[Any], *, deep: bool
) -> dict[str, object]:
    del listed, deep
    if isinstance(factor.nodes, str):
        what = PARTS["one_area" if factor.nodes == "areas" else "one_indicator"]
    else:
        what = PARTS["one_of"].filled(names=_each(factor.nodes, names))
    return {"names": what, "share": 1.0 - factor.whole}


def _directions(
    factor: declared.Directions, names: Names, listed: Sequence[Any], *, deep: bool
) -> dict[str, object]:
    del listed, deep
    return {"names": _each(factor.indicators, names)}


def _errors(
    factor: declared.DataError, names: Names, listed: Sequence[Any], *, deep: bool
) -> dict[str, object]:
    del deep
    told = listed or tuple(factor.errors)
    return {"names": _each(told, names) if told else PARTS["no_error"]}


_FIELDS: dict[type[declared.Varying], Callable[..., dict[str, object]]] = {
    declared.Weights: _weights,
    declared.DirichletWeights: _dirichlet,
    declared.WeightSets: _sets,
    declared.Methods: _methods,
    declared.MissingAreas: _missing,
    declared.LeaveOut: _left_out,
    declared.Directions: _directions,
    declared.DataError: _errors,
}
