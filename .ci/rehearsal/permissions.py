"""What the roles of the functions allow, tried on the deployed stack: each permission is needed, and nothing else is there."""

import contextlib
import io
import json
import zipfile

# A function that makes one call with the permissions of the role that it is given.
PROBE = """
import boto3, botocore.exceptions, os

def handler(event, _):
    client = boto3.client(event["service"], endpoint_url=os.environ["AWS_ENDPOINT_URL"])
    try:
        getattr(client, event["call"])(**event["with"])
    except botocore.exceptions.ClientError as error:
        return error.response["Error"]["Code"]
    return "allowed"
"""

DENIED = ("AccessDeniedException", "AccessDenied")


@contextlib.contextmanager
def without(stack, role, action):
    """Takes an action away from a role, and gives it back."""
    iam = stack.aws.client("iam")
    kept = {}
    for policy in iam.list_role_policies(RoleName=role)["PolicyNames"]:
        document = iam.get_role_policy(RoleName=role, PolicyName=policy)["PolicyDocument"]
        kept[policy] = json.dumps(document)
        left = []
        for statement in document["Statement"]:
            actions = statement["Action"] if isinstance(statement["Action"], list) else [statement["Action"]]
            if statement["Effect"] == "Allow":
                actions = [one for one in actions if one != action]
            if actions:
                left.append(statement | {"Action": actions})
        iam.put_role_policy(RoleName=role, PolicyName=policy, PolicyDocument=json.dumps(document | {"Statement": left}))
    try:
        yield
    finally:
        for policy, document in kept.items():
            iam.put_role_policy(RoleName=role, PolicyName=policy, PolicyDocument=document)


class Probe:
    """Calls with the permissions of the roles of functions."""

    def __init__(self, stack):
        self._stack = stack
        self._lambda = stack.aws.client("lambda")
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("probe.py", PROBE)
        self._code = packed.getvalue()

    def call(self, function, service, call, **arguments):
        """What a call with the role of a function comes to: `allowed`, or the code of the error."""
        name = f"probe-{function}"
        role = self._lambda.get_function_configuration(FunctionName=self._stack.physical(f"{function}Function"))["Role"]
        with contextlib.suppress(self._lambda.exceptions.ResourceConflictException):
            self._lambda.create_function(
                FunctionName=name,
                Runtime="python3.12",
                Role=role,
                Handler="probe.handler",
                Code={"ZipFile": self._code},
                Environment={"Variables": {"AWS_ENDPOINT_URL": self._stack.aws.origin}},
                Timeout=30,
            )
        event = {"service": service, "call": call, "with": arguments}
        answer = self._lambda.invoke(FunctionName=name, Payload=json.dumps(event))
        return json.loads(answer["Payload"].read())


def try_what_is_denied(stack):
    """Nobody reads the whole table, changes or deletes an audit record, writes without need, or sends as somebody else."""
    probe = Probe(stack)
    table = stack.outputs["TableName"]
    organization = "01a2044d-fbc0-75a1-b2dc-2ff9dfac9b8e"
    record = {"PK": {"S": f"ORG#{organization}#AUDIT"}, "SK": {"S": "01a2044d-fbc0-75a1-b2dc-2ff9dfac9b8f"}}
    member = {"PK": {"S": "MEMBER#nobody"}, "SK": {"S": "MEMBER"}}
    change = {"UpdateExpression": "SET act = :act", "ExpressionAttributeValues": {":act": {"S": "nothing"}}}

    def denied(function, service, call, **arguments):
        came_to = probe.call(function, service, call, **arguments)
        assert came_to in DENIED, f"{function} may {call} {arguments}: {came_to}"

    # Where the probe itself could not call, everything would seem to be denied.
    allowed = probe.call("RedeemLink", "dynamodb", "get_item", TableName=table, Key=member)
    assert allowed == "allowed", allowed
    for function in ("RedeemLink", "ListMembers", "SweepExpired", "EraseMember", "CloseOrganization"):
        denied(function, "dynamodb", "scan", TableName=table)
        denied(function, "dynamodb", "delete_table", TableName=table)
    for function in ("SweepExpired", "EraseMember", "RevokeAccess"):
        denied(function, "dynamodb", "update_item", TableName=table, Key=record, **change)
        denied(function, "dynamodb", "delete_item", TableName=table, Key=record)
    for function in ("ListMembers", "LinkStats", "ViewLink"):
        denied(function, "dynamodb", "put_item", TableName=table, Item=member)
        denied(function, "dynamodb", "delete_item", TableName=table, Key=member)
    mail = {
        "Destination": {"ToAddresses": ["ana@example.com"]},
        "Content": {"Simple": {"Subject": {"Data": "Hello"}, "Body": {"Text": {"Data": "Hello"}}}},
        "ConfigurationSetName": stack.physical("MailConfigurationSet"),
    }
    own = probe.call("SendMail", "sesv2", "send_email", FromEmailAddress="training@example.com", **mail)
    assert own == "allowed", own
    denied("SendMail", "sesv2", "send_email", FromEmailAddress="boss@example.com", **mail)
    denied("RedeemLink", "sesv2", "send_email", FromEmailAddress="training@example.com", **mail)
