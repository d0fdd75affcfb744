"""QF1xx: the structure of a bank, its fields, invariants and references."""

from __future__ import annotations

from quizforge.model.diagnostic import Code

UNKNOWN_KEY = Code("QF101", "unknown-key", "error", "A key that the bank format does not know.")
MISSING_KEY = Code("QF102", "missing-key", "error", "A required key is missing.")
WRONG_SHAPE = Code("QF103", "wrong-shape", "error", "A text, list or mapping where another shape is expected.")
BAD_VALUE = Code("QF104", "bad-value", "error", "A value that is not one of those allowed.")
BAD_BOOLEAN = Code("QF105", "bad-boolean", "error", "A switch that is neither true nor false.")
BAD_NUMBER = Code("QF106", "bad-number", "error", "A value that is not a decimal number.")
OUT_OF_RANGE = Code("QF107", "out-of-range", "error", "A number or length outside its limits.")
BAD_ID = Code("QF108", "bad-id", "error", "An id with characters that ids cannot hold.")
DUPLICATE_ID = Code("QF109", "duplicate-id", "error", "Two entries share one id.")
UNKNOWN_ID = Code("QF110", "unknown-id", "error", "An id that nothing in the bank has.")
UNKNOWN_SCHEMA = Code("QF111", "unknown-schema", "error", "The bank's schema version is missing or unknown.")
UNKNOWN_TYPE = Code("QF112", "unknown-type", "error", "A question type that does not exist.")
PREREQUISITE_CYCLE = Code(
    "QF113", "prerequisite-cycle", "error", "Concepts that must each be learned before the other."
)
SELF_REFERENCE = Code("QF114", "self-reference", "error", "An entry that refers to itself.")
HEADER_IN_PART = Code("QF115", "header-in-part", "error", "A bank key in a file that may hold lists only.")
SPLIT_FAMILY = Code("QF116", "split-family", "error", "A family whose questions lie in different pools.")

KEY_COUNT = Code("QF120", "key-count", "error", "Not exactly one right choice, or none.")
TOO_FEW = Code("QF121", "too-few", "error", "Fewer choices, pairs, items or criteria than the type needs.")
DUPLICATE_OPTION = Code("QF122", "duplicate-option", "error", "Two options that say the same.")
MISPLACED_CREDIT = Code("QF123", "misplaced-credit", "error", "Credit where the scoring rule takes none.")
CREDIT_SUM = Code("QF124", "credit-sum", "error", "Credits of the keys that do not add up to 100.")
RATIO_WITHOUT_DISTRACTOR = Code("QF125", "ratio-without-distractor", "error", "Scoring 'ratio' without a wrong option.")
GUESSING_PAYS = Code("QF126", "guessing-pays", "warning", "Ticking every option earns half of the points or more.")
NO_FULL_ANSWER = Code("QF127", "no-full-answer", "error", "No answer earns full credit.")
DISTRACTOR_IS_RIGHT = Code("QF128", "distractor-is-right", "error", "A distractor that equals a right answer.")
RUBRIC_ORDER = Code("QF129", "rubric-order", "error", "Rubric levels that do not ascend in points.")
WORD_LIMITS = Code("QF130", "word-limits", "error", "min_words is larger than max_words.")
BLANK_UNDEFINED = Code("QF131", "blank-undefined", "error", "A [[blank]] in the stem that is not defined.")
BLANK_UNUSED = Code("QF132", "blank-unused", "error", "A blank that is defined and not used exactly once.")
AMBIGUOUS_FIELDS = Code("QF133", "ambiguous-fields", "error", "Keys that exclude each other, or none of them.")
BAD_TOLERANCE = Code("QF134", "bad-tolerance", "error", "A tolerance that is negative or not finite.")
SAMPLE_POINTS = Code("QF135", "sample-points", "error", "A sample answer with points that the rubric cannot give.")
UNREACHABLE_ANSWER = Code("QF136", "unreachable-answer", "warning", "An answer that an earlier one always covers.")
FORMERLY_CLASH = Code("QF137", "formerly-clash", "error", "A former id that another entry has or had.")
BAD_CLOZE_CARD = Code(
    "QF138", "bad-cloze-card", "error", "A cloze flashcard without a numbered deletion, or with a broken one."
)
ACCEPTS_ANYTHING = Code("QF139", "accepts-anything", "warning", "An answer that gives full credit for any text.")
