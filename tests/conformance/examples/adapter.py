"""The smallest engine that can be checked: reads a case, lets the library answer, writes the answer.

Run as: massstart conformance -- python adapter.py
"""

import json
import sys

from massstart import InvalidRecord, Race, advance, dumps, loads, rank, verify

case = json.loads(sys.stdin.readline())
given = case["input"]
try:
    if isinstance(given, list):
        records = [loads(json.dumps(one)) for one in given]
        print(dumps(advance(*(rank(one) if isinstance(one, Race) else one for one in records))))
    else:
        record = loads(json.dumps(given))
        print(dumps(verify(record) if case["does"] == "verify" and not isinstance(record, Race) else rank(record)))
except InvalidRecord as error:
    problems = [{"kind": one.kind, "where": one.where} for one in error.problems]
    print(json.dumps({"kind": "refusal", "version": 1, "problems": problems}))
