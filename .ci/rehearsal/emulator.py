"""ministack, with what it lacks put right from outside; each patch says what is missing. Remove a patch once the emulator has it.

`python emulator.py` serves AWS on GATEWAY_PORT until it is stopped.
"""

import json
from email.utils import parseaddr

from ministack import app
from ministack.services import apigateway
from ministack.services.cloudformation import provisioners


def alarm_of_first_metric(record):
    """An alarm on metric math is refused and ends the deployment: it is stored as one on its first metric. It never goes off."""

    def stored(name, props):
        if metrics := props.get("Metrics"):
            stat = next(m["MetricStat"] for m in metrics if "MetricStat" in m)
            props = {k: v for k, v in props.items() if k != "Metrics"} | {
                "MetricName": stat["Metric"]["MetricName"],
                "Namespace": stat["Metric"]["Namespace"],
                "Dimensions": stat["Metric"].get("Dimensions", []),
                "Period": stat["Period"],
                "Statistic": stat["Stat"],
            }
        return record(name, props)

    return stored


def set_routes(api_id, body):
    """Makes a route and an integration of each path and method in the OpenAPI body of an HTTP API, in place of those there were."""
    apigateway._routes[api_id] = {}
    apigateway._integrations[api_id] = {}
    for path, methods in body.get("paths", {}).items():
        for method, operation in methods.items():
            integration = operation["x-amazon-apigateway-integration"]
            _, _, answer = apigateway._create_integration(
                api_id,
                {
                    "integrationUri": integration["uri"],
                    "payloadFormatVersion": integration["payloadFormatVersion"],
                },
            )
            target = f"integrations/{json.loads(answer)['integrationId']}"
            apigateway._create_route(api_id, {"routeKey": f"{method.upper()} {path}", "target": target})


def with_routes(handlers):
    """The OpenAPI body of an HTTP API is passed over, so that it has no routes."""
    create, update = handlers["create"], handlers["update"]

    def created(logical_id, props, stack_name):
        api_id, attributes = create(logical_id, props, stack_name)
        set_routes(api_id, props.get("Body") or {})
        return api_id, attributes

    def updated(physical_id, old, new, stack_name, logical_id=None):
        api_id, attributes = update(physical_id, old, new, stack_name, logical_id)
        set_routes(api_id, new.get("Body") or {})
        return api_id, attributes

    return handlers | {"create": created, "update": updated}


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


app._enforce_ses_v2 = enforce_sending(app._enforce_ses_v2)
provisioners._cw_metric_alarm_record = alarm_of_first_metric(provisioners._cw_metric_alarm_record)
provisioners._RESOURCE_HANDLERS["AWS::ApiGatewayV2::Api"] = with_routes(
    provisioners._RESOURCE_HANDLERS["AWS::ApiGatewayV2::Api"]
)

if __name__ == "__main__":
    app.main()
