"""Deploys the system on an emulator of AWS by the commands of docs/OPERATIONS.md, and uses it.

`python rehearse.py TOOLS` finds `sam` and `cargo-lambda` in the folder TOOLS.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from aws import Aws
from documented import ROOT, blocks

# The machine's own processor takes the place of Lambda's arm64; nothing else of a command is changed.
OF_THIS_MACHINE = [("--arm64", "--x86-64"), ("--parameter-overrides", "--parameter-overrides Architecture=x86_64")]

# Debian's AWS CLI does not know the variable that leads the other programs to the emulator.
PRELUDE = 'aws() { command /usr/bin/aws --endpoint-url "$AWS_ENDPOINT_URL" "$@"; }\n'


def deploy(aws, tools, folder):
    """Runs the first deployment's commands, in one shell as the document says, and gives what they left: outputs of the stack."""
    steps = [block for block in blocks("docs/OPERATIONS.md", "First deployment") if LATER not in block]
    script = PRELUDE + "\n".join(steps)
    for documented, here in OF_THIS_MACHINE:
        assert documented in script, f"no command has {documented} any more"
        script = script.replace(documented, here)
    script += f'\nprintf %s "$ORIGIN_KEY" >{folder}/origin-key\nmv out.json {folder}/created.json\n'
    environment = os.environ | aws.environment
    environment |= {"PATH": f"{tools}:{environment['PATH']}", "SAM_CLI_TELEMETRY": "0", "CARGO_TERM_COLOR": "never"}
    ran = subprocess.run(["bash", "-euc", script], cwd=ROOT, env=environment, check=False)
    if ran.returncode:
        raise SystemExit("a documented command failed")


# What only the commands for a later version have.
LATER = "--confirm-changeset"


class Api:
    """The API behind the distribution, called as the distribution does."""

    def __init__(self, aws, folder):
        described = subprocess.run(
            ["/usr/bin/aws", "--endpoint-url", aws.origin, "cloudformation", "describe-stacks", "--stack-name", "access-links"],
            env=os.environ | aws.environment,
            check=True,
            capture_output=True,
        )
        outputs = json.loads(described.stdout)["Stacks"][0]["Outputs"]
        self.outputs = {output["OutputKey"]: output["OutputValue"] for output in outputs}
        self.origin = aws.origin
        self.host = self.outputs["ApiUrl"].removeprefix("http://")
        self.key = (Path(folder) / "origin-key").read_text()

    def call(self, method, path, body=None, token=None, key=None):
        """Status and JSON of an answer."""
        headers = {
            "Host": self.host,
            "X-Origin-Key": self.key if key is None else key,
            "X-Viewer-Address": "198.51.100.7:50000",
            "Content-Type": "application/json",
        }
        if token:
            headers["Authorization"] = f"Bearer {token}"
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.origin + path, data=data, headers=headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status, json.loads(answer.read() or "null")
        except urllib.error.HTTPError as refused:
            return refused.code, json.loads(refused.read() or "null")


def login_token(aws, email):
    """The token of the login link that was mailed to this address last."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        for mail in reversed(aws.mails()):
            if mail["To"] == [email] and (link := re.search(r"/sign-in\?t=(\S+)", mail["BodyText"])):
                return link[1]
        time.sleep(0.2)
    raise SystemExit(f"no login link was mailed to {email}")


def use(aws, api, folder):
    """From the first admin's login link to a worker's training."""
    created = json.loads((Path(folder) / "created.json").read_text())
    assert created["created"] is True, created
    assert api.call("GET", "/v1/me", key="0" * 32)[0] == 403, "the API answered somebody who is not the distribution"

    def signed_in(email):
        body = {"token": login_token(aws, email), "session": "bearer"}
        status, answer = api.call("POST", "/v1/sessions", body)
        assert status == 201, (status, answer)
        return answer["session_token"]

    admin = signed_in("ada@example.com")
    status, link = api.call("POST", "/v1/links", {"name": "Spring crew", "cap": 40, "admission": "instant"}, admin)
    assert status == 201, (status, link)
    status, door = api.call("GET", f"/v1/join/{link['code']}")
    assert (status, door["state"]) == (200, "open"), (status, door)
    worker = {"name": "Ana Welder", "email": "ana@example.com"}
    status, answer = api.call("POST", f"/v1/join/{link['code']}", worker)
    assert (status, answer["status"]) == (202, "check_your_mail"), (status, answer)
    status, answer = api.call("GET", "/v1/me", token=signed_in("ana@example.com"))
    assert (status, answer["member"]["email"]) == (200, "ana@example.com"), (status, answer)
    status, stats = api.call("GET", f"/v1/links/{link['id']}/stats", token=admin)
    assert (status, stats["by_state"]["enrolled"]) == (200, 1), (status, stats)


def main():
    tools = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as folder, Aws(folder) as aws:
        began = time.monotonic()
        try:
            deploy(aws, tools, folder)
            deployed = time.monotonic()
            use(aws, Api(aws, folder), folder)
        except BaseException:
            print(f"what the emulator and the functions logged last:\n{aws.log.read_text()[-6000:]}", file=sys.stderr)
            raise
        print(f"rehearsal: deployed in {deployed - began:.0f} s, build included, and used in {time.monotonic() - deployed:.0f} s")


main()
