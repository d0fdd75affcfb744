"""``quizforge init``: a first bank to edit."""

from __future__ import annotations

import json
import re
import shlex
import unicodedata
from pathlib import Path

import click

_BANK = """\
# yaml-language-server: $schema=.quizforge/quizforge-bank.schema.json
schema: 1
id: {id}
title: {title}
language: en
license: CC-BY-4.0
authors: []

concepts:
  - id: first-concept
    title: First concept
    definition: >-
      Say in your own words what a learner has to know.

misconceptions:
  - id: m01
    claim: What a learner wrongly believes.
    tempting_because: Why the belief is natural.
    correct: What holds instead.
"""
_QUESTIONS = """\
# yaml-language-server: $schema=../.quizforge/quizforge-bank.schema.json
questions:
  - id: first-question
    type: single_choice
    stem: Which planet of the solar system is the largest?
    concepts: [first-concept]
    difficulty: easy
    bloom: remember
    choices:
      - text: Jupiter
        correct: true
        feedback: Jupiter has more than twice the mass of all other planets together.
      - text: Saturn
        feedback: Saturn looks larger with its rings, but its body is smaller than Jupiter's.
        misconception: m01
      - text: The Sun
        feedback: The Sun is far larger, but it is a star and no planet.

  - id: second-question
    type: numerical
    stem: How long does light take from the Sun to the Earth?
    concepts: [first-concept]
    answer: 8.3
    tolerance: 0.2
    unit: minutes

flashcards:
  - id: astronomical-unit
    front: What is the mean distance from the Earth to the Sun called?
    back: The astronomical unit.
    concepts: [first-concept]
"""
_IGNORE = """\
# Class lists, responses and grades are personal: they stay on this machine.
private/
"""
_HOOKS = """\
repos:
  - repo: https://github.com/quizforge/quizforge
    rev: v0.1.0
    hooks:
      - id: quizforge-validate
        args: [.]
      - id: quizforge-lint
        args: [.]
"""


@click.command()
@click.argument("folder", type=click.Path(file_okay=False))
def command(folder: str) -> None:
    """Make FOLDER with a first bank: two questions, a flashcard, a schema for your editor.

    Nothing that exists is overwritten.

    \b
    Example:
        quizforge init banks/photosynthesis
    """  # noqa: D301  # \b keeps click from reflowing
    from quizforge.cli.files import write_all
    from quizforge.errors import UsageError
    from quizforge.loading.schema import bank_schema

    home = Path(folder)
    name = home.resolve().name
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9._-]+", "-", plain.lower()).strip("-._") or "bank"
    title = json.dumps(name.replace("-", " ").replace("_", " ").strip().capitalize() or "Bank", ensure_ascii=False)
    files = {
        "bank.yaml": _BANK.format(id=slug[:100], title=title),
        "questions/first.yaml": _QUESTIONS,
        ".gitignore": _IGNORE,
        ".pre-commit-config.yaml": _HOOKS,
        ".quizforge/quizforge-bank.schema.json": json.dumps(bank_schema(), indent=2, ensure_ascii=False) + "\n",
    }
    present = [file for file in files if (home / file).exists()]
    if "bank.yaml" in present or "questions/first.yaml" in present:
        message = f"'{home / present[0]}' exists already"
        raise UsageError(message, hint="choose another folder; nothing was written")
    write_all({home / file: text.encode() for file, text in files.items() if file not in present})
    for file in files:
        click.echo(f"{'kept   ' if file in present else 'wrote  '} {home / file}")
    word = shlex.quote(folder)
    click.echo(f"Next: quizforge validate {word}, then quizforge export {word}")
