"""A receiver of webhooks, which tells by the code in docs/API.md whether a message is of the system."""

import re
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

IMPORTS = "import base64, hashlib, hmac, time\n"


def documented():
    """The function that docs/API.md has for those who receive webhooks."""
    code = re.search(r"```python\n(def is_ours.*?)```", Path("docs/API.md").read_text(encoding="utf-8"), re.DOTALL)
    names = {}
    exec(IMPORTS + code[1], names)
    return names["is_ours"]


class Receiver:
    """Listens on a free loopback port; `messages` are the headers and the body of each."""

    def __init__(self):
        messages = self.messages = []

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["content-length"]))
                messages.append(({name.lower(): value for name, value in self.headers.items()}, body))
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_):
                pass

        self._server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/events"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()

    def wait(self, fits, patience=30):
        """The first message that fits, once it is there."""
        until = time.monotonic() + patience
        while time.monotonic() < until:
            for message in list(self.messages):
                if fits(*message):
                    return message
            time.sleep(0.05)
        raise AssertionError(f"no such message among {self.messages}")
