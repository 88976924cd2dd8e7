"""The system on this machine, for checks that speak to it: started on a free loopback port with an empty data folder, and
ended with the check.
"""

import json
import os
import re
import signal
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

# What brakes a client that does nothing but call.
RAISED = {
    "REQUESTS_PER_IP_MINUTE": 1_000_000,
    "REQUESTS_PER_IP_HOUR": 1_000_000,
    "SIGN_INS_PER_IP_MINUTE": 1_000_000,
    "MAILS_PER_RECIPIENT_HOUR": 1_000,
}


class LocalSystem:
    """A running system; its first admin is `admin@example.com`."""

    def __init__(self, binary):
        self._data = tempfile.TemporaryDirectory()
        # Goes with the system.
        self.folder = self._data.name
        self._log = open(os.path.join(self.folder, "log"), "w+", encoding="utf-8")
        arguments = [binary, "--port=0", f"--data-dir={self.folder}/data"]
        arguments += [f"--set={name}={value}" for name, value in RAISED.items()]
        self._process = subprocess.Popen(
            arguments, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=self._log, text=True
        )
        self.origin = None
        # What a program has to have in its environment to speak to the table and the other services.
        self.environment = {}
        for line in self._process.stdout:
            if line.startswith("Access links:"):
                self.origin = line.split(":", 1)[1].strip()
            elif line.startswith("export "):
                self.environment |= dict(setting.split("=", 1) for setting in line.split()[1:])
            elif line.startswith("Press Ctrl-C"):
                break
        if self.origin is None:
            raise RuntimeError(f"the system does not start: {self.log()}")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
        self._log.close()
        self._data.cleanup()

    def log(self):
        """What the system has written to its log."""
        self._log.flush()
        with open(self._log.name, encoding="utf-8") as file:
            return file.read()

    def call(self, method, path, body=None, token=None):
        """Calls the API; gives the answer's JSON. Any refusal is an error."""
        headers = {"Content-Type": "application/json"}
        if token is not None:
            headers["Authorization"] = f"Bearer {token}"
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.origin + path, data, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                text = answer.read()
        except urllib.error.HTTPError as refusal:
            raise RuntimeError(f"{method} {path}: {refusal.code} {refusal.read().decode()}") from refusal
        return json.loads(text) if text else None

    def login_token(self, email, mails=1):
        """The token of the newest login mail to this address, once there are so many."""
        for _ in range(200):
            found = re.findall(r"sign-in\?t=([\w-]+)", json.dumps(self.call("GET", f"/dev/mail.json?to={email}")))
            tokens = list(dict.fromkeys(found))
            if len(tokens) >= mails:
                return tokens[0]
            time.sleep(0.1)
        raise RuntimeError(f"no login mail to {email} arrives")

    def sign_in(self, email, mails=1):
        """A bearer session of whoever has this address."""
        body = {"token": self.login_token(email, mails), "session": "bearer"}
        return self.call("POST", "/v1/sessions", body)["session_token"]
