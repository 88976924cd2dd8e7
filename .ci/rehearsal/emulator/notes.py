"""What happened in the emulator, for the rehearsal to read: permissions that roles used, functions that ran, and mails."""

import json
import os
import threading

from ministack import app
from ministack.core import iam_evaluator
from ministack.services import lambda_svc

_writing = threading.Lock()


def note(**what):
    with _writing, open(os.environ["NOTES"], "a", encoding="utf-8") as file:
        file.write(json.dumps(what) + "\n")


def role_of(access_key):
    """The name of the role that a key of a session belongs to; none for the operator."""
    caller = iam_evaluator.resolve_caller_identity(access_key or "")
    arn = (caller or {}).get("userArn", "")
    return arn.split("/")[1] if ":assumed-role/" in arn else None


def noting_permissions(enforce):
    def enforced(access_key_id, iam_action, service, region, resource_arn="*", service_context=None):
        denied = enforce(access_key_id, iam_action, service, region, resource_arn, service_context)
        if role := role_of(access_key_id):
            note(role=role, action=iam_action, resource=resource_arn, allowed=denied is None)
        return denied

    return enforced


def noting_functions(execute):
    def executed(function, *arguments):
        result = execute(function, *arguments)
        note(function=function["config"]["FunctionName"], failed=bool(result.get("error")))
        return result

    return executed


def noting_mails(enforce):
    """The emulator keeps a mail without its tags, by which SES would tell of it later."""

    def enforced(method, path, headers, body, query, request_id):
        denied = enforce(method, path, headers, body, query, request_id)
        if denied is None and method == "POST" and path == "/v2/email/outbound-emails":
            mail = json.loads(body)
            note(sent_to=mail["Destination"]["ToAddresses"], tags={tag["Name"]: tag["Value"] for tag in mail.get("EmailTags", [])})
        return denied

    return enforced


def install():
    app._enforce_ses_v2 = noting_mails(app._enforce_ses_v2)
    iam_evaluator.enforce = noting_permissions(iam_evaluator.enforce)
    lambda_svc._execute_function_dispatch = noting_functions(lambda_svc._execute_function_dispatch)
