"""The smallest engine that can be checked: reads a case, lets the library answer, writes the answer.

Run as: massstart conformance -- python adapter.py
"""

import json
import sys

from massstart import InvalidRecord, Race, Sheet, advance, dumps, loads, rank, verify
from massstart.live import RaceLog, Underway, outlook
from massstart.season import Standings, quota, standings

case = json.loads(sys.stdin.readline())
does, given = case["does"], case["input"]
try:
    if does == "outlook":
        print(dumps(outlook(loads(json.dumps(given), Underway))))
    elif does == "replay":
        print(dumps(rank(loads("\n".join(map(json.dumps, given)), RaceLog).race())))
    elif does == "standings":
        print(dumps(standings(loads(json.dumps(sheet), Sheet) for sheet in given)))
    elif does == "quota":
        season = loads(json.dumps(given.pop("standings")), Standings)
        print(dumps(quota(season, **given)))
    elif isinstance(given, list):
        records = [loads(json.dumps(record), Race, Sheet) for record in given]
        print(dumps(advance(*(rank(record) if isinstance(record, Race) else record for record in records))))
    else:
        record = loads(json.dumps(given), Race, Sheet)
        print(dumps(verify(record) if does == "verify" and isinstance(record, Sheet) else rank(record)))
except InvalidRecord as error:
    problems = [{"kind": problem.kind, "where": problem.where} for problem in error.problems]
    print(json.dumps({"kind": "refusal", "version": 1, "problems": problems}))
