"""What this library answers to a case.

Decides which function answers what is asked; nothing of the rules.
"""

import json
from typing import Any, cast

from massstart.advancement import advance
from massstart.conformance.case import Case
from massstart.files.kinds import from_object, to_object
from massstart.files.loading import loads
from massstart.live.log import RaceLog
from massstart.live.outlook import outlook
from massstart.problems import InvalidRecord
from massstart.race import Race, Underway
from massstart.ranking import rank
from massstart.result import Result
from massstart.season.quota import quota
from massstart.season.ranking import Standings, standings
from massstart.sheet import Sheet
from massstart.verification import verify


def answer(case: Case) -> dict[str, Any]:
    """What this library answers, or a refusal with its problems.

    Example:
        >>> from massstart.conformance import answer, cases
        >>> case = next(case for case in cases() if case.does == "refuse")
        >>> list(answer(case))
        ['kind', 'version', 'problems']
    """
    try:
        return to_object(_value(case))
    except InvalidRecord as error:
        problems = [
            {"kind": problem.kind, "where": problem.where, "message": problem.message} for problem in error.problems
        ]
        return {"kind": "refusal", "version": 1, "problems": problems}


def _value(case: Case) -> object:
    match case.does:
        case "outlook":
            return outlook(from_object(case.input, (Underway,)))
        case "replay":
            return rank(loads("\n".join(map(json.dumps, case.input)), RaceLog).race())
        case "standings":
            # That a race is not a sheet, `standings` says as a problem.
            return standings(cast(Sheet, _record(sheet)) for sheet in case.input)
        case "quota":
            terms = dict(case.input)
            return quota(from_object(terms.pop("standings"), (Standings,)), **terms)
    # The rest is told by the shape of the input, for a case that is to be refused can ask for any of it.
    if isinstance(case.input, list):
        return advance(*map(_semifinal, case.input))
    record = _record(case.input)
    return verify(record) if case.does == "verify" and isinstance(record, Sheet) else rank(record)


def _record(given: Any) -> Race | Sheet:
    record: Race | Sheet = from_object(given, (Race, Sheet))
    return record


def _semifinal(given: Any) -> Result | Sheet:
    record = _record(given)
    return rank(record) if isinstance(record, Race) else record
