"""What a distribution of CloudFront fetches from."""

import http.client
import os
import re
from dataclasses import replace

from ministack.core import iam_evaluator
from ministack.services import cloudfront

API = re.compile(r"([a-z0-9]+)\.execute-api\.[a-z0-9-]+\.amazonaws\.com")


def with_bucket(read):
    """An origin with access control and an `S3OriginConfig` without fields is not taken for a bucket."""

    def origin_of(element):
        origin = read(element)
        if origin["oac_id"] and not origin["s3_bucket"]:
            origin["s3_bucket"] = cloudfront._s3_origin_bucket(origin["domain_name"])
        return origin

    return origin_of


def to_own_api(forward):
    """An API of this AWS is looked for on the internet. It is asked by the name that it has here; as API Gateway does, another Host gets 403."""

    def forwarded(origin, method, uri, query, headers, body, viewer_is_https, client_ip="127.0.0.1", viewer_x_forwarded_for=""):
        api = API.fullmatch(origin["domain_name"])
        if not api:
            return forward(origin, method, uri, query, headers, body, viewer_is_https, client_ip, viewer_x_forwarded_for)
        sent = cloudfront._origin_request_headers(origin, headers, client_ip, viewer_x_forwarded_for)
        if sent["Host"] != origin["domain_name"]:
            return 403, "Forbidden", [("Content-Type", "application/json")], b'{"message":"Forbidden"}'
        port = int(os.environ["GATEWAY_PORT"])
        sent["Host"] = f"{api[1]}.execute-api.localhost:{port}"
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            connection.request(method, uri + (f"?{query}" if query else ""), body=body or None, headers=sent)
            answer = connection.getresponse()
            return answer.status, answer.reason, answer.getheaders(), answer.read()
        finally:
            connection.close()

    return forwarded


def over_tls(evaluate):
    """What CloudFront fetches from a bucket does not count as fetched over TLS."""

    def evaluated(policy, context, *arguments, **options):
        if options.get("service") == "cloudfront.amazonaws.com":
            context = replace(context, secure_transport=True)
        return evaluate(policy, context, *arguments, **options)

    return evaluated


def install():
    cloudfront._dataplane_origin = with_bucket(cloudfront._dataplane_origin)
    cloudfront._forward_to_origin = to_own_api(cloudfront._forward_to_origin)
    iam_evaluator.evaluate_resource_policy = over_tls(iam_evaluator.evaluate_resource_policy)
