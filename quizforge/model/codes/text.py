"""QF3xx: texts, maths, media and accessibility."""

from __future__ import annotations

from quizforge.model.diagnostic import Code

BAD_MATHS = Code("QF301", "bad-maths", "error", "A formula that cannot be read.")
UNSUPPORTED_MATHS = Code(
    "QF302", "unsupported-maths", "warning", "A formula that MathJax shows and MathML output cannot."
)
UNKNOWN_MATHS = Code(
    "QF303", "unknown-maths", "error", "A TeX command that MathJax does not know or that must not be used."
)
MATHS_TOO_DEEP = Code("QF304", "maths-too-deep", "error", "TeX nested more than 100 deep.")
EMPTY_MATHS = Code("QF305", "empty-maths", "error", "A formula without content.")
MATHS_COMMENT = Code("QF306", "maths-comment", "error", "A % in a formula that makes TeX ignore the rest of the line.")
UNCLOSED_MATHS = Code("QF307", "unclosed-maths", "error", "A formula that opens and does not close.")
MATHS_EXTENSION = Code(
    "QF308",
    "maths-extension",
    "warning",
    "A TeX command that MathJax knows only with an extension that pages rarely load.",
)

TEXT_TOO_LONG = Code("QF310", "text-too-long", "error", "A text of more than 200,000 characters.")
TOO_MUCH_MARKUP = Code(
    "QF311", "too-much-markup", "error", "More brackets, emphasis or lines in one text than can be read."
)
LISTS_TOO_DEEP = Code("QF312", "nested-too-deep", "error", "Lists or quotes nested more than 20 deep.")
RESERVED_CHARACTER = Code("QF313", "reserved-character", "error", "A character that HTML or XML cannot hold.")

SWALLOWED_LIST = Code(
    "QF320", "swallowed-list", "warning", "A list straight after a line of text becomes part of that line."
)
DUNDER_BOLD = Code("QF321", "dunder-bold", "warning", "A name like __init__ is shown in bold without its underscores.")
HEADING_WITHOUT_BLANK = Code(
    "QF322", "heading-without-blank", "warning", "A # without a blank behind it is shown as text, not as a heading."
)
ACCIDENTAL_LIST = Code(
    "QF323", "accidental-list", "warning", "A year or a signed number is read as the start of a list."
)
ACCIDENTAL_QUOTE = Code(
    "QF324", "accidental-quote", "warning", "A 'greater than' sign is read as the start of a quotation."
)
ACCIDENTAL_CODE = Code("QF325", "accidental-code", "warning", "Four leading blanks turn a line into code.")
LOST_BACKSLASH = Code("QF326", "lost-backslash", "error", "A file path that loses a backslash.")
VANISHING_DEFINITION = Code(
    "QF327", "vanishing-definition", "error", "A line of the form '[name]: text' that is not shown."
)
UNCLOSED_FENCE = Code("QF328", "unclosed-fence", "error", "A fenced code block without its closing fence.")
STRAY_BACKTICK = Code("QF329", "stray-backtick", "warning", "Backticks that open a code span and never close it.")
SHALLOW_NESTING = Code(
    "QF330", "shallow-nesting", "warning", "Lines of a list item that are indented by less than four blanks."
)
HTML_AS_TEXT = Code("QF331", "html-as-text", "warning", "HTML is shown as it is written; tags have no effect.")
UNKNOWN_ATTRIBUTE = Code(
    "QF332", "unknown-attribute", "error", "An attribute list with more than 'lang' and 'dir', or out of place."
)
BLOCK_IN_INLINE = Code(
    "QF333", "block-in-inline", "error", "Paragraphs, lists, tables or code blocks where one line is expected."
)
MALFORMED_BLANK = Code("QF334", "malformed-blank", "error", "Double brackets that are no [[blank]].")
EXCESS_CELL = Code("QF335", "excess-cell", "error", "A table row with more cells than the table has columns.")

IMAGE_WITHOUT_ALT = Code("QF340", "image-without-alt", "error", "An image without a text alternative.")
REMOTE_IMAGE = Code("QF341", "remote-image", "error", "An image that does not lie in the bank's folder.")
UNDEFINED_IMAGE = Code("QF342", "undefined-image", "error", "An image that is not written as ![text](file).")
LINK_SCHEME = Code("QF343", "link-scheme", "error", "A link that is neither http, https, mailto nor relative.")
LINK_WITHOUT_TEXT = Code("QF344", "link-without-text", "error", "A link that has no text to click on.")
COLOR_ONLY = Code("QF345", "color-only-reference", "info", "Something is named by its colour alone.")
VAGUE_LINK = Code("QF346", "vague-link-text", "warning", "A link whose text does not say where it leads.")
UNMARKED_LANGUAGE = Code("QF347", "unmarked-language", "info", "Words of another language that are not marked as such.")

MISSING_MEDIA = Code("QF380", "missing-media", "error", "An image that cannot be read.")
MEDIA_TYPE = Code("QF381", "media-type", "error", "An image of a type or content that is not accepted.")
MEDIA_TOO_LARGE = Code("QF382", "media-too-large", "error", "An image larger than 20 MB.")
