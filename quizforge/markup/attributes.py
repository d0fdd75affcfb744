"""Language of a part: ``*texte*{: lang=fr}``, the one attribute list that texts may hold."""

from __future__ import annotations

import re

LANGUAGE_ATTRIBUTES = re.compile(
    r"\{:[ ]*(?P<list>(?:(?:lang=\"?[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*\"?|dir=\"?(?:ltr|rtl|auto)\"?)[ ]*)+)\}"
)
"""``lang`` in the form of a BCP 47 tag, ``dir`` as HTML has it; quotes are optional."""

ATTRIBUTE = re.compile(r"(lang|dir)=\"?([A-Za-z0-9-]+)\"?")
