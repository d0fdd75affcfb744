"""Item models: questions with variables, from which variants are made."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field, StringConstraints, WithJsonSchema

from quizforge.model.fields import Entry, Id, Tolerance, ToleranceField, Whole

MAX_VARIANTS = 1000
ID_ROOM = 89
"""Characters of a model's id: a variant's has ``.v-`` and eight digits more, and an id has at most 100."""

_SCALAR = {"type": ["string", "number", "boolean"]}
_NAME = "^[a-z][a-z0-9_]*$"
_VARIABLE = {
    "anyOf": [
        {"type": "array", "minItems": 1, "items": _SCALAR},
        {
            "type": "array",
            "minItems": 1,
            "items": {"type": "object", "propertyNames": {"pattern": _NAME}, "additionalProperties": _SCALAR},
        },
        {
            "type": "object",
            "additionalProperties": False,
            "required": ["range"],
            "properties": {
                "range": {"type": "array", "minItems": 2, "maxItems": 2, "items": {"type": "number"}},
                "step": {"type": "number", "exclusiveMinimum": 0},
            },
        },
        {
            "type": "object",
            "additionalProperties": False,
            "required": ["table"],
            "properties": {"table": {"type": "string", "pattern": r"\.(csv|yaml)$"}},
        },
    ]
}
_NAMED = {"type": "object", "propertyNames": {"pattern": _NAME}}

Expression = Annotated[str, WithJsonSchema(_SCALAR)]
Variables = Annotated[dict[str, Any], WithJsonSchema({**_NAMED, "minProperties": 1, "additionalProperties": _VARIABLE})]
Computed = Annotated[dict[str, Expression], WithJsonSchema({**_NAMED, "additionalProperties": _SCALAR})]
_CODE = "^QF[2-9][0-9]{2}$"
LintCode = Annotated[str, StringConstraints(pattern=_CODE)]
Reason = Annotated[str, StringConstraints(pattern=r"^[^\r\n]*\w[^\r\n]*$", max_length=300)]
Allowed = Annotated[
    dict[LintCode, Reason],
    WithJsonSchema({"type": "object", "propertyNames": {"pattern": _CODE}, "additionalProperties": {"type": "string"}}),
]
VariantHash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{8}$")]


class ItemModel(Entry):
    """A question whose texts and numbers depend on variables.

    Attributes:
        question: The other keys of the entry, those of a question of its type, as they stand in the file.
    """

    id: Annotated[Id, StringConstraints(max_length=ID_ROOM)]
    vars: Variables
    where: tuple[Expression, ...] = ()
    compute: Computed = Field(default_factory=dict)
    note: Annotated[str, StringConstraints(pattern=r"\S")]
    count: Annotated[Whole, Field(ge=1, le=MAX_VARIANTS)] | None = None
    reject: tuple[VariantHash, ...] = ()
    apart: ToleranceField = Tolerance(Decimal(1), percent=True)
    allow: Allowed = Field(default_factory=dict)
    formerly: tuple[Id, ...] = ()
    question: Annotated[dict[str, Any], WithJsonSchema({"type": "object"})] = Field(default_factory=dict)

    @property
    def family(self) -> str:
        """The family of its variants."""
        family = self.question.get("family")
        return family if isinstance(family, str) else self.id


OWN_KEYS = tuple(name for name in ItemModel.model_fields if name != "question")
"""Keys of an entry of ``item_models`` that are not those of a question; ``id`` and ``formerly`` are both."""
