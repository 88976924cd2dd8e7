"""What IAM decides by."""

import json
from email.utils import parseaddr

from ministack import app
from ministack.core import iam_actions

def enforce_sending(enforce):
    """A SendEmail is authorized on every resource and without `ses:FromAddress`: each role that names either is denied."""

    def enforced(method, path, headers, body, query, request_id):
        if (method, path) != ("POST", "/v2/email/outbound-emails"):
            return enforce(method, path, headers, body, query, request_id)
        mail = json.loads(body)
        sender = parseaddr(mail["FromEmailAddress"])[1]
        own = f"arn:aws:ses:{app.extract_region(headers, query)}:000000000000"
        for resource in [f"{own}:identity/{sender.split('@')[1]}", f"{own}:configuration-set/{mail['ConfigurationSetName']}"]:
            denied = app._enforce_data_plane(
                "sesv2",
                "ses:SendEmail",
                headers,
                query,
                request_id,
                resource_arn=resource,
                service_context={"ses:FromAddress": sender},
                named_resource=resource,
            )
            if denied:
                return denied
        return None

    return enforced


def leading_keys(request):
    """The partition keys that a request to DynamoDB names, with those of each part of a batch or a transaction."""
    keys = []
    if isinstance(request, list):
        for part in request:
            keys += leading_keys(part)
        return keys
    if not isinstance(request, dict):
        return keys
    for name, value in request.items():
        if name in ("Key", "Item"):
            keys.append(value["PK"]["S"])
        elif name == "KeyConditionExpression":
            keys += [text for text in [_queried(request, value)] if text]
        elif name == "Keys":
            keys += [one["PK"]["S"] for one in value]
        elif name not in ("ExpressionAttributeValues", "ExpressionAttributeNames"):
            keys += leading_keys(value)
    return keys


def _queried(request, condition):
    """The value that a query's condition holds the partition key to: what stands behind the first `=`."""
    placeholder = condition.split("=", 1)[1].split()[0]
    return request.get("ExpressionAttributeValues", {}).get(placeholder, {}).get("S")


def with_leading_keys(context):
    """`dynamodb:LeadingKeys` is never there, so that no condition on it holds."""

    def full(body):
        keys = leading_keys(json.loads(body or b"{}"))
        return context(body) | ({"dynamodb:LeadingKeys": keys} if keys else {})

    return full


def install():
    app._enforce_ses_v2 = enforce_sending(app._enforce_ses_v2)
    iam_actions.dynamodb_service_context = with_leading_keys(iam_actions.dynamodb_service_context)
