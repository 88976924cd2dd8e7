"""Every operation of the deployed system once at least, as those call it who have it: workers, admins, programs, the operator."""

import base64
import hashlib
import json
import secrets
import struct
import uuid
import zlib
from urllib.parse import urlsplit

from deployed import until


def picture():
    """A grey square of 32 pixels, as PNG."""

    def chunk(kind, content):
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", 32, 32, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x80" * 32) * 32)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def challenge():
    """What the browser of somebody who registers keeps, and what it sends of it."""
    verifier = secrets.token_urlsafe(32)
    digest = hashlib.sha256(verifier.encode()).digest()
    return verifier, base64.urlsafe_b64encode(digest).decode().rstrip("=")


class Everything:
    """The organization `created` by the operator, whose first admin has a session."""

    def __init__(self, site, stack, admin, organization):
        self.site, self.stack, self.admin, self.organization = site, stack, admin, organization
        # Its people are others than those of an organization before.
        self.tag = secrets.token_hex(3)

    def at(self, name):
        """The address of one of its people."""
        return f"{name}.{self.tag}@example.com"

    def run(self):
        self.settings()
        self.catalog()
        self.joining()
        self.changing_ones_mind()
        self.members()
        self.links()
        self.jobs()
        self.webhooks()
        self.mail_trouble()
        self.closing_down()

    def call(self, method, path, body=None, **options):
        return self.site.call(method, path, body, **({"token": self.admin} | options))

    def bulk(self, path, body, *outcomes):
        """A call about many, each of whom has an outcome of its own, whatever the call's status."""
        results = self.call("POST", path, body)["results"]
        assert [result["outcome"] for result in results] == list(outcomes), (path, results)

    def link(self, name, **terms):
        return self.call("POST", "/v1/links", {"name": name, "admission": "instant"} | terms)

    def register(self, link, name, email, expect=202, **more):
        return self.site.call("POST", f"/v1/join/{link['code']}", {"name": name, "email": email} | more, expect=expect)

    def member(self, email):
        """The member with this address; the list is an index and may be a moment late."""

        def found():
            members = self.call("GET", f"/v1/members?search={email}")["members"]
            return next((member for member in members if member["email"] == email), None)

        return until(found, f"{email} in the list")["id"]

    def settings(self):
        organization = self.call("GET", "/v1/organization")
        organization = self.call("PATCH", "/v1/organization", {"version": organization["version"], "support_contact": "help@example.com"})
        self.logo(organization["version"])
        bo = self.call("POST", "/v1/admins", {"email": self.at("bo"), "name": "Bo"})
        assert len(self.call("GET", "/v1/admins")["admins"]) == 2
        self.call("DELETE", f"/v1/admins/{bo['id']}")
        key = self.call("POST", "/v1/api-keys", {"name": "HR", "scope": "manage"})
        self.site.call("GET", "/v1/links", token=key["key"])
        assert self.call("GET", "/v1/api-keys")["api_keys"]
        self.call("DELETE", f"/v1/api-keys/{key['id']}")
        self.site.call("GET", "/v1/links", token=key["key"], expect=401)

    def logo(self, version):
        """Everybody sees it by its address, until it is taken away."""
        body = {"version": version, "picture": base64.b64encode(picture()).decode()}
        organization = self.call("PUT", "/v1/organization/logo", body)
        address = urlsplit(organization["logo"]["url"]).path
        status, headers, shown = self.site.fetch("GET", address)
        assert (status, headers["content-type"], shown) == (200, "image/png", picture()), (status, headers)
        self.call("DELETE", "/v1/organization/logo")
        assert self.site.fetch("GET", address)[0] == 404

    def catalog(self):
        self.module, self.yard, self.crew = (str(uuid.uuid4()) for _ in range(3))
        self.call("PUT", f"/v1/modules/{self.module}", {"title": "Hot work", "url": "https://training.example.com/hot-work"})
        self.call("PUT", f"/v1/units/{self.yard}", {"kind": "site", "name": "North yard", "modules": [self.module]})
        self.call("PUT", f"/v1/units/{self.crew}", {"kind": "group", "name": "Crew", "modules": [self.module]})
        catalog = self.call("GET", "/v1/catalog")
        assert [len(catalog[kind]) for kind in ("modules", "sites", "groups")] == [1, 1, 1], catalog
        self.call("GET", f"/v1/units/{self.crew}/usage")
        spare = str(uuid.uuid4())
        self.call("PUT", f"/v1/modules/{spare}", {"title": "Spare", "url": "https://training.example.com/spare"})
        self.call("DELETE", f"/v1/modules/{spare}")
        self.call("DELETE", f"/v1/units/{self.crew}")

    def joining(self):
        self.open = self.link("Spring crew", cap=40, allocation={"sites": [self.yard]})
        assert self.site.call("GET", f"/v1/join/{self.open['code']}")["state"] == "open"
        assert "<html" in self.site.call("GET", f"/v1/join/{self.open['code']}/preview").lower()
        self.site.call("POST", f"/v1/join/{self.open['code']}/opened", expect=204)
        self.register(self.open, "Ana Welder", self.at("ana"))
        ana = self.site.sign_in(self.at("ana"))
        assert [one["title"] for one in self.site.call("GET", "/v1/me", token=ana)["modules"]] == ["Hot work"]
        self.site.call("PATCH", "/v1/me", {"name": "Ana Weld", "language": "pl"}, token=ana)
        self.site.call("DELETE", "/v1/sessions/current", token=ana, expect=204)
        self.site.call("GET", "/v1/me", token=ana, expect=401)
        before = len(self.site.tokens(self.at("ana")))
        self.site.call("POST", "/v1/login-links", {"email": self.at("ana")}, expect=202)
        self.ana = self.site.sign_in(self.at("ana"), before + 1)

    def changing_ones_mind(self):
        verifier, code_challenge = challenge()
        self.register(self.open, "Cy Typo", self.at("cytypo"), code_challenge=code_challenge)
        wrong = {"email": self.at("cytypo"), "code_verifier": verifier}
        self.site.call("POST", f"/v1/join/{self.open['code']}/correct-address", wrong | {"new_email": self.at("cy")}, expect=202)
        self.site.sign_in(self.at("cy"))
        verifier, code_challenge = challenge()
        self.register(self.open, "Di Doubt", self.at("di"), code_challenge=code_challenge)
        doubt = {"email": self.at("di"), "code_verifier": verifier}
        self.site.call("POST", f"/v1/join/{self.open['code']}/withdraw", doubt, expect=204)
        self.site.call("DELETE", f"/v1/me/enrollments/{self.open['id']}", token=self.ana, expect=204)

    def members(self):
        asked = self.link("Contractors", admission="approval", allocation={"sites": [self.yard]})
        for name in ("ed", "flo", "gus"):
            self.register(asked, name.title(), self.at(name))
        ed, flo, gus = (self.member(self.at(name)) for name in ("ed", "flo", "gus"))
        preview = self.call("POST", "/v1/members/grants/previews", {"members": [ed]})
        assert preview["outcomes"] == {"granted": 1}, preview
        self.bulk("/v1/members/grants", {"members": [ed]}, "granted")
        self.bulk("/v1/members/refusals", {"members": [flo], "mail": {"message": "The course is full until spring."}}, "refused")
        self.bulk("/v1/members/login-mails", {"members": [ed]}, "queued")
        self.call("PATCH", f"/v1/members/{ed}", {"name": "Ed Rivet", "allocation": {"sites": [self.yard]}})
        self.call("POST", f"/v1/members/{gus}/correct-address", {"email": self.at("august")})
        self.bulk("/v1/members/revocations", {"members": [ed]}, "revoked")
        self.bulk("/v1/members/restorations", {"members": [ed]}, "restored")
        assert self.call("GET", f"/v1/members/{ed}")["member"]["name"] == "Ed Rivet"
        self.call("GET", f"/v1/members/{ed}/export")
        self.call("GET", "/v1/members?counts=true")
        self.call("DELETE", f"/v1/members/{flo}", expect=204)
        self.call("DELETE", f"/v1/links/{asked['id']}/enrollments/{ed}", expect=204)
        self.gus = gus

    def links(self):
        link = self.link("Night crew", cap=2)
        assert self.call("GET", f"/v1/links/{link['id']}")["version"] == 1
        link = self.call("PATCH", f"/v1/links/{link['id']}", {"version": 1, "cap": 3})
        link = self.call("POST", f"/v1/links/{link['id']}/code", {"version": link["version"]})
        twin = self.call("POST", f"/v1/links/{link['id']}/duplicates", {"name": "Late shift"})
        self.bulk("/v1/links/changes", {"links": [link["id"], twin["id"]], "change": {"state": "inactive"}}, "changed", "changed")
        self.call("DELETE", f"/v1/links/{twin['id']}", expect=204)
        assert "<svg" in self.call("GET", f"/v1/links/{link['id']}/poster", Accept="image/svg+xml")
        self.call("GET", f"/v1/links/{self.open['id']}/stats")
        assert self.call("GET", "/v1/links")["links"]
        self.call("GET", "/v1/overview")
        assert self.call("GET", "/v1/audit")["records"]

    def job(self, started):
        """A job once it is over."""

        def ended():
            job = self.call("GET", f"/v1/jobs/{started['id']}")
            return job["state"] not in ("queued", "running") and job

        return until(ended, "a job's end")

    def jobs(self):
        file = f"name,email,sites\nIda Crane,{self.at('ida')},North yard\n"
        imported = self.call("POST", "/v1/jobs/imports?access=pending", file, Content_Type="text/csv")
        assert self.job(imported)["state"] == "done"
        assert [row["outcome"] for row in self.call("GET", f"/v1/jobs/{imported['id']}/report")["rows"]] == ["created"]
        granted = self.call("POST", "/v1/jobs/grants", {"filter": {"access": "pending"}})
        assert self.job(granted)["state"] == "done"
        again = self.call("POST", "/v1/jobs/imports?access=pending&dry_run=true", file, Content_Type="text/csv")
        # Over already, or not: both are answers.
        status, _, content = self.site.fetch("POST", f"/v1/jobs/{again['id']}/cancellation", None, {"Authorization": f"Bearer {self.admin}"})
        assert status in (202, 409), (status, content)
        self.job(again)
        assert self.call("GET", "/v1/jobs")["jobs"]

    def webhooks(self):
        """The receiver is on this machine, which only a system that delivers everywhere may call."""
        stack = self.stack
        for name in ("CreateWebhook", "UpdateWebhook", "DeliverWebhook"):
            stack.set_variable(name, WEBHOOK_TARGETS="any")
        with stack.receiver() as receiver:
            hook = self.call("POST", "/v1/webhooks", {"url": receiver.url})
            secret = self.call("POST", f"/v1/webhooks/{hook['id']}/secret")["secret"]
            link = self.link("Told of")
            headers, body = receiver.wait(lambda _, body: json.loads(body).get("data", {}).get("link_id") == link["id"])
            assert receiver.is_ours(secret, headers, body), "a delivery is not signed as docs/API.md says"
            assert not receiver.is_ours(secret, headers, body + b" ")
            self.call("POST", f"/v1/webhooks/{hook['id']}/pings", expect=202)
            deliveries = until(lambda: self.call("GET", f"/v1/webhooks/{hook['id']}/deliveries")["deliveries"], "a delivery in the list")
            self.call("POST", f"/v1/webhooks/{hook['id']}/deliveries/{deliveries[0]['id']}/redeliveries", expect=202)
            version = self.call("GET", f"/v1/webhooks/{hook['id']}")["version"]
            assert self.call("GET", "/v1/webhooks")["webhooks"]
            self.call("PATCH", f"/v1/webhooks/{hook['id']}", {"version": version, "state": "inactive"})
            self.call("DELETE", f"/v1/webhooks/{hook['id']}", expect=204)

    def mail_trouble(self):
        """A complaint about a mail, as SES tells of it; the emulator's own SES tells of nothing."""
        self.register(self.open, "Jo Spam", self.at("jo"))
        until(lambda: self.site.tokens(self.at("jo")), "login link")
        self.stack.complain(self.at("jo"))
        listed = until(lambda: self.call("GET", "/v1/suppressions")["suppressions"], "the suppression in the list")
        self.call("DELETE", f"/v1/suppressions/{listed[0]['member']['id']}", expect=204)

    def closing_down(self):
        assert self.organization in [one["id"] for one in self.stack.run("ListOrganizations", {})["organizations"]]
        self.stack.run("IndexMembers", {"organization_id": self.organization})
        assert self.stack.run("SweepExpired", {})["failed"] == 0
        name = self.call("GET", "/v1/organization")["name"]
        self.stack.run("CloseOrganization", {"organization_id": self.organization, "name": name})
        self.call("GET", "/v1/links", expect=401)
