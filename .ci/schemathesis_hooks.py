"""What Schemathesis has to be told of this API, and the reviewed list of what it finds that is as it should be.

A finding is dropped only if the answer is the one named here, for the operation it is named for.
"""

import os
import re

import schemathesis
from schemathesis.openapi.checks import RejectedPositiveData, UnsupportedMethodResponse

# Taken only between letters that need them, which no pattern can say.
JOINERS = re.compile("[\u200c\u200d\ufe00-\ufe0f]")
ADMIN = os.environ["ADMIN_ID"]
MEMBER = re.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")

# Rules that no schema can say. The fields that may be refused (422) in a request whose form is right, by operation.
MOMENTS = {"expires", "starts", "allocation_ends"}  # judged by the clock and against each other
UNITS = {"allocation"}  # must be in the catalog, which changes
RULES = {
    "createLink": MOMENTS | UNITS | {"domains", "fields"},  # domains that IDNA takes; keys and options that differ
    "updateLink": MOMENTS | UNITS | {"domains", "fields"},
    "changeLinks": MOMENTS,
    "updateMember": UNITS,
    "putModule": {"url"},  # a host that is one, without a user
    "putUnit": {"modules", "kind"},  # must be in the catalog; a unit keeps its kind
    "redeemLink": {"name", "email", "answers"},  # needed of strangers; what a link asks is its own
    "startImport": {"file"},  # a table with its headings
    "updateOrganization": {"time_zone", "support_contact"},  # names of the IANA; an address of either kind
    "createApiKey": MOMENTS,
    "createWebhook": {"url"},  # a host that has a name, on one of two ports
    "updateWebhook": {"url"},
    "listAudit": {"from", "to", "limit"},  # days that the time zone has, in order; 1,000 as CSV, 100 as JSON
    "linkStats": {"limit"},
    "listMembers": {"q"},  # a letter or digit among it
}


@schemathesis.serializer("text/csv")
def text_csv(_context, value):
    """A file is sent as it is."""
    return value if isinstance(value, bytes) else str(value).encode()


@schemathesis.hook
def filter_case(_context, case):
    """The session that everything is tested with stays an admin's."""
    of = case.operation.definition.raw["operationId"]
    return not (of == "removeAdmin" and (case.path_parameters or {}).get("id") == ADMIN)


@schemathesis.hook
def map_headers(_context, headers):
    """Whom a request expects to be signed in is who it is: any other member is refused before anything else is tried."""
    name = "Expected-Member"
    expected = str((headers or {}).get(name, ""))
    return {**headers, name: ADMIN} if expected == "none" or MEMBER.fullmatch(expected) else headers


@schemathesis.hook
def filter_failure(_context, failure, case, response):
    """Whether a finding is one."""
    body = response.json() if "json" in "".join(response.headers.get("content-type", [])) else {}
    of = case.operation.definition.raw["operationId"]
    if isinstance(failure, UnsupportedMethodResponse):
        # Where a path has no route for the method, API Gateway answers as where there is no path; and to another operation
        # whose path has a parameter there, the path's last word is an id that nothing has, or the member is not the expected one.
        codes = ((404, None), (404, "not_found"), (404, "link_not_found"), (409, "other_member"))
        return (response.status_code, body.get("error", {}).get("code")) not in codes
    if isinstance(failure, RejectedPositiveData):
        error = body.get("error", {})
        if error.get("code") == "invalid_cursor":
            # Only an answer gives a cursor.
            return False
        if error.get("code") == "idempotency_key_reused":
            # Keys are short here, and come up again.
            return False
        if error.get("code") == "confirm_person":
            # The honeypot is filled in; a person is asked.
            return not (isinstance(case.body, dict) and case.body.get("website"))
        if error.get("code") in ("link_expired", "link_inactive"):
            # That is how the link is.
            return of not in ("viewLink", "redeemLink")
        hidden = "must not contain control or invisible characters"
        if JOINERS.search(str(case.body)) and hidden in error.get("fields", {}).values():
            return False
        refused = {name.split(".")[0] for name in error.get("fields", {})}
        return not (refused and refused <= RULES.get(of, set()))
    return True
