"""Ends with status 1, and says which, if redocly found anything: by itself it takes warnings for a success."""

import json
import sys

with open(sys.argv[1], encoding="utf-8") as file:
    found = json.load(file)["problems"]
for problem in found:
    where = problem["location"][0].get("pointer") if problem.get("location") else ""
    print(f"redocly: {problem['ruleId']}: {problem['message']} {where}")
sys.exit(bool(found))
