"""HTTP APIs of API Gateway."""

import json

from ministack.services import apigateway
from ministack.services.cloudformation import provisioners


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


def install():
    handlers = provisioners._RESOURCE_HANDLERS
    handlers["AWS::ApiGatewayV2::Api"] = with_routes(handlers["AWS::ApiGatewayV2::Api"])
