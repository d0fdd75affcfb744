"""Grade responses with Open edX's own grader; run by the Python of the environment that ``openedx.sh`` made.

Reads JSON from standard input, a list of {"xml", "responses": [{input: answer}]}, with inputs named by their position
in the problem, and writes a list of lists of shares of the points, or of the error that a problem or response gave.
"""

import gettext
import json
import sys
from unittest.mock import Mock

import django
from django.conf import settings

settings.configure(STATIC_URL="/static/", USE_I18N=False, INSTALLED_APPS=[])
django.setup()

from xblocks_contrib.problem.capa.capa_problem import LoncapaProblem, LoncapaSystem  # noqa: E402  # after the set-up


def system():
    """What the grader asks of its surroundings; pages are not drawn."""
    return LoncapaSystem(
        ajax_url="/ajax", anonymous_student_id="student", cache=None, can_execute_unsafe_code=lambda: False,
        get_python_lib_zip=lambda: None, DEBUG=True, i18n=gettext.NullTranslations(),
        render_template=lambda _template, _context: "<div/>", resources_fs=None, seed=0, xqueue=None,
    )  # fmt: skip


def graded(xml, responses):
    """The share that each response earns, or what went wrong."""
    try:
        shares = []
        for response in responses:
            problem = LoncapaProblem(xml, "p", system(), Mock(), seed=0)
            inputs = list(problem.inputs)
            answers = {inputs[int(place)]: answer for place, answer in response.items()}
            try:
                problem.grade_answers(answers)
            except Exception as error:  # an answer that the grader refuses to read counts as none
                shares.append(f"{type(error).__name__}: {error}")
                continue
            found = problem.calculate_score()
            shares.append(found["score"] / found["total"])
    except Exception as error:  # whatever a problem makes of it is what the test wants to see
        return [f"{type(error).__name__}: {error}" for _ in responses]
    return shares


if __name__ == "__main__":
    json.dump([graded(one["xml"], one["responses"]) for one in json.load(sys.stdin)], sys.stdout)
