r"""TeX commands on which math-core (for HTML) and MathJax (in Moodle and Anki) disagree.

Seen by running every command that math-core 0.9.0 accepts through MathJax 3.2.2, and the other way
round for those that exercises use. Moodle 4.5 still ships MathJax 2.7, which knows no more than base + ams.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


FORBIDDEN = _words(
    """
    def gdef edef let newcommand renewcommand providecommand newenvironment renewenvironment global relax begingroup
    endgroup require href url class cssId style data htmlId htmlClass htmlStyle htmlData includegraphics unicode label
    ref eqref toggle mathtip texttip bbox definecolor Newextarrow
    """
)
"""They change what other formulas on the page mean, carry links or scripts, or number what is shown again."""

UNKNOWN_TO_MATHJAX = _words(
    """
    AA AE Alpha Beta Chi Colondash Complex Dagger Darr Dashcolon Epsilon Eta H Harr Iota Kappa L Larr Lrarr Mu N Nu O
    OE Omicron Overrightarrow P R Rarr Reals Rho Simcolon Tau Uarr VDash Yleft Yright Z Zeta aa ae alef alefsym angl
    angln approxcolon approxcoloncolon arcctg arceq arctg argmax argmin ascnode awint bigcupdot bigdoublevee
    bigdoublewedge bigsqcap bm bold botdoteq bull c ch cirfnint clubs cnums coloncolon coloncolonapprox
    coloncolonequals coloncolonminus coloncolonsim colondash colonequals colonminus copyright cosec cotg ctg cth dArr
    dag darr ddag degree diamonds displaylimits dotsminusdots emph empty eqdef equalscolon equalscoloncolon erf erfc
    exist fcmp fint footnotesize hArr harr hearts i iddots image imageof infin intBar intbar intclockwise isin j
    kernelcontraction l lAngle lArr lBrace lang larr lightning llangle llbracket llparenthesis lq lrArr lrarr
    mathsterling measeq medspace minuscolon minuscoloncolon minuso natnums nequiv ngtrless ngtrsim nlessgt nlesssim
    notni nsubset nsupset o oe oiiint oiint ointctrclockwise operatornamewithlimits origof overgroup overleftharpoon
    overrightharpoon phase plim plusmn pounds questeq r rAngle rArr rBrace raisebox rang rarr ratio real reals rq
    rrangle rrbracket rrparenthesis rupee sect sh simcolon simcoloncolon sixptsize slashed sout spades ss stareq sub
    sube sumint supe textsc tg th thetasym thickspace u uArr uarr underbar undergroup v varointclockwise vcentcolon
    veeeq vertoverlay wedgeq weierp
    """
)
"""math-core accepts them, and MathJax with all its extensions shows an error."""

INSTEAD: Mapping[str, str] = MappingProxyType(
    {
        "argmax": r"\operatorname*{arg\,max}",
        "argmin": r"\operatorname*{arg\,min}",
        "bm": r"\boldsymbol",
        "bold": r"\boldsymbol",
        "R": r"\mathbb{R}",
        "N": r"\mathbb{N}",
        "Z": r"\mathbb{Z}",
        "Reals": r"\mathbb{R}",
        "reals": r"\mathbb{R}",
        "natnums": r"\mathbb{N}",
        "Complex": r"\mathbb{C}",
        "cnums": r"\mathbb{C}",
        "emph": r"\textit",
        "degree": r"^\circ",
        "pounds": "£",
        "empty": r"\emptyset",
        "infin": r"\infty",
        "plusmn": r"\pm",
        "isin": r"\in",
        "exist": r"\exists",
        "rarr": r"\rightarrow",
        "larr": r"\leftarrow",
        "harr": r"\leftrightarrow",
        "rArr": r"\Rightarrow",
        "lArr": r"\Leftarrow",
        "hArr": r"\Leftrightarrow",
        "lang": r"\langle",
        "rang": r"\rangle",
        "llbracket": r"[\![",
        "rrbracket": r"]\!]",
        "colonequals": ":=",
        "ratio": ":",
        "textsc": r"\text",
        "operatornamewithlimits": r"\operatorname*",
        "Alpha": r"\mathrm{A}",
        "Beta": r"\mathrm{B}",
        "Epsilon": r"\mathrm{E}",
        "dag": r"\dagger",
        "medspace": r"\:",
        "thickspace": r"\;",
    }
)
"""What to write for the commands of :data:`UNKNOWN_TO_MATHJAX` that people reach for."""

NEEDS_EXTENSION = _words(
    """
    Colonapprox Coloneq Coloneqq Colonsim Eqcolon Eqqcolon bigtimes colonapprox coloneq coloneqq colonsim cramped
    dblcolon eqcolon eqqcolon lparen overbracket prescript rparen underbracket xLeftarrow xLeftrightarrow xRightarrow
    xhookleftarrow xhookrightarrow xleftharpoondown xleftharpoonup xleftrightarrow xleftrightharpoons
    xrightharpoondown xrightharpoonup xrightleftharpoons textasciicircum textasciitilde textbackslash textbar
    textbardbl textbraceleft textbraceright textdagger textdaggerdbl textdegree textdollar textellipsis textemdash
    textendash textgreater textless textquotedblleft textquotedblright textquoteleft textquoteright textregistered
    textsterling textunderscore textyen
    """
)
"""MathJax knows them with mathtools or textcomp, which it does not load on its own (Anki loads mathtools)."""

ENVIRONMENTS_NEED_EXTENSION = frozenset({"dcases", "rcases", "drcases", "darray"})

MATHJAX_ONLY = _words(
    """
    Arrowvert DeclareMathOperator Ketbra LaTeX Rule Space TeX Tiny above abovewithdelims array arrowvert
    atopwithdelims bbFont bracevert buildrel cancelto cases ce centerdot colorbox cr displaylines divsymbol dotsb
    dotsc dotsi dotsm dotso enclose eqalign eqalignno fcolorbox framebox hbox hfil hfill hfilll intop ketbra leftroot
    leqalignno llap longLeftrightharpoons longRightleftharpoons longleftrightarrows longrightleftharpoons lower
    mathbfcal mathbffrak mathbfit mathbfscr mathbfsf mathbfsfit mathbfsfup mathbfup mathnormal mathsfit mathsfup
    mathup matrix mbox mit moveleft moveright nonscript notChar nshortmid nshortparallel oldstyle overunderset
    overwithdelims pmatrix pmb pu raise rlap root rule scr shortmid shortparallel skew smallfrown smallint
    smallsetminus smallsmile smash stackbin strut substack symbb symbfcal symbffrak symbfit symbfscr symbfsf symbfsfit
    symbfsfup symbfup symcal symfrak symit symnormal symrm symscr symsf symsfit symsfup symtt symup tag textnormal
    textup thickapprox thicksim tripledash uproot varinjlim varliminf varlimsup varprojlim varpropto vcenter verb
    widetilde xLeftrightharpoons xRightleftharpoons
    """
)
"""MathJax shows them, math-core rejects them; ``tag`` only outside numbered environments."""

MATHJAX_ONLY_ENVIRONMENTS = _words(
    """
    alignat alignat* alignedat eqnarray eqnarray* flalign flalign* smallmatrix split xalignat xalignat* xxalignat
    """
)

PORTABLE: Mapping[str, str] = MappingProxyType(
    {
        "substack": r"\begin{subarray}{c}",
        "widetilde": r"\tilde",
        "mbox": r"\text",
        "hbox": r"\text",
        "textnormal": r"\text",
        "textup": r"\text",
        "dotsb": r"\cdots",
        "dotsc": r"\ldots",
        "dotsi": r"\cdots",
        "dotsm": r"\cdots",
        "dotso": r"\ldots",
        "tag": r"\quad\text{(1)}",
        "DeclareMathOperator": r"\operatorname",
        "pmb": r"\boldsymbol",
        "smallsetminus": r"\setminus",
        "varpropto": r"\propto",
        "centerdot": r"\cdot",
        "mathup": r"\mathrm",
        "mathnormal": r"\mathit",
        "split": r"\begin{aligned}",
        "eqnarray": r"\begin{aligned}",
        "smallmatrix": r"\begin{matrix}",
        "alignat": r"\begin{aligned}",
        "flalign": r"\begin{aligned}",
    }
)
"""What both can show instead of MathJax's own."""

OPENING_DELIMITERS = _words(
    """
    lAngle lBrace lVert lang langle lbrace lbrack lceil lfloor lgroup llangle llbracket llcorner llparenthesis
    lmoustache lparen lvert ulcorner
    """
)
CLOSING_DELIMITERS = _words(
    """
    rAngle rBrace rVert rang rangle rbrace rbrack rceil rfloor rgroup rrangle rrbracket lrcorner rrparenthesis
    rmoustache rparen rvert urcorner
    """
)
