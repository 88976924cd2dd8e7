"""The gate of template.yaml: expands it as CloudFormation does, then has cfn-lint read source and expanded form, checkov the
expanded form, and our own rules too. Anything found is a failure, and so is a reviewed finding that is not found any more.

cfn-lint no longer looks at what a serverless template becomes, so it gets to see that too. All of it works without a network.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml
from samtranslator.translator.transform import transform
from samtranslator.yaml_helper import yaml_parse

import guide_rules
import template_rules

HERE = Path(__file__).parent
TOOLS = Path(sys.executable).parent


class NoManagedPolicies:
    """The template names none, so none has to be fetched from IAM."""

    def load(self):
        return {}


def expand(path):
    template = yaml_parse(path.read_text(encoding="utf-8"))
    # `sam deploy` puts the address of the uploaded binary here.
    for resource in template["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            resource["Properties"]["CodeUri"] = "s3://bucket/key"
    return transform(template, {}, NoManagedPolicies())


def lint(form):
    return subprocess.run([TOOLS / "cfn-lint", "--", form], check=False).returncode


def checkov(form):
    """What checkov finds, without what the list of reviewed findings has; and what that list has in vain."""
    command = [TOOLS / "checkov", "-f", form, "--framework", "cloudformation", "--compact", "--quiet", "-o", "json"]
    # Without a key, and told not to: it asks nobody outside for anything.
    environment = os.environ | {"BC_SKIP_MAPPING": "TRUE", "LOG_LEVEL": "ERROR"}
    ran = subprocess.run(command, check=False, capture_output=True, text=True, env=environment)
    report = json.loads(ran.stdout)
    passed = report["summary"]["passed"]
    if passed == 0 or report["summary"]["parsing_errors"]:
        return passed, [f"checkov could not read the template: {report['summary']}"]
    reviewed = yaml.safe_load((HERE / "reviewed_findings.yaml").read_text(encoding="utf-8"))
    used, found = set(), []
    for finding in report["results"]["failed_checks"]:
        check, resource = finding["check_id"], finding["resource"]
        entries = [i for i, e in enumerate(reviewed) if e["check"] == check and re.fullmatch(e["resource"], resource)]
        used.update(entries)
        if not entries:
            found.append(f"{check} {resource}: {finding['check_name']}")
    vain = [f"reviewed, but not found: {e['check']} {e['resource']}" for i, e in enumerate(reviewed) if i not in used]
    return passed, found + vain


def main():
    os.environ.setdefault("AWS_DEFAULT_REGION", "eu-central-1")
    source = Path("template.yaml")
    expanded = expand(source)
    found = template_rules.broken(expanded)
    found += template_rules.blind(expanded)
    found += guide_rules.alarms_without_first_step()
    found += guide_rules.commands_that_nothing_runs()
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "expanded.json")
        with open(path, "w", encoding="utf-8") as file:
            json.dump(expanded, file, indent=2)
        linted = [lint(form) for form in (str(source), path)]
        passed, findings = checkov(path)
    for line in found + findings:
        print(line)
    print(f"template.yaml: {len(expanded['Resources'])} resources expanded; exit statuses of cfn-lint: {linted}; "
          f"checkov: {passed} checks passed, {len(findings)} findings not reviewed; "
          f"{len(template_rules.RULES)} rules of our own, {len(found)} broken")
    return int(any(linted) or bool(found + findings))


sys.exit(main())
