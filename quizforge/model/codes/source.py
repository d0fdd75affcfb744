"""QF0xx: the file and its YAML."""

from __future__ import annotations

from quizforge.model.diagnostic import Code

NOT_UTF8 = Code("QF001", "not-utf-8", "error", "The file is not UTF-8 text.")
YAML_SYNTAX = Code("QF002", "yaml-syntax", "error", "The file is not well-formed YAML.")
EMPTY_FILE = Code("QF003", "empty-file", "error", "The file holds nothing.")
NOT_A_MAPPING = Code("QF004", "not-a-mapping", "error", "The file is not a mapping of keys to values.")
SEVERAL_DOCUMENTS = Code("QF005", "several-documents", "error", "The file holds more than one YAML document.")
DUPLICATE_KEY = Code("QF006", "duplicate-key", "error", "A key stands twice in one mapping.")
MISSING_VALUE = Code("QF007", "missing-value", "error", "A key or list entry has no value.")
ANCHOR_OR_ALIAS = Code("QF008", "anchor-or-alias", "error", "YAML anchors, aliases and merge keys are not allowed.")
EXPLICIT_TAG = Code("QF009", "explicit-tag", "error", "YAML tags (!...) are not allowed.")
COMPLEX_KEY = Code("QF010", "complex-key", "error", "A key is not a plain text.")
TOO_DEEP = Code("QF011", "too-deep", "error", "Values are nested more than 64 deep.")
FILE_TOO_LARGE = Code("QF012", "file-too-large", "error", "The file is larger than 256 MB.")
SCALAR_TOO_LARGE = Code("QF013", "text-too-large", "error", "One text is larger than 1 MB.")
CONTROL_CHARACTER = Code(
    "QF014", "control-character", "error", "A text holds a control character or one that XML cannot hold."
)
TAB_INDENTATION = Code("QF015", "tab-indentation", "error", "A line is indented with a tab.")
LINE_SEPARATOR = Code("QF016", "line-separator", "error", "U+0085, U+2028 or U+2029 outside a double-quoted escape.")
SWALLOWED_ESCAPE = Code(
    "QF017",
    "swallowed-escape",
    "error",
    "A backslash command in double quotes was read as a tab or a control character.",
)
TEX_NEWLINE = Code(
    "QF018", "tex-newline", "warning", r"A \n in double quotes may have been meant as the start of a TeX command."
)
COMMENT_CUTS_TEXT = Code("QF019", "comment-cuts-text", "warning", "' #' ends an unquoted text.")
YML_SUFFIX = Code("QF020", "yml-suffix", "warning", "A file ends in .yml and is not read; banks end in .yaml.")
UNREADABLE_FILE = Code("QF021", "unreadable-file", "error", "The file cannot be read.")
UNUSED_SUPPRESSION = Code("QF022", "unused-suppression", "warning", "A 'quizforge: allow' comment suppresses nothing.")
MALFORMED_SUPPRESSION = Code(
    "QF023", "malformed-suppression", "warning", "A 'quizforge:' comment cannot be understood."
)
NO_BANK = Code("QF024", "no-bank", "error", "No question bank is found at a path.")
OUTSIDE_BANK = Code("QF025", "outside-bank", "error", "A path leaves the bank's folder.")
