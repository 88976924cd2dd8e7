"""The deployed stack as its operator sees it: outputs, functions, roles, queues."""

import json
import re

from documented import ROOT
from receiver import Receiver, documented

NAME = "access-links"

# What Lambda itself does in a function's name, outside of the function: the emulator does not ask for leave.
BY_LAMBDA = re.compile(r"logs:.*|xray:.*")


class Stack:
    def __init__(self, aws):
        self.aws = aws
        described = aws.client("cloudformation").describe_stacks(StackName=NAME)["Stacks"][0]
        self.outputs = {output["OutputKey"]: output["OutputValue"] for output in described["Outputs"]}
        self._lambda = aws.client("lambda")
        pages = aws.client("cloudformation").get_paginator("list_stack_resources").paginate(StackName=NAME)
        self.resources = {one["LogicalResourceId"]: one for page in pages for one in page["StackResourceSummaries"]}

    def physical(self, logical):
        return self.resources[logical]["PhysicalResourceId"]

    def of_kind(self, kind):
        """The physical ids of all resources of a kind, by their names in the template."""
        return {name: one["PhysicalResourceId"] for name, one in self.resources.items() if one["ResourceType"] == kind}

    def run(self, name, event):
        """What a function answers. An error of its is one here."""
        answer = self._lambda.invoke(FunctionName=self.physical(f"{name}Function"), Payload=json.dumps(event))
        said = json.loads(answer["Payload"].read() or b"null")
        if "FunctionError" in answer:
            raise SystemExit(f"{name}: {said}")
        return said

    def set_variable(self, name, **variables):
        """Sets variables of a function's environment beside those that it has."""
        function = self.physical(f"{name}Function")
        has = self._lambda.get_function_configuration(FunctionName=function)["Environment"]["Variables"]
        self._lambda.update_function_configuration(FunctionName=function, Environment={"Variables": has | variables})

    def runs(self, name):
        """How often a function ran so far."""
        function = self.physical(f"{name}Function")
        return sum(note.get("function") == function for note in self.aws.notes())

    def set_rate(self, expression):
        """Sets how often the sweep is started."""
        scheduler = self.aws.client("scheduler")
        [name] = self.of_kind("AWS::Scheduler::Schedule").values()
        schedule = scheduler.get_schedule(Name=name)
        kept = {key: schedule[key] for key in ("Name", "FlexibleTimeWindow", "Target")}
        scheduler.update_schedule(**kept | {"ScheduleExpression": expression})

    def complain(self, email):
        """Tells of a complaint about the last mail to this address, as SES does. Nobody else may put an event in the name of AWS on the bus."""
        mail = [note for note in self.aws.notes() if note.get("sent_to") == [email]][-1]
        event = json.loads((ROOT / "events/record-mail-feedback.complaint.json").read_text(encoding="utf-8"))
        detail = event["detail"]
        detail["mail"] |= {"destination": [email]}
        detail["mail"]["tags"] |= {name: [value] for name, value in mail["tags"].items()}
        detail["complaint"]["complainedRecipients"] = [{"emailAddress": email}]
        self.run("RecordMailFeedback", event)

    def listen(self):
        """Begins to keep what is published on the bus; gives what reads it."""
        sqs, events, bus = self.aws.client("sqs"), self.aws.client("events"), self.outputs["EventBus"]
        queue = sqs.create_queue(QueueName="rehearsal")["QueueUrl"]
        arn = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
        events.put_rule(Name="rehearsal", EventBusName=bus, EventPattern=json.dumps({"account": [{"exists": True}]}))
        events.put_targets(Rule="rehearsal", EventBusName=bus, Targets=[{"Id": "queue", "Arn": arn}])
        kept = []

        def published():
            while messages := sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages"):
                kept.extend(json.loads(message["Body"]) for message in messages)
                for message in messages:
                    sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
            return kept

        return published

    def receiver(self):
        receiver = Receiver()
        receiver.is_ours = documented()
        return receiver

    def dead_letters(self):
        """How many messages wait in each queue of dead letters that has any."""
        sqs = self.aws.client("sqs")
        waiting = {}
        for name, url in self.of_kind("AWS::SQS::Queue").items():
            attributes = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["ApproximateNumberOfMessages"])["Attributes"]
            if (count := int(attributes["ApproximateNumberOfMessages"])):
                waiting[name] = count
        return waiting

    def functions(self):
        """The physical names of the functions, by their names in the template."""
        return {name.removesuffix("Function"): one for name, one in self.of_kind("AWS::Lambda::Function").items()}

    def granted(self):
        """The actions that each role of a function allows, as pairs."""
        iam = self.aws.client("iam")
        pairs = set()
        for role in self.of_kind("AWS::IAM::Role").values():
            for policy in iam.list_role_policies(RoleName=role)["PolicyNames"]:
                document = iam.get_role_policy(RoleName=role, PolicyName=policy)["PolicyDocument"]
                for statement in document["Statement"]:
                    if statement["Effect"] == "Allow":
                        actions = statement["Action"]
                        pairs |= {(role, action) for action in ([actions] if isinstance(actions, str) else actions)}
        return {(role, action) for role, action in pairs if not BY_LAMBDA.fullmatch(action)}
