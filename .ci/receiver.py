"""A receiver of webhooks, which tells by the code in docs/API.md whether a message is of the system."""

import re
import time
from pathlib import Path

import loopback

IMPORTS = "import base64, hashlib, hmac, time\n"


def documented():
    """The function that docs/API.md has for those who receive webhooks."""
    code = re.search(r"```python\n(def is_ours.*?)```", Path("docs/API.md").read_text(encoding="utf-8"), re.DOTALL)
    names = {}
    exec(IMPORTS + code[1], names)
    return names["is_ours"]


class Receiver(loopback.Server):
    """Listens on a free loopback port; `messages` are the headers and the body of each."""

    def __init__(self):
        messages = self.messages = []

        class Handler(loopback.Handler):
            def do_POST(self):
                messages.append(({name.lower(): value for name, value in self.headers.items()}, self.body()))
                self.send_response(204)
                self.end_headers()

        super().__init__(Handler)
        self.url = f"{self.origin}/events"

    def wait(self, fits, patience=30):
        """The first message that fits, once it is there."""
        until = time.monotonic() + patience
        while time.monotonic() < until:
            for message in list(self.messages):
                if fits(*message):
                    return message
            time.sleep(0.05)
        raise AssertionError(f"no such message among {self.messages}")
