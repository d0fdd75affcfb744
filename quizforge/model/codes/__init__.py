"""The table of diagnostic codes, one module per hundred.

QF0xx file and YAML (:mod:`.source`), 1xx structure (:mod:`.structure`), 2xx item-writing flaws and
4xx whole bank (the rules in ``quizforge.lint``), 3xx text, maths, media and accessibility
(:mod:`.text`), 5xx fidelity of an export (:mod:`.fidelity`), 6xx assembly (:mod:`.assembly`),
640 to 669 of them item models (:mod:`.generation`), 670 to 699 paper (:mod:`.paper`).
"""

from __future__ import annotations

from functools import cache
from types import ModuleType

from quizforge.model.codes import assembly, fidelity, generation, lint, paper, source, structure, text
from quizforge.model.diagnostic import Code

_MODULES: tuple[ModuleType, ...] = (source, structure, text, lint, fidelity, assembly, paper, generation)


@cache
def all_codes() -> dict[str, Code]:
    """Every built-in code by its number, in ascending order."""
    found = [value for module in _MODULES for value in vars(module).values() if isinstance(value, Code)]
    return {code.code: code for code in sorted(found, key=lambda code: code.code)}
