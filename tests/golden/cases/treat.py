"""Treatment of the ASEM indicators with COINr's settings, and of single columns."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np

from stiscore.methods.maps import ColumnSpec, apply_maps
from stiscore.methods.moments import moments
from stiscore.methods.treat import Treated, Winsorise
from stiscore.methods.treat_maps import transform
from tests.golden.cases.folder import Folder, number

BEFORE = "coinr/asem_04_screened_used.csv"
VECTORS = "coinr/unit_vectors.csv"
NOT_TREATED = ("Flights", "Bord")
SETTINGS = {
    "default": Winsorise(),
    "winmax3": Winsorise(winmax=3),
    "winmax1": Winsorise(winmax=1),
    "winmax1_logCTplus": Winsorise(winmax=1, then="log-plus"),
    "winmax1_logCTorig": Winsorise(winmax=1, then="log-orig"),
    "winmax1_boxcox03": Winsorise(winmax=1, then="box-cox", lam=0.3),
    "winmax1_combine": Winsorise(winmax=1, combine=True),
    "strict": Winsorise(skew=1.0, kurtosis=1.0),
    "indiv_none": Winsorise(),
}
_VERDICTS = {"TRUE": "1", "FALSE": "0"}
# Nothing passes: the steps are taken until the points are used up.
FORCED = Winsorise(winmax=3, skew=0.0, kurtosis=-1e9, then="none")
Pairs = Iterator[tuple[str, np.ndarray, np.ndarray]]


def spec(code: str) -> ColumnSpec:
    return ColumnSpec(code, benefit=True, curve="linear", goalposts=None)


def fitted(method: Winsorise, values: np.ndarray) -> tuple[Treated, ...]:
    return method.fit(values, [spec(str(j)) for j in range(values.shape[1])])


def only_points(method: Winsorise) -> Winsorise:
    """The same without what comes after winsorising."""
    return method.model_copy(update={"then": "none"})


def treated_data(name: str, folder: Folder) -> Pairs:
    file, codes = f"coinr/asem_05_treat_{name}.csv", folder.indicators
    values = folder.matrix(BEFORE, codes)
    ours = apply_maps(values, fitted(SETTINGS[name], values))
    if name == "indiv_none":
        kept = [codes.index(code) for code in NOT_TREATED]
        ours[:, kept] = values[:, kept]
    theirs = folder.matrix(file, codes)
    for place, code in enumerate(codes):
        yield code, ours[:, place], theirs[:, place]


def details(name: str, folder: Folder) -> Pairs:
    """Points, verdict and shape before, after winsorising, and after the transform."""
    file = f"coinr/asem_05_treat_{name}_details.csv"
    codes = folder.texts(file, "iCode")
    values = folder.matrix(BEFORE, codes)
    whole = fitted(SETTINGS[name], values)
    points = fitted(only_points(SETTINGS[name]), values)
    failed = np.array([bool(told.winsorised) for told in points])
    further = failed & [not told.passes for told in points]
    moved = _where(failed, [told.winsorised for told in points])
    yield "nwin", moved, folder.column(file, "winsorise.nwin")
    begun = [
        (not bad, told.skew[0], told.kurtosis[0]) for bad, told in zip(failed, points, strict=True)
    ]
    yield from _checked(folder, f"{file}|0", np.full(len(codes), True), begun)
    yield from _checked(folder, f"{file}|1", failed, [_last(told) for told in points])
    # Where no column needed the transform, the file has no columns for it.
    if further.any():
        yield from _checked(folder, f"{file}|2", further, [_last(told) for told in whole])


def _last(told: Treated) -> tuple[bool, float | None, float | None]:
    return told.passes, told.skew[-1], told.kurtosis[-1]


def _checked(folder: Folder, at: str, some: np.ndarray, ours: list[tuple[object, ...]]) -> Pairs:
    """One check of a details file: verdict, skewness and kurtosis of the columns it was made of."""
    file, stage = at.split("|")
    for figure, held in zip(("Pass", "Skew", "Kurt"), zip(*ours, strict=True), strict=True):
        column = f"check_SkewKurt{stage}.{figure}"
        stated = [_VERDICTS.get(text, text) for text in folder.texts(file, column)]
        yield column, _where(some, held), np.array([number(text) for text in stated])


def _where(some: np.ndarray, figures: object) -> np.ndarray:
    return np.where(some, np.array(figures, dtype=float), np.nan)


def points(name: str, folder: Folder) -> Pairs:
    """Which cells were moved down, moved up, and transformed."""
    file = f"coinr/asem_05_treat_{name}_points.csv"
    codes = [code for code in folder.indicators if code in folder.rows(file)[0]]
    values = folder.matrix(BEFORE, codes)
    marks = np.array([folder.texts(file, code) for code in codes]).T
    moved = apply_maps(values, fitted(only_points(SETTINGS[name]), values))
    for mark, ours in (("winhi", moved < values), ("winlo", moved > values)):
        yield mark, ours.astype(float), np.char.startswith(marks, mark).astype(float)
    # COINr marks no cell as transformed by Box and Cox.
    if SETTINGS[name].then != "box-cox":
        whole = fitted(SETTINGS[name], values)
        bent = [any(step.kind != "clip" for step in told.steps) for told in whole]
        ours = ~np.isnan(values) & np.array(bent)
        yield "transformed", ours.astype(float), (np.char.find(marks, "+") >= 0).astype(float)


def vectors(folder: Folder) -> Pairs:
    """The rows of the made-up vectors that treat; log_GII is a defect of COINr's and left out."""
    held: dict[tuple[str, str], list[float]] = {}
    for row in folder.rows(VECTORS):
        held.setdefault((row["vector"], row["func"]), []).append(number(row["value"]))
    for (vector, function), wanted in held.items():
        column, theirs = np.array(held[vector, "input"]), np.array(wanted)
        # Constant columns stay as they are in ours, and no step may leave one.
        level = len(set(theirs[~np.isnan(column)])) == 1
        if function in _VECTORS and not level:
            yield f"{vector} {function}", _VECTORS[function](column), theirs


def _treated(method: Winsorise, column: np.ndarray) -> np.ndarray:
    return fitted(method, column[:, None])[0].apply(column)


def _transformed(kind: str, lam: float | None, column: np.ndarray) -> np.ndarray:
    skew = moments(column).skew.item()
    step = transform(kind, column[~np.isnan(column)], skew, lam)
    return step.apply(column)


_VECTORS = {
    "Treat_default": partial(_treated, Winsorise()),
    "winsorise1": partial(_treated, Winsorise(winmax=1, then="none")),
    "winsorise5": partial(_treated, Winsorise(then="none")),
    "winsorise3_force": partial(_treated, FORCED),
    "log_CT": partial(_transformed, "log", None),
    "log_CT_plus": partial(_transformed, "log-plus", None),
    "log_CT_orig": partial(_transformed, "log-orig", None),
    "boxcox_0": partial(_transformed, "box-cox", 0.0),
    "boxcox_05": partial(_transformed, "box-cox", 0.5),
}


def shapes(folder: Folder) -> Pairs:
    """Skewness, kurtosis and the verdict at 2 and 3.5."""
    file = "coinr/unit_vectors_skewkurt.csv"
    columns: dict[str, list[float]] = {}
    for row in folder.rows(VECTORS):
        if row["func"] == "input":
            columns.setdefault(row["vector"], []).append(number(row["value"]))
    names = folder.texts(file, "vector")
    told = [moments(np.array(columns[name])) for name in names]
    yield "n", np.array([t.n.item() for t in told]), folder.column(file, "n")
    yield "skew", np.array([t.skew.item() for t in told]), folder.column(file, "skew")
    yield "kurt", np.array([t.kurtosis.item() for t in told]), folder.column(file, "kurt")
    stated = [text for text in folder.texts(file, "pass") if text]
    passes = [not Winsorise().failing(t).item() for t in told if not np.isnan(t.skew.item())]
    yield "pass", np.array(passes, dtype=float), np.array([float(s == "TRUE") for s in stated])


CASES = {
    f"coinr/asem_05_treat_{name}{part}.csv": partial(case, name)
    for name in SETTINGS
    for part, case in (("", treated_data), ("_details", details), ("_points", points))
} | {"coinr/unit_vectors_skewkurt.csv": shapes}
