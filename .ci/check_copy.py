"""Follows a restore on the system on this machine with docs/copy_items.py: a copy of the table takes the place of the restored backup.

`python check_copy.py PROGRAM`
"""

import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path

import boto3
from local_system import LocalSystem

COPY = Path(__file__).parent.parent / "docs" / "copy_items.py"
RESTORED = "access-links-restored"


def copy(*arguments):
    """What the documented program says, without its last line."""
    environment = os.environ | {"AWS_DEFAULT_REGION": os.environ["AWS_REGION"]}
    ran = subprocess.run([sys.executable, "-B", COPY, *arguments], check=True, stdout=subprocess.PIPE, text=True, env=environment)
    return ran.stdout.splitlines()[:-1]


def copied_table(client, table):
    """A second table with the same items, as a restore makes one."""
    described = client.describe_table(TableName=table)["Table"]
    indexes = [{k: i[k] for k in ("IndexName", "KeySchema", "Projection")} for i in described["GlobalSecondaryIndexes"]]
    client.create_table(
        TableName=RESTORED,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=described["AttributeDefinitions"],
        KeySchema=described["KeySchema"],
        GlobalSecondaryIndexes=indexes,
    )
    for page in client.get_paginator("scan").paginate(TableName=table):
        for item in page["Items"]:
            client.put_item(TableName=RESTORED, Item=item)


def items(client, table):
    pages = client.get_paginator("scan").paginate(TableName=table, ConsistentRead=True)
    return {(i["PK"]["S"], i["SK"]["S"]): i for page in pages for i in page["Items"]}


def settled(client, table):
    """The items of the table, once nothing writes any more what follows from earlier calls."""
    before, now = None, items(client, table)
    while before != now:
        time.sleep(2)
        before, now = now, items(client, table)
    return now


def link_organization(items_by_key, link):
    return next(partition.removeprefix("ORG#") for partition, sort in items_by_key if sort == f"LINK#{link['id']}")


def register(system, link, name, email, session=None):
    return system.call("POST", f"/v1/join/{link['code']}", {"name": name, "email": email}, session)


def main(program):
    with LocalSystem(program) as system:
        os.environ |= system.environment
        client = boto3.client("dynamodb", region_name=system.environment["AWS_REGION"])
        table = system.environment["TABLE_NAME"]
        admin = system.sign_in("admin@example.com")
        link = system.call("POST", "/v1/links", {"name": "Spring crew", "cap": 40, "admission": "instant"}, admin)
        register(system, link, "Ana Welder", "ana@example.com")
        ana = system.sign_in("ana@example.com")
        copied_table(client, table)

        # What is undone: a registration anew, another one, and the deletion of the link. What is not: that somebody signed in, and the audit log.
        system.call("DELETE", f"/v1/me/enrollments/{link['id']}", None, ana)
        register(system, link, "Ana Welder", "ana@example.com", ana)
        register(system, link, "Bo Rivet", "bo@example.com")
        bo = system.sign_in("bo@example.com")
        system.call("DELETE", f"/v1/links/{link['id']}", None, admin)
        before = settled(client, table)

        # The keys that the document names for a single link.
        door = f"DOOR#{hashlib.sha256(link['code'].encode()).hexdigest()}"
        keys = [f"ORG#{link_organization(before, link)} LINK#{link['id']}", f"LOT#{link['id']}#", door]
        of_link = copy(RESTORED, table, *[f"--only={key}" for key in keys])
        assert {line.split(" × ")[1] for line in of_link} == {"door", "link", "lot"}, of_link
        assert any("door" in line for line in copy(RESTORED, table)), "the door of the deleted link is not missed"
        assert items(client, table) == before, "a copy that only says what it would change has changed something"
        copy(RESTORED, table, "--write")
        assert copy(RESTORED, table) == [], "a second copy finds something to change"

        # The readers of the stream have seen the copy.
        after = settled(client, table)
        for key, item in before.items():
            if key[0].startswith(("SESSION#", "MAIL#")) or key[0].endswith("#AUDIT"):
                assert after[key] == item, f"{key} was to stay"
        assert system.call("GET", f"/v1/join/{link['code']}")["state"] == "open"
        assert system.call("GET", "/v1/me", None, ana)["member"]["email"] == "ana@example.com"
        stats = system.call("GET", f"/v1/links/{link['id']}/stats", None, admin)
        assert stats["by_state"]["enrolled"] == 1, stats
        emails = [member["email"] for member in system.call("GET", "/v1/members", None, admin)["members"]]
        assert "bo@example.com" not in emails and "ana@example.com" in emails, emails
        try:
            system.call("GET", "/v1/me", None, bo)
            raise AssertionError("somebody who is not registered any more is signed in")
        except RuntimeError as refusal:
            assert " 401 " in str(refusal), refusal
        # The link works as before.
        register(system, link, "Cy Crane", "cy@example.com")
        system.sign_in("cy@example.com")
        stats = system.call("GET", f"/v1/links/{link['id']}/stats", None, admin)
        assert stats["by_state"]["enrolled"] == 2, stats
    print("a table was made as its backup was, and the system went on with it")


main(*sys.argv[1:])
