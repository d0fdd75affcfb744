"""Item models: exact arithmetic, restricted templates, and the variants that they give.

Nothing here reads a file or runs code of a bank. Expressions are arithmetic on exact numbers with a
parser of their own; templates are parsed by Jinja2 and never run by it. Whatever a model asks for
is paid from a :class:`~quizforge.generation.work.Work`, so that no model takes more than a bounded time.
"""
