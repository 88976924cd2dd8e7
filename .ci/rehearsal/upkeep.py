"""What an operator does with a running system, by the commands of docs/OPERATIONS.md, while people go on registering."""

import contextlib
import json
import re
import secrets
import time
from datetime import UTC, datetime

from aws import REGION
from deployed import until
from documented import ROOT, blocks
from load import Load
from stack import NAME

OPERATIONS = "docs/OPERATIONS.md"

# The emulator ends the calls that run when a function is replaced, which Lambda lets end by themselves.
CUT_SHORT = b"Runtime.ExitError"


class Upkeep:
    """The operator's work on a system in which somebody has a session of an admin."""

    def __init__(self, shell, stack, site, admin):
        self._shell, self._stack, self._site, self._admin = shell, stack, site, admin
        self._cloudformation = stack.aws.client("cloudformation")

    def _documented(self, heading):
        return "\n".join(blocks(OPERATIONS, heading))

    def _status(self):
        return self._cloudformation.describe_stacks(StackName=NAME)["Stacks"][0]["StackStatus"]

    @contextlib.contextmanager
    def _people_registering(self):
        """Nobody is refused meanwhile, and everybody who was told so is registered."""
        tag = secrets.token_hex(3)
        link = self._site.call("POST", "/v1/links", {"name": f"Rush {tag}", "admission": "instant"}, self._admin)
        with Load(self._site, link, tag) as load:
            yield
        refused = [answer for answer in load.refused if CUT_SHORT not in answer[1]]
        assert not refused, f"refused meanwhile: {refused[:5]}"
        cut_short = len(load.refused)
        states = self._site.call("GET", f"/v1/links/{link['id']}/stats", token=self._admin)["by_state"]
        there = sum(count for state, count in states.items() if state != "removed")
        acknowledged = len(load.admitted)
        assert 0 < acknowledged <= there <= acknowledged + cut_short, f"{acknowledged} were acknowledged, {there} are there"
        print(f"  registered meanwhile: {acknowledged}; calls that the emulator cut short: {cut_short}", flush=True)

    def change_a_parameter(self):
        self._shell.run(self._documented("Changing a parameter"))
        groups = self._stack.aws.client("logs").describe_log_groups(logGroupNamePrefix=f"/{NAME}/redeem-link")["logGroups"]
        assert [group["retentionInDays"] for group in groups] == [60], groups

    def _shown_key(self):
        """The key that the distribution shows to the API."""
        config = self._stack.aws.client("cloudfront").get_distribution_config(Id=self._stack.outputs["DistributionId"])
        origins = config["DistributionConfig"]["Origins"]["Items"]
        return next(header["HeaderValue"] for origin in origins for header in origin.get("CustomHeaders", {}).get("Items", []))

    def change_the_origin_key(self, direct):
        """`direct` is the API without the distribution."""
        old = self._shown_key()
        direct.call("GET", "/v1/me", expect=401, X_Origin_Key=old)
        with self._people_registering():
            self._shell.run(self._documented("Changing the origin key"))
        new = self._shown_key()
        assert new != old, "the distribution shows the old key"
        direct.call("GET", "/v1/me", expect=401, X_Origin_Key=new)
        direct.call("GET", "/v1/me", expect=403, X_Origin_Key=old)

    def deploy_a_later_version(self):
        """What is built last is changed by a byte that no program reads, so that each function is replaced."""
        commands = blocks(OPERATIONS, "Later versions")[0]
        build, deploy = commands.split("\n", 1)
        assert build.startswith("cargo lambda build ") and deploy.startswith("sam deploy "), commands
        self._shell.run(build)
        before = self._bytes_of_functions()
        for binary in (ROOT / "target/lambda").glob("*/bootstrap"):
            with binary.open("ab") as file:
                file.write(b"\0")
        with self._people_registering():
            self._shell.run(deploy, typed="y\n")
        same = [name for name, sha in self._bytes_of_functions().items() if before[name] == sha]
        assert not same, f"not replaced: {same}"

    def _bytes_of_functions(self):
        client = self._stack.aws.client("lambda")
        names = self._stack.functions()
        return {name: client.get_function_configuration(FunctionName=one)["CodeSha256"] for name, one in names.items()}

    def break_a_deployment(self):
        """A package that is not there: CloudFormation goes back by itself, and people do not notice."""
        before = self._bytes_of_functions()
        template = self._cloudformation.get_template(StackName=NAME, TemplateStage="Original")["TemplateBody"]
        text = template if isinstance(template, str) else json.dumps(template)
        package = re.search(r"s3://[^\s\"']+", text)[0]
        s3 = self._stack.aws.client("s3")
        s3.create_bucket(Bucket="broken", CreateBucketConfiguration={"LocationConstraint": REGION})
        s3.put_object(Bucket="broken", Key="template", Body=text.replace(package, f"{package}-lost").encode())
        parameters = self._cloudformation.describe_stacks(StackName=NAME)["Stacks"][0]["Parameters"]
        keep = [{"ParameterKey": one["ParameterKey"], "UsePreviousValue": True} for one in parameters]
        with self._people_registering():
            self._cloudformation.update_stack(
                StackName=NAME,
                TemplateURL=f"{self._stack.aws.origin}/broken/template",
                Parameters=keep,
                Capabilities=["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"],
            )
            until(lambda: self._status() == "UPDATE_ROLLBACK_COMPLETE", "the way back")
        assert self._bytes_of_functions() == before, "a function of the broken version stayed"

    def allow_a_recipient(self):
        """The role of `send-mail` gets a right more, and loses it again."""
        role, iam = self._stack.physical("SendMailRole"), self._stack.aws.client("iam")
        before = iam.list_role_policies(RoleName=role)["PolicyNames"]
        give, take = blocks(OPERATIONS, "In the SES sandbox")
        self._shell.run(give)
        assert sorted(iam.list_role_policies(RoleName=role)["PolicyNames"]) == sorted([*before, "ses-sandbox"])
        self._shell.run(f". docs/operations.sh\n{take}")
        assert iam.list_role_policies(RoleName=role)["PolicyNames"] == before

    def stop_and_go_on(self):
        pause, resume = blocks(OPERATIONS, "Stopping all functions")
        self._shell.run(pause)
        assert self._site.fetch("GET", "/v1/me")[0] >= 429, "a stopped function answers"
        self._shell.run(f". docs/operations.sh\n{resume}")
        self._site.call("GET", "/v1/links", token=self._admin)

    def restore(self):
        """A link is deleted by mistake; the state before it is restored, and the link is there again."""
        link = self._site.call("POST", "/v1/links", {"name": "Deleted by mistake", "admission": "instant"}, self._admin)
        moment = datetime.now(UTC)
        time.sleep(1.5)
        self._site.call("DELETE", f"/v1/links/{link['id']}", token=self._admin, expect=204)
        commands = self._documented("Backup and restore")
        documented = re.search(r"MOMENT=\S+", commands)[0]
        self._shell.run(commands.replace(documented, f"MOMENT={moment:%Y-%m-%dT%H:%M:%SZ}"))
        self._site.call("GET", f"/v1/links/{link['id']}", token=self._admin)

    def remove(self):
        """Table and bucket stay, and all else goes."""
        table, bucket = self._stack.outputs["TableName"], self._stack.outputs["SiteBucket"]
        self._shell.run(self._documented("Keeping and removing"))
        described = self._stack.aws.client("dynamodb").describe_table(TableName=table)["Table"]
        assert described["DeletionProtectionEnabled"] and described["ItemCount"] > 0, described
        self._stack.aws.client("s3").head_bucket(Bucket=bucket)
        left = self._stack.aws.client("lambda").list_functions()["Functions"]
        assert not [one for one in left if one["FunctionName"].startswith(NAME)], left
