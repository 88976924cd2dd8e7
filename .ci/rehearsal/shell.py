"""The operator's shell: documented commands, word for word, with this AWS in place of Amazon's."""

import os
import subprocess

from documented import ROOT

# The machine's own processor takes the place of Lambda's arm64; nothing else of a command is changed.
OF_THIS_MACHINE = [("--arm64", "--x86-64"), ("--parameter-overrides", "--parameter-overrides Architecture=x86_64")]

# Debian's AWS CLI does not know the variable that leads the other programs to the emulator.
PRELUDE = 'aws() { command /usr/bin/aws --endpoint-url "$AWS_ENDPOINT_URL" "$@"; }\n'


class Shell:
    """Runs commands in the project's folder, with the tools of this folder."""

    def __init__(self, aws, tools):
        environment = os.environ | aws.environment
        environment |= {"PATH": f"{tools}:{environment['PATH']}", "SAM_CLI_TELEMETRY": "0", "CARGO_TERM_COLOR": "never"}
        self._environment = environment

    def run(self, commands, typed=""):
        """Runs the commands one after the other in one shell, whose input is what is typed. The first that fails is an error."""
        script = PRELUDE + commands
        for documented, here in OF_THIS_MACHINE:
            script = script.replace(documented, here)
        ran = subprocess.run(["bash", "-euc", script], cwd=ROOT, env=self._environment, input=typed, text=True, check=False)
        if ran.returncode:
            raise SystemExit(f"a documented command failed:\n{commands}")
