"""The smallest engine that can be checked: reads a case, lets the library answer, writes the answer.

Run as: massstart conformance -- python adapter.py
"""

import json
import sys

from massstart import InvalidRecord, Race, Sheet, advance, dumps, loads, rank, verify
from massstart.competition import quota, standings
from massstart.files.loading import underway_loads
from massstart.files.standingsread import standings_from
from massstart.live import RaceLog, outlook

case = json.loads(sys.stdin.readline())
does, given = case["does"], case["input"]
try:
    if does == "outlook":
        print(dumps(outlook(underway_loads(json.dumps(given)))))
    elif does == "replay":
        print(dumps(rank(RaceLog.from_lines("\n".join(map(json.dumps, given))).race())))
    elif does == "standings":
        records = [loads(json.dumps(one)) for one in given]
        print(dumps(standings(one for one in records if isinstance(one, Sheet))))
    elif does == "quota":
        season = standings_from(json.dumps(given.pop("standings")))
        print(dumps(quota(season, **given)))
    elif isinstance(given, list):
        records = [loads(json.dumps(one)) for one in given]
        print(dumps(advance(*(rank(one) if isinstance(one, Race) else one for one in records))))
    else:
        record = loads(json.dumps(given))
        print(dumps(verify(record) if does == "verify" and not isinstance(record, Race) else rank(record)))
except InvalidRecord as error:
    problems = [{"kind": one.kind, "where": one.where} for one in error.problems]
    print(json.dumps({"kind": "refusal", "version": 1, "problems": problems}))
