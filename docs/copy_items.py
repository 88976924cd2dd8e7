"""Makes a table as another one, which was restored from a backup: docs/OPERATIONS.md, "Backup and restore".

    python3 docs/copy_items.py RESTORED TABLE            # says what it would change
    python3 docs/copy_items.py RESTORED TABLE --write    # changes it
    python3 docs/copy_items.py RESTORED TABLE --only 'ORG#… LINK#…' --only 'LOT#…'

With `--only`, items whose partition key and sort key, joined by a blank, begin otherwise are left alone. Nothing else may write to the
tables meanwhile. A copy that was interrupted is repeated: it goes on where it ended.

Needs boto3, which the SAM CLI brings along, and the right to scan, read and write both tables.
"""

import argparse
import collections
import time

import boto3

# What is as it is now, whatever the backup says: who is signed in and how they may sign in, how often somebody tried, what was mailed.
KEPT = ("SESSION#", "TOKEN#", "CODES#", "LIMIT#", "MAIL#", "REQUEST#")

# How many keys one call may have.
READ_AT_ONCE, WRITTEN_AT_ONCE = 100, 25


class Tables:
    """The two tables, read consistently."""

    def __init__(self, client, restored, table):
        self.client = client
        self.restored = restored
        self.table = table

    def scan(self, name, only):
        """The pages of a table, without the items that are left alone."""
        for page in self.client.get_paginator("scan").paginate(TableName=name, ConsistentRead=True):
            yield [item for item in page["Items"] if is_copied(item, only)]

    def find(self, name, items):
        """What a table has under the keys of these items, by key."""
        found = {}
        for some in chunks([key(item) for item in items], READ_AT_ONCE):
            asked = {name: {"Keys": some, "ConsistentRead": True}}
            while asked:
                answer = self.client.batch_get_item(RequestItems=asked)
                found |= {path(item): item for item in answer["Responses"].get(name, [])}
                asked = patient(answer["UnprocessedKeys"])
        return found

    def write(self, requests):
        """Puts and deletes items."""
        for some in chunks(requests, WRITTEN_AT_ONCE):
            asked = {self.table: some}
            while asked:
                asked = patient(self.client.batch_write_item(RequestItems=asked)["UnprocessedItems"])


def patient(rest):
    if rest:
        time.sleep(0.5)
    return rest


def chunks(items, size):
    return [items[start : start + size] for start in range(0, len(items), size)]


def key(item):
    return {"PK": item["PK"], "SK": item["SK"]}


def path(item):
    return f"{item['PK']['S']} {item['SK']['S']}"


def is_copied(item, only):
    own = path(item)
    return not own.startswith(KEPT) and (not only or own.startswith(tuple(only)))


def is_audit(item):
    """Audit records are added, and never changed or deleted."""
    return item["PK"]["S"].endswith("#AUDIT")


def has_expired(item):
    """Whether the table would delete it by itself."""
    return "delete_after" in item and int(item["delete_after"]["N"]) < time.time()


def same(one, other):
    """Whether two items have the same content. A set has no order."""

    def sorted_sets(value):
        if isinstance(value, list):
            return [sorted_sets(part) for part in value]
        if isinstance(value, dict):
            return {name: sorted(part) if name in {"SS", "NS", "BS"} else sorted_sets(part) for name, part in value.items()}
        return value

    return sorted_sets(one) == sorted_sets(other)


def is_another_registration(before, after):
    """Whether an enrollment took the place of another one. From such a change of the table, publish-events takes the earlier enrollment
    off the counts of its link. The counts are restored too, so it must not: a deletion and a new item say nothing of the kind.
    """
    return after["SK"]["S"].startswith("ENROLLMENT#") and before.get("registered_at") != after.get("registered_at")


def put_back(tables, only, write, counts):
    """What the restored table has and the other has not, or has otherwise."""
    for page in tables.scan(tables.restored, only):
        there = tables.find(tables.table, page)
        deleted, put = [], []
        for item in page:
            before = there.get(path(item))
            if has_expired(item) or (before and (is_audit(item) or same(before, item))):
                continue
            counts["changed back" if before else "put back", entity(item)] += 1
            if before and is_another_registration(before, item):
                deleted.append({"DeleteRequest": {"Key": key(item)}})
            put.append({"PutRequest": {"Item": item}})
        if write:
            tables.write(deleted)
            tables.write(put)


def take_away(tables, only, write, counts):
    """What is in the table since, and was not there at that moment."""
    for page in tables.scan(tables.table, only):
        page = [item for item in page if not is_audit(item)]
        there = tables.find(tables.restored, page)
        new = [item for item in page if path(item) not in there]
        counts.update(("deleted", entity(item)) for item in new)
        if write:
            tables.write([{"DeleteRequest": {"Key": key(item)}} for item in new])


def entity(item):
    return item.get("entity", {}).get("S", "(without a name)")


def main():
    parser = argparse.ArgumentParser(description="Makes a table as another one, which was restored from a backup.")
    parser.add_argument("restored", help="the table that was restored from the backup")
    parser.add_argument("table", help="the table of the system")
    parser.add_argument("--only", action="append", help="beginning of the keys to copy, such as 'ORG#6666 LINK#0190'; repeatable")
    parser.add_argument("--write", action="store_true", help="change the table; without it, only say what would change")
    given = parser.parse_args()
    tables = Tables(boto3.client("dynamodb"), given.restored, given.table)
    counts = collections.Counter()
    put_back(tables, given.only, given.write, counts)
    take_away(tables, given.only, given.write, counts)
    for (what, of), count in sorted(counts.items()):
        print(f"{what}: {count} × {of}")
    print("The table is changed." if given.write else "Nothing was changed. Give --write to change the table.")


if __name__ == "__main__":
    main()
