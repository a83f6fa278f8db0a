"""The marks that stand where a skater has no rank or no time: ``DNF``, ``DQ``, ``LAP`` and their kin.

Decides what a mark means, in whatever spelling and language it is printed. What follows for the skater is decided by
whoever reads the sheet.
"""

import re
import unicodedata
from typing import Literal

Meaning = Literal["unfinished", "disqualified", "lapped", "absent"]

#: What the marks mean, each as it is compared: without case, accents, blanks, full stops and signs between words.
#: A mark that is used for two of the meanings stands in none: French ``NC``, Japanese 棄権.
MARKS: dict[Meaning, tuple[str, ...]] = {
    "unfinished": (
        "DNF", "did not finish", "not finished", "unfinished", "RET", "retired",
        "aufgegeben", "Aufgabe", "ausgeschieden", "nicht beendet", "nicht im Ziel",
        "niet gefinisht", "opgave", "opgegeven", "uitgevallen", "ikke fullført", "fullførte ikke", "brøt", "brutt",
        "rit", "ritirato", "ritirata", "non finito", "non arrivato", "non arrivata",
        "Abd", "Ab", "abandon", "abandonné", "non terminé", "n'a pas terminé", "途中棄権", "未完走", "완주 실패",
    ),
    "disqualified": (
        "DQ", "DSQ", "DISQ", "DQF", "disqualified", "disqualifiziert", "Disqualifikation",
        "gediskwalificeerd", "diskwalificatie", "diskvalifisert", "disk",
        "SQ", "squalificato", "squalificata", "disqualifié", "disqualifiée", "失格", "실격",
    ),
    "lapped": (
        "LAP", "LPD", "lapped", "überrundet", "gelapt", "gedubbeld", "tatt igjen med en runde",
        "doppiato", "doppiata", "doublé", "doublée", "周回遅れ",
    ),
    "absent": (
        "DNS", "did not start", "not started", "WDR", "WD", "W/D", "withdrawn", "withdrew",
        "nicht gestartet", "nicht am Start", "niet gestart", "teruggetrokken", "ikke startet", "startet ikke",
        "NP", "non partito", "non partita", "non partant", "non partante", "forfait", "n'a pas pris le départ",
        "欠場", "불참", "미출전",
    ),
}  # fmt: skip

#: The clause of the rules, or the footnote, to which a printed mark points: ``DQ T25``, ``DSQ[2]``.
_FOOTNOTE = re.compile(r"\s*(?:T[0-9]+|[\[(][0-9a-z]{1,2}[\])]|\*+)\s*$", re.ASCII)


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in letters if letter.isalpha())


_MEANINGS: dict[str, Meaning] = {_plain(mark): meaning for meaning, marks in MARKS.items() for mark in marks}


def without_footnote(mark: str) -> str:
    """A mark without the number of its footnote.

    Example:
        >>> without_footnote("DQ T25"), without_footnote("DNF[2]"), without_footnote("D.Q.")
        ('DQ', 'DNF', 'D.Q.')
    """
    return _FOOTNOTE.sub("", mark).strip()


def status_of(mark: str) -> Meaning | None:
    """What a mark means; ``None`` if that is not plain.

    Example:
        >>> status_of("DQ T25"), status_of("d.n.f."), status_of("Abd"), status_of("NC")
        ('disqualified', 'unfinished', 'unfinished', None)
    """
    mark = without_footnote(mark)
    return None if re.search(r"\d", mark) else _MEANINGS.get(_plain(mark))
