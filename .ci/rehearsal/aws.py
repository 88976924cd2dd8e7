"""An AWS of the rehearsal's own on loopback, ended with it."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import boto3

EMULATOR = Path(__file__).parent / "emulator"
REGION = "eu-central-1"


class Aws:
    """The emulator, its environment for other programs, and what was mailed through it."""

    def __init__(self, folder):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.origin = f"http://127.0.0.1:{self.port}"
        self.log = Path(folder) / "emulator.log"
        self.noted = Path(folder) / "notes"
        self.noted.touch()
        self.environment = {
            "AWS_ENDPOINT_URL": self.origin,
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_DEFAULT_REGION": REGION,
            "AWS_REGION": REGION,
            "AWS_PAGER": "",
        }

    def __enter__(self):
        settings = {
            "BIND_HOST": "127.0.0.1",
            "GATEWAY_PORT": str(self.port),
            "MINISTACK_HOST": "localhost",
            "MINISTACK_REGION": REGION,
            # Functions run as processes of this machine; there is no Docker to look for.
            "LAMBDA_EXECUTOR": "local",
            "DOCKER_HOST": "unix:///nonexistent.sock",
            "AUTH": "true",
            "NOTES": str(self.noted),
            "PERSIST_STATE": "0",
            "S3_PERSIST": "0",
            "IOT_MTLS_ENABLED": "0",
            "SFTP_ENABLED": "0",
        }
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-B", str(EMULATOR)],
                env=os.environ | self.environment | settings,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        deadline = time.monotonic() + 120
        while not self._ready():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise SystemExit(f"the emulator did not start:\n{self.log.read_text()[-4000:]}")
            time.sleep(0.2)
        return self

    def __exit__(self, *_):
        # With the functions that it started.
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def _ready(self):
        try:
            urllib.request.urlopen(f"{self.origin}/_ministack/ready", timeout=2).close()
        except (urllib.error.URLError, OSError):
            return False
        return True

    def mails(self):
        """What SES took so far."""
        with urllib.request.urlopen(f"{self.origin}/_ministack/ses/messages", timeout=10) as answer:
            return [mail for account in json.load(answer)["messages"].values() for mail in account]

    def notes(self):
        """What the emulator noted so far: permissions of roles, and functions that ran."""
        return [json.loads(line) for line in self.noted.read_text(encoding="utf-8").splitlines()]

    def client(self, service):
        """The operator's client of a service."""
        return boto3.client(
            service,
            endpoint_url=self.origin,
            region_name=REGION,
            aws_access_key_id="test",
            aws_secret_access_key="test",
        )
