"""The main job of the README, word for word."""

import re
import subprocess

from documented import ROOT

LOCAL = "http://localhost:3000"


def walk(origin):
    """Runs the README's blocks against the system at this origin, and sees that it answers what they say."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    script = "".join(re.findall(r"<!-- walkthrough -->\n```sh\n(.*?)```", readme, re.DOTALL))
    assert script.count(LOCAL) == 1, "the origin is named once"
    ran = subprocess.run(["bash", "-euc", script.replace(LOCAL, origin)], capture_output=True, text=True, check=False, timeout=300)
    if ran.returncode or ran.stderr:
        raise SystemExit(f"the README's main job failed: {ran.stderr}\n{ran.stdout}")
    rest = ran.stdout
    promises = re.findall(r"^#> (.*)$", script, re.MULTILINE)
    assert len(promises) > 10, promises
    for promised in promises:
        before, found, rest = rest.partition(promised)
        if not found:
            raise SystemExit(f"{promised} does not come back:\n{before}")
