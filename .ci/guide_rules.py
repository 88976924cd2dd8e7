"""What docs/OPERATIONS.md names has to be in the template: outputs, parameters, resources, log groups."""

import re
from pathlib import Path

HERE = Path(__file__).parent
DOCS = HERE.parent / "docs"

# The chapter whose commands the Rust tests run; those of all others are run by the rehearsal.
OF_THE_TESTS = "Organizations"


def guide():
    return (DOCS / "OPERATIONS.md").read_text(encoding="utf-8")


def unknown_names(template):
    """Names in commands that a command would not find."""
    text = guide()
    named = {
        "Outputs": re.findall(r"\boutput ([A-Z]\w+)", text) + re.findall(r"\(output `(\w+)`\)", text),
        "Parameters": re.findall(r"\b(?:change|parameter) ([A-Z]\w+)", text),
        "Resources": re.findall(r"\bresource ([A-Z]\w+)", text),
    }
    for section, names in named.items():
        yield from (f"{section} has no {name}" for name in sorted(set(names) - set(template[section])))


def log_groups(template):
    """The names of all log groups in the stack that the guide deploys."""
    groups = [r["Properties"] for r in template["Resources"].values() if r["Type"] == "AWS::Logs::LogGroup"]
    return {p["LogGroupName"]["Fn::Sub"].replace("${AWS::StackName}", "access-links") for p in groups}


def unknown_logs(template):
    named = set(re.findall(r"(?<![\w./-])/access-links/[\w-]+", guide()))
    yield from (f"there is no log group {name}" for name in sorted(named - log_groups(template)))


def alarms_without_first_step():
    """Rows of the table of alarms that say nothing to do, or to read a log without its name."""
    for row in re.findall(r"^\| `\w+Alarm`.*\|$", guide(), re.MULTILINE):
        cells = [cell.strip() for cell in row.strip("|").split(" | ")]
        if len(cells) != 3 or not cells[2]:
            yield f"{cells[0]} does not say what to do"
        elif re.search(r"\b(its|the) log\b", cells[2]) and "`/access-links/" not in cells[2]:
            yield f"{cells[0]} does not name the log"


def commands_that_nothing_runs():
    """Chapters with commands that are not marked as text, although the rehearsal does not run the chapter."""
    rehearsed = "".join(file.read_text(encoding="utf-8") for file in (HERE / "rehearsal").glob("*.py"))
    for heading, chapter in re.findall(r"^## ([^\n]+)\n(.*?)(?=^## |\Z)", guide(), re.MULTILINE | re.DOTALL):
        openings = re.findall(r"^ *```(\w*)$", chapter, re.MULTILINE)[::2]
        if "" in openings and heading != OF_THE_TESTS and f'"{heading}"' not in rehearsed:
            yield f"`{heading}` has commands that nothing runs"
