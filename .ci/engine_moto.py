"""moto's server on a loopback port: `engine_moto.py PORT`, in a virtual environment that has moto.

Three things of moto's would be told as faults of ours, and are mended here:
- It does not keep transactions apart that run side by side: one request is served at a time.
- It does not know the token by which DynamoDB knows a transaction that the SDK sends again: one that was done is answered as done.
- For every write of a transaction it copies its tables with all that was ever in their streams, and keeps the copies for as long
  as the stream: a copy is made once for each transaction, of what it may change.
"""

import copy
import io
import json
import sys
import threading
from collections import defaultdict

from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.models.dynamo_type import DynamoType
from moto.dynamodb.models.table import Table
from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import run_simple

MOTO = DomainDispatcherApplication(create_backend_app)
TURN = threading.Lock()
DONE = {}


class Backup:
    """What a table was before the transaction that is being served."""

    writes, copies = [], {}

    @classmethod
    def begin(cls, writes):
        cls.writes = [next(iter(write.values())) for write in writes]
        cls.copies = {}

    @classmethod
    def of(cls, table):
        if id(table) not in cls.copies:
            cls.copies[id(table)] = cls.copied(table)
        return cls.copies[id(table)]

    @classmethod
    def copied(cls, table):
        backup = copy.copy(table)
        backup.items = defaultdict(dict, {partition: dict(items) for partition, items in table.items.items()})
        for write in cls.writes:
            key = write.get("Key") or write["Item"]
            partition, sort = DynamoType(key[table.hash_key_attr]), DynamoType(key[table.range_key_attr])
            if sort in backup.items.get(partition, {}):
                # An update changes the item itself.
                backup.items[partition][sort] = copy.deepcopy(backup.items[partition][sort])
        if table.stream_shard:
            backup.stream_shard = copy.copy(table.stream_shard)
            backup.stream_shard.items = list(table.stream_shard.items)
            backup.stream_shard.table = backup
        return backup


def transact_write_items(backend, writes, plain=DynamoDBBackend.transact_write_items):
    Backup.begin(writes)
    return plain(backend, writes)


DynamoDBBackend.transact_write_items = transact_write_items
Table.__deepcopy__ = lambda table, _memo: Backup.of(table)


def token(environ):
    if not environ.get("HTTP_X_AMZ_TARGET", "").endswith(".TransactWriteItems"):
        return None
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    environ["wsgi.input"] = io.BytesIO(body)
    return json.loads(body).get("ClientRequestToken")


def serve(environ, start_response):
    with TURN:
        sent = token(environ)
        if sent in DONE:
            start_response(*DONE[sent])
            return [b"{}"]
        begun = []

        def start(status, headers, *more):
            begun[:] = [status, headers]
            return start_response(status, headers, *more)

        answer = list(MOTO(environ, start))
        if sent and begun[0].startswith("200"):
            DONE[sent] = (begun[0], [(name, value) for name, value in begun[1] if name.lower() != "content-length"])
        return answer


run_simple("127.0.0.1", int(sys.argv[1]), serve, threaded=True)
