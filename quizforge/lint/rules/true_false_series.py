"""Options that are judged one by one as true or false.

What:
    The stem asks only which statement is true, correct or false, so that the options are statements without a common
    question; or the options are "true" and "false", "yes" and "no".
Why:
    It is several true-false questions of which one counts. The stem has no idea of its own, and the options need not
    have to do with each other.
Flagged:
    - id: whales
      type: single_choice
      stem: Which of the following statements is true?
      choices:
        - {text: Whales breathe air., correct: true}
        - Sharks are mammals.
        - Seals lay eggs.
Instead:
    - id: whales
      type: single_choice
      stem: How do whales get their oxygen?
      choices:
        - {text: They breathe air., correct: true}
        - They have gills.
        - They take it up through the skin.
Source:
    Haladyna, Downing & Rodriguez (2002), Applied Measurement in Education 15(3), 309-334, guidelines 9 and 15; Case &
    Swanson (2002), Constructing written test questions, 3rd ed., National Board of Medical Examiners (the stem is to be
    answerable with the options covered).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizforge.lint.item import Item
from quizforge.lint.rule import ENGLISH, ItemRule, Limits
from quizforge.model.diagnostic import Code, Problem

CODE = Code("QF217", "true-false-series", "info", "Options that are judged one by one as true or false.")
_JUDGED = (
    r"(?:(?:not|always|most|most likely|best|necessarily|definitely) )*"
    r"(?:true|false|correct|incorrect|right|wrong|accurate|inaccurate|valid|untrue)"
)
_WHICH = re.compile(
    rf"\b(?:which|what)(?: (?:one|ones))?(?: of)?(?: (?:the|these|those))?(?: (?:following|above|below|given|listed))?"
    rf"(?: (?:statements?|options?|answers?|claims?|assertions?|sentences?|choices?|propositions?))?"
    rf"(?: (?:about|regarding|concerning|on|of|describing) [^,;?]{{1,80}}?)? (?:is|are|is/are|must be) {_JUDGED}"
    rf"(?: (?:about|regarding|concerning|of|for|with respect to|with regard to) [^,;?]{{1,80}})?\s*[?:.]?$"
)
_PICK = re.compile(
    r"^(?:choose|find|identify|select|mark|tick|pick) (?:the |all |all the )?(?:\w+ )?"
    r"(?:true|false|correct|incorrect|right|wrong) (?:statement|option|answer|one|choice|alternative)s?(?:\(s\))?"
    r"(?: (?:about|regarding|concerning|on) [^,;?]{1,80})?\s*[:.]?$"
)
_TRUE_FALSE = frozenset({"true", "false"})
_YES_NO = frozenset({"yes", "no"})


def _check(item: Item, _limits: Limits) -> Iterator[Problem]:
    options = item.options
    if options is None or item.question.type != "single_choice":
        return
    texts = frozenset(option.lower.strip(" .") for option in options.options)
    if texts in (_TRUE_FALSE, _YES_NO):
        yield item.problem(
            CODE, "the options are those of a true_false question", at=options.at, hint="make it type: true_false"
        )
    elif _WHICH.search(item.lead.lower()) or _PICK.search(item.lead.lower()):
        yield item.problem(
            CODE,
            "the stem asks only which option is true",
            phrase=item.lead,
            hint="ask something that can be answered with the options covered, or write true_false questions",
        )


RULE = ItemRule(CODE, _check, __doc__, languages=ENGLISH, criterion="problem_in_stem")
