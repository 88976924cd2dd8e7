"""Runs programs that were built with generated clients against the local system. Each is given its address and an admin's session."""

import shlex
import subprocess
import sys

from local_system import LocalSystem

binary, *programs = sys.argv[1:]
with LocalSystem(binary) as system:
    session = system.sign_in("admin@example.com")
    for program in programs:
        subprocess.run([*shlex.split(program), system.origin, session], check=True, timeout=60)
