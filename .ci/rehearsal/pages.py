"""The pages as the distribution serves them, with their headers."""

import re


def look(site):
    """Every page that people open by its address, a file with a hashed name, and what is not there."""
    for path in ("/", "/join/abcdefghjkmnpqrstvwxyz23", "/sign-in?t=x", "/training", "/admin", "/admin/links", "/admin/members/1"):
        status, headers, content = site.fetch("GET", path)
        assert status == 200, (path, status, content[:300])
        assert headers["content-type"].startswith("text/html"), (path, headers)
        for name in ("content-security-policy", "strict-transport-security", "x-content-type-options", "referrer-policy"):
            assert name in headers, f"{path} has no {name}: {headers}"
        private = path.startswith(("/join", "/sign-in"))
        assert not private or headers["referrer-policy"] == "no-referrer", (path, headers)
    asset = re.search(rb'"(/assets/[^"]+)"', content)[1].decode()
    status, headers, _ = site.fetch("GET", asset)
    assert (status, headers["cache-control"]) == (200, "public, max-age=31536000, immutable"), (asset, status, headers)
    assert site.fetch("GET", "/no/such/page")[0] == 404
    assert site.fetch("POST", "/training", b"")[0] == 403, "only the API takes what is sent"
    http = {"X-Forwarded-Proto": "http"}
    status, headers, _ = site.fetch("GET", "/training", headers=http)
    assert status == 301 and headers["location"].startswith("https://"), (status, headers)
    assert site.fetch("GET", "/v1/me", headers=http)[0] == 403, "the API answers nobody without TLS"
    status, headers, content = site.fetch("GET", "/v1/me")
    assert status == 401 and headers["cache-control"] == "no-store", (status, headers, content)
