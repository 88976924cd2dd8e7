"""Expands template.yaml as CloudFormation does, and lints source and expanded form; anything found is a failure.

cfn-lint no longer looks at what a serverless template becomes, so it gets to see that too.
"""

import json
import os
import subprocess
import sys
import tempfile

from samtranslator.translator.transform import transform
from samtranslator.yaml_helper import yaml_parse


class NoManagedPolicies:
    """The template names none, so none has to be fetched from IAM."""

    def load(self):
        return {}


def main():
    os.environ.setdefault("AWS_DEFAULT_REGION", "eu-central-1")
    with open("template.yaml", encoding="utf-8") as file:
        template = yaml_parse(file.read())
    # `sam build` and `sam package` put the built folder here.
    template["Globals"]["Function"]["CodeUri"] = "s3://bucket/key"
    expanded = transform(template, {}, NoManagedPolicies())
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "expanded.json")
        with open(path, "w", encoding="utf-8") as file:
            json.dump(expanded, file, indent=2)
        lint = os.path.join(os.path.dirname(sys.executable), "cfn-lint")
        found = [subprocess.run([lint, "--", form], check=False).returncode for form in ("template.yaml", path)]
    print(f"template.yaml: {len(expanded['Resources'])} resources expanded, exit statuses of cfn-lint: {found}")
    return int(any(found))


sys.exit(main())
