"""The reviewer: rules that find item-writing flaws in questions, and faults of whole banks and exams.

``quizforge.lint`` is this package and a function at once: ``from quizforge import lint`` gives the package as soon as
any of its modules is imported, so the package can be called, and does what :func:`quizforge.lint.run.lint` does
(https://docs.python.org/3/reference/datamodel.html#customizing-module-attribute-access).
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any


class _Function(ModuleType):
    def __call__(self, *arguments: Any, **settings: Any) -> Any:  # noqa: ANN401  # those of the function
        from quizforge.lint.run import lint

        return lint(*arguments, **settings)


sys.modules[__name__].__class__ = _Function
