"""The commands of a document, as they stand there."""

import re
import textwrap
from pathlib import Path

ROOT = Path(__file__).parents[2]


def blocks(document, heading):
    """The code blocks of a chapter, in order. Fails if there is no such chapter or it has none."""
    text = (ROOT / document).read_text(encoding="utf-8")
    chapter = re.search(rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    if not chapter:
        raise SystemExit(f"{document} has no chapter `{heading}`")
    # A block with a language is not for the shell: `text` marks commands that nothing runs.
    fenced = re.findall(r"^ *```(\w*)\n(.*?)^ *```$", chapter[1], re.MULTILINE | re.DOTALL)
    found = [textwrap.dedent(block) for language, block in fenced if not language]
    if not found:
        raise SystemExit(f"{document}: `{heading}` has no commands")
    return found
