"""The closed union of question types, and the names that YAML uses for them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import get_args

from quizforge.model.questions.base import BaseQuestion
from quizforge.model.questions.cloze import Cloze
from quizforge.model.questions.essay import Essay
from quizforge.model.questions.information import Information
from quizforge.model.questions.matching import Matching
from quizforge.model.questions.multiple_answer import MultipleAnswer
from quizforge.model.questions.numerical import Numerical
from quizforge.model.questions.ordering import Ordering
from quizforge.model.questions.short_answer import ShortAnswer
from quizforge.model.questions.single_choice import SingleChoice
from quizforge.model.questions.true_false import TrueFalse

Question = (
    SingleChoice
    | MultipleAnswer
    | TrueFalse
    | ShortAnswer
    | Numerical
    | Matching
    | Ordering
    | Cloze
    | Essay
    | Information
)


def type_name(cls: type[BaseQuestion]) -> str:
    """The name of a question type in YAML."""
    return str(get_args(cls.model_fields["type"].annotation)[0])


QUESTION_TYPES: Mapping[str, type[Question]] = MappingProxyType({type_name(cls): cls for cls in get_args(Question)})
"""Question types by their name in YAML, in the order of the documentation."""
