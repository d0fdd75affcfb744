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

MISSING_MEDIA = Code("QF380", "missing-media", "error", "An image that cannot be read.")
MEDIA_TYPE = Code("QF381", "media-type", "error", "An image of a type or content that is not accepted.")
MEDIA_TOO_LARGE = Code("QF382", "media-too-large", "error", "An image larger than 20 MB.")
