"""Servers on this machine, for checks: each on a free loopback port, and ended with the check."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Handler(BaseHTTPRequestHandler):
    """Answers requests, and writes none of them to the log."""

    protocol_version = "HTTP/1.1"

    def body(self):
        """What was sent with the request."""
        return self.rfile.read(int(self.headers.get("content-length") or 0))

    def log_message(self, *_):
        pass


class Server:
    """Answers with a handler until it is left; `origin` is its address."""

    def __init__(self, handler):
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.origin = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()
