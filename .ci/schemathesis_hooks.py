"""What Schemathesis has to be told of this API, and the reviewed list of what it finds that is as it should be.

A finding is dropped only if the answer is the one named here, for the operation it is named for.
"""

import os
import re

import schemathesis
from schemathesis.openapi.checks import RejectedPositiveData, UnsupportedMethodResponse, UseAfterFree

# Taken only between letters that need them, which no pattern can say.
JOINERS = re.compile("[\u200c\u200d\ufe00-\ufe0f]")
ADMIN = os.environ["ADMIN_ID"]
MEMBER = re.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")

# Rules that no schema can say. The fields that may be refused (422) in a request whose form is right, by operation.
MOMENTS = {"expires", "starts", "allocation_ends"}  # judged by the clock and against each other
UNITS = {"allocation"}  # must be in the catalog, which changes
RULES = {
    # Domains that IDNA takes; keys and options that differ; translations of what there is, into other languages.
    "createLink": MOMENTS | UNITS | {"domains", "fields", "translations"},
    "updateLink": MOMENTS | UNITS | {"domains", "fields", "translations"},
    "correctRegistration": {"new_email"},  # at a domain that the link is for
    "changeLinks": MOMENTS,
    "updateMember": UNITS,
    "putModule": {"url"},  # a host that is one, without a user
    "confirmName": {"name"},  # or a language; null is as if it were left out
    "startGrants": {"unit", "state"},  # in the catalog; a state is of an enrollment, so with its link
    "previewGrants": {"unit", "state"},
    "putUnit": {"modules", "kind"},  # must be in the catalog; a unit keeps its kind
    "redeemLink": {"name", "email", "answers"},  # needed of strangers; what a link asks is its own
    "startImport": {"file"},  # a table with its headings
    "updateOrganization": {"time_zone", "support_contact"},  # names of the IANA; an address of either kind
    "putLogo": {"picture"},  # the bytes of one
    "createApiKey": MOMENTS,
    "createWebhook": {"url"},  # a host that has a name, on one of two ports
    "updateWebhook": {"url"},
    "listAudit": {"from", "to", "limit"},  # days that the time zone has, in order; 1,000 as CSV, 100 as JSON
    "linkStats": {"limit"},
    "listMembers": {"q"},  # a letter or digit among it
}


# What a text may not hold beside control characters, for which no pattern of the description can stand: see `visible-text` there.
CONTROL = r"\x00-\x1F\x7F-\x9F"
INVISIBLE = (
    r"\xAD\u034F\u0600-\u0605\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F"
    r"\u2800\u3164\uFEFF\uFFA0\uFFF0-\uFFFB\uFFFE\uFFFF"
    "\U0001BCA0-\U0001BCA3\U0001D173-\U0001D17A\U000E0000-\U000E0FFF"
)


def with_codes(schema, codes):
    """The schema of an error with one of these codes, or what the gateway says in its place."""
    detail = {
        "properties": {"code": {"enum": codes}},
        "allOf": [
            {"if": {"properties": {"code": {"const": "invalid_fields"}}}, "then": {"required": ["fields"]}},
            {"if": {"properties": {"code": {"enum": ["internal", "unavailable"]}}}, "then": {"required": ["request_id"]}},
        ],
    }
    error = {"$ref": "#/components/schemas/Error", "properties": {"error": detail}}
    if schema["$ref"].endswith("/Failure"):
        return {"anyOf": [error, {"$ref": "#/components/schemas/GatewayError"}]}
    return error


@schemathesis.hook
def before_load_schema(_context, raw_schema):
    """Puts into the schemas what the description says beside them."""

    def tighten(value):
        if isinstance(value, dict):
            if value.get("format") == "visible-text":
                del value["format"]
                value["pattern"] = value["pattern"].replace(CONTROL, CONTROL + INVISIBLE)
            if value.get("format") == "idn-email" and "pattern" in value:
                value["pattern"] = value["pattern"].replace("]+@", "]{1,64}@")
            if "x-error-codes" in value:
                content = value["content"]["application/json"]
                content["schema"] = with_codes(content["schema"], value["x-error-codes"])
            if "x-status-values" in value:
                schema = value["content"]["application/json"]["schema"]
                schema["properties"] = {"status": {"enum": value["x-status-values"]}}
            for inner in value.values():
                tighten(inner)
        elif isinstance(value, list):
            for inner in value:
                tighten(inner)

    tighten(raw_schema)


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
    if isinstance(failure, UseAfterFree):
        # A link that was deleted is kept for its people and figures, says of itself that it is deleted, and can be duplicated; and
        # nothing uses a unit that is not there.
        if of in ("getLink", "linkStats"):
            return "deleted" not in (body.get("state"), body.get("link", {}).get("state"))
        return of not in ("duplicateLink", "unitUsage")
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
        if error.get("code") == "unclear_columns":
            # Which columns a file has is said by its headings, or by a parameter that this one was not made for.
            return of != "startImport"
        if of == "previewGrants" and error.get("code") == "malformed":
            # The description says in words that it takes one of the two: as alternatives, generators would make two types of it.
            body = case.body if isinstance(case.body, dict) else {}
            return ("members" in body) != ("filter" in body) and not ("filter" in body and "include_rejected" in body)
        if error.get("code") in ("link_expired", "link_inactive"):
            # That is how the link is.
            return of not in ("viewLink", "redeemLink", "correctRegistration")
        hidden = "must not contain control or invisible characters"
        if JOINERS.search(str(case.body)) and hidden in error.get("fields", {}).values():
            return False
        refused = {name.split(".")[0] for name in error.get("fields", {})}
        return not (refused and refused <= RULES.get(of, set()))
    return True
