"""The deployed system as people and programs reach it: through the distribution, with what was mailed and published."""

import contextlib
import http.client
import itertools
import json
import re
import time
import urllib.parse

import loopback

# How many seconds something that happens by itself may take; `patience` changes it.
_patience = [60]


@contextlib.contextmanager
def patience(seconds):
    """Waits no longer than so for anything."""
    _patience.append(seconds)
    try:
        yield
    finally:
        _patience.pop()


def until(happened, what, seconds=None):
    """What `happened` gives, once that is something."""
    limit = seconds or _patience[-1]
    deadline = time.monotonic() + limit
    while not (found := happened()):
        if time.monotonic() > deadline:
            raise SystemExit(f"{what}: not after {limit} s")
        time.sleep(0.2)
    return found


class Site:
    """The address of the distribution, or the API's own, as people at one loopback address reach it: they share its limits."""

    _addresses = itertools.count(2)

    def __init__(self, aws, domain):
        self.aws, self.domain = aws, domain
        self._address = f"127.0.0.{next(self._addresses) % 250 + 1}"

    def elsewhere(self):
        """The same for people at another address."""
        return Site(self.aws, self.domain)

    def fetch(self, method, path, body=None, headers=None):
        """Status, headers by their names in lower case, and bytes of an answer. No redirect is followed."""
        connection = http.client.HTTPConnection("127.0.0.1", self.aws.port, timeout=60, source_address=(self._address, 0))
        with contextlib.closing(connection):
            connection.request(method, path, body, {"Host": self.domain, "X-Forwarded-Proto": "https"} | (headers or {}))
            answer = connection.getresponse()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()

    def call(self, method, path, body=None, token=None, expect=None, **headers):
        """The JSON of an answer, or its text where it is another. Any status but the one expected, or a success, is an error."""
        sent = {"Content-Type": "application/json"} | {name.replace("_", "-"): value for name, value in headers.items()}
        if token:
            sent["Authorization"] = f"Bearer {token}"
        data = None if body is None else body.encode() if isinstance(body, str) else json.dumps(body).encode()
        status, _, content = self.fetch(method, path, data, sent)
        if status != expect if expect else status >= 400:
            raise SystemExit(f"{method} {path}: {status} {content.decode()[:500]}")
        try:
            return json.loads(content or b"null")
        except json.JSONDecodeError:
            return content.decode()

    def tokens(self, email):
        """The tokens of the login links that were mailed to this address, oldest first."""
        mails = [mail["BodyText"] for mail in self.aws.mails() if mail["To"] == [email]]
        return [link[1] for mail in mails if (link := re.search(r"/sign-in\?t=([\w-]+)", mail))]

    def sign_in(self, email, mails=1):
        """A bearer session by the newest login link, once there are so many mails with one."""
        tokens = until(lambda: len(found := self.tokens(email)) >= mails and found, f"login link to {email}")
        return self.call("POST", "/v1/sessions", {"token": tokens[-1], "session": "bearer"}, expect=201)["session_token"]


class Door(loopback.Server):
    """The distribution on a loopback port of its own, for programs that cannot name its host, with the pages that the system on one machine
    has for developers: what was mailed, and what was published on the bus.
    """

    def __init__(self, site, published):
        class Handler(loopback.Handler):
            def do(self):
                url = urllib.parse.urlsplit(self.path)
                body = self.body() or None
                if url.path == "/dev/mail.json":
                    to = urllib.parse.parse_qs(url.query)["to"][0]
                    answer = 200, {}, json.dumps([mail for mail in site.aws.mails() if mail["To"] == [to]]).encode()
                elif url.path == "/dev/events.json":
                    answer = 200, {}, json.dumps(published(), separators=(",", ":")).encode()
                else:
                    sent = {name: value for name, value in self.headers.items() if name.lower() not in ("host", "connection")}
                    answer = site.fetch(self.command, self.path, body, sent)
                status, headers, content = answer
                self.send_response(status)
                for name, value in headers.items():
                    if name not in ("content-length", "transfer-encoding", "connection", "date", "server"):
                        self.send_header(name, value)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do

        super().__init__(Handler)
