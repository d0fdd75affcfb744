"""The JSON Schemas of bank and quiz files, generated from the model, for editors."""

from __future__ import annotations

from typing import Any

from pydantic.json_schema import models_json_schema

from quizforge.model.bank import SECTIONS, Defaults, Header
from quizforge.model.fields import Entry
from quizforge.model.item_model import OWN_KEYS, ItemModel
from quizforge.model.question import QUESTION_TYPES
from quizforge.model.quiz_file import QuizFile
from quizforge.pages import field_help

_REF = "#/$defs/{model}"
_TEMPLATE = {"type": "string", "pattern": "<<|<%"}
_SHARING = frozenset({"Defaults", *(cls.__name__ for cls in QUESTION_TYPES.values())})
_DESCRIPTIONS = {
    "defaults": "A value for any common field of all questions in this bank.",
    "references": "Sources, cited by id with an optional locator: xiao-2025#4.2.",
    "misconceptions": "Wrong beliefs that distractors rest on.",
    "concepts": "What is to be learned, with prerequisites in 'before'.",
    "objectives": "What a learner can do afterwards.",
    "scenarios": "Cases that several questions share.",
    "questions": "The questions.",
    "flashcards": "Notes to drill.",
    "item_models": "Questions with variables; 'quizforge expand' makes variants of them.",
}


def bank_schema() -> dict[str, Any]:
    """A JSON Schema (draft 2020-12) for ``bank.yaml``, single-file banks and further files.

    A question's schema is chosen by its ``type``, so that an editor complains about the fields of
    that type and not about all types at once.
    """
    models: tuple[type[Entry], ...] = (
        Header,
        Defaults,
        *SECTIONS.values(),
        ItemModel,
        *QUESTION_TYPES.values(),
    )
    _, generated = models_json_schema([(model, "validation") for model in models], by_alias=True)
    definitions: dict[str, Any] = {name: _trimmed(body) for name, body in generated["$defs"].items()}
    header = definitions.pop("Header")
    definitions["Question"] = _question(definitions)
    # Written as a number or as a text, never as a mapping; not there where NumericalAnswer was built on its own before.
    definitions.pop("Tolerance", None)
    _describe(header, "Header")
    for name, body in definitions.items():
        _describe(body, name)
    definitions["ItemModel"] = _item_model(definitions)
    lists = {key: _list_of(model.__name__) for key, model in SECTIONS.items()} | {"questions": _list_of("Question")}
    lists["item_models"] = _list_of("ItemModel")
    properties = header["properties"] | {"defaults": {"$ref": _REF.format(model="Defaults")}} | lists
    properties["schema"] = {"enum": [1, "1"], "description": "Version of the bank format."}
    for key, text in _DESCRIPTIONS.items():
        properties[key] = {**properties[key], "description": text}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "QuizForge bank, format 1",
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
        "if": {"required": ["schema"]},
        "then": {"required": ["id", "title"]},
        "$defs": dict(sorted(definitions.items())),
    }


def quiz_schema() -> dict[str, Any]:
    """A JSON Schema (draft 2020-12) for quiz files."""
    _, generated = models_json_schema([(QuizFile, "validation")], by_alias=True)
    definitions: dict[str, Any] = {name: _trimmed(body) for name, body in generated["$defs"].items()}
    del definitions["Named"], definitions["Span"]  # written as texts and numbers, never as mappings
    for name, body in definitions.items():
        _describe(body, name)
    whole = definitions.pop("QuizFile")
    whole["properties"]["quiz"] = {"enum": [1, "1"], "description": whole["properties"]["quiz"]["description"]}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **whole,
        "title": "QuizForge quiz, format 1",
        "$defs": dict(sorted(definitions.items())),
    }


def _describe(body: dict[str, Any], name: str) -> None:
    """Give each property of a class the text that editors show for it."""
    meanings = field_help()
    shared = ("CommonFields", "BaseQuestion") if name in _SHARING else ("Filter",) if name == "Cell" else ()
    for group in (*shared, name):
        for key, text in meanings.get(group, {}).items():
            if key in body.get("properties", {}):
                body["properties"][key]["description"] = text


def _list_of(model: str) -> dict[str, Any]:
    return {"type": "array", "items": {"$ref": _REF.format(model=model)}}


def _question(definitions: dict[str, Any]) -> dict[str, Any]:
    branches = []
    for name, model in QUESTION_TYPES.items():
        definitions[model.__name__]["properties"]["type"] = {"const": name}
        when = {"properties": {"type": {"const": name}}, "required": ["type"]}
        branches.append({"if": when, "then": {"$ref": _REF.format(model=model.__name__)}})
    return {
        "type": "object",
        "required": ["id", "type", "stem"],
        "properties": {"type": {"enum": list(QUESTION_TYPES)}},
        "allOf": branches,
    }


def _item_model(definitions: dict[str, Any]) -> dict[str, Any]:
    """A question of any type whose values may be templates, with the keys of an item model.

    Each definition that a question reaches gets a twin in which a value may also be a text with ``<<`` or ``<%``.
    """
    own = definitions["ItemModel"]["properties"]
    own = {key: own[key] for key in OWN_KEYS}
    branches = []
    for name, model in QUESTION_TYPES.items():
        twin = _template_of(model.__name__, definitions)
        definitions[twin]["properties"] |= own
        definitions[twin].pop("required", None)
        when = {"properties": {"type": {"const": name}}, "required": ["type"]}
        branches.append({"if": when, "then": {"$ref": _REF.format(model=twin)}})
    return {
        "type": "object",
        "required": ["id", "type", "vars", "note", "stem"],
        "properties": {
            "type": {"enum": list(QUESTION_TYPES), "description": "Which of the ten question types."},
            **own,
        },
        "allOf": branches,
    }


def _template_of(name: str, definitions: dict[str, Any]) -> str:
    """The name of the twin of a definition, made where it is not there yet."""
    twin = f"{name}Template"
    if name in definitions and twin not in definitions:
        definitions[twin] = {}
        definitions[twin] = _templated(definitions[name], definitions)
    return twin if name in definitions else name


def _templated(body: Any, definitions: dict[str, Any]) -> Any:  # noqa: ANN401, PLR0911  # any JSON value; one case for each shape
    """A schema whose single values may also be templates."""
    if "$ref" in body:
        name = body["$ref"].rpartition("/")[2]
        return {**body, "$ref": _REF.format(model=_template_of(name, definitions))}
    if "properties" in body:
        below = {key: _templated(value, definitions) for key, value in body["properties"].items() if key != "type"}
        kind = {"type": body["properties"]["type"]} if "type" in body["properties"] else {}
        return {**body, "properties": kind | below}
    if "items" in body:
        return {**body, "items": _templated(body["items"], definitions)}
    if isinstance(body.get("additionalProperties"), dict):
        return {**body, "additionalProperties": _templated(body["additionalProperties"], definitions)}
    if "anyOf" in body:
        return {**body, "anyOf": [*(_templated(option, definitions) for option in body["anyOf"]), _TEMPLATE]}
    if "string" in body.get("type", ()) and "enum" not in body and body.get("pattern", r"\S") == r"\S":
        return body
    described = {key: value for key, value in body.items() if key in {"description", "default"}}
    return {**described, "anyOf": [{key: value for key, value in body.items() if key not in described}, _TEMPLATE]}


def _trimmed(body: Any) -> Any:  # noqa: ANN401  # any JSON value
    """Without the titles that pydantic makes from names, and without ``null``: an empty value is an error."""
    if isinstance(body, list):
        return [_trimmed(item) for item in body]
    if not isinstance(body, dict):
        return body
    trimmed = {key: _trimmed(value) for key, value in body.items() if not (key == "title" and isinstance(value, str))}
    options = trimmed.get("anyOf")
    if isinstance(options, list):
        filled = [option for option in options if option != {"type": "null"}]
        if len(filled) == 1:
            del trimmed["anyOf"]
            trimmed = {**filled[0], **trimmed}
        else:
            trimmed["anyOf"] = filled
    for ours, theirs in (("ge", "minimum"), ("le", "maximum")):
        if ours in trimmed:
            trimmed[theirs] = trimmed.pop(ours)
    if "default" in trimmed:
        _trim_default(trimmed)
    return trimmed


def _trim_default(body: dict[str, Any]) -> None:
    """A default as an author would write it; objects of ours have no such form."""
    default = body["default"]
    if default is None or isinstance(default, dict):
        del body["default"]
    elif body.get("type") == "number" and isinstance(default, str):
        body["default"] = int(default)
