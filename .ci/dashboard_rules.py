"""What charts and alarms may read: metrics that AWS publishes, and those that the template makes of lines that the code logs."""

import json
import re
from pathlib import Path

FUNCTIONS = Path(__file__).parent.parent / "functions" / "src"

# From the documentation of each service, "CloudWatch metrics": a metric and the dimensions that it is published with.
PUBLISHED = {
    "AWS/ApiGateway": {name: [["ApiId"]] for name in ["4xx", "5xx", "Count", "IntegrationLatency", "Latency"]},
    "AWS/DynamoDB": {
        name: [["TableName"], ["GlobalSecondaryIndexName", "TableName"]]
        for name in ["ConsumedReadCapacityUnits", "ConsumedWriteCapacityUnits", "ReadThrottleEvents", "WriteThrottleEvents"]
    },
    "AWS/Lambda": {name: [[], ["FunctionName"]] for name in ["ConcurrentExecutions", "Duration", "Errors", "Invocations", "Throttles"]}
    | {"IteratorAge": [["FunctionName"]]},
    "AWS/SES": {name: [[]] for name in ["Bounce", "Complaint", "Delivery", "Reject", "Send"]}
    | {name: [[], ["ses:configuration-set"]] for name in ["Reputation.BounceRate", "Reputation.ComplaintRate"]},
    "AWS/SQS": {"ApproximateNumberOfMessagesVisible": [["QueueName"]], "ApproximateAgeOfOldestMessage": [["QueueName"]]},
}


def of_type(template, kind):
    return [(name, r["Properties"]) for name, r in template["Resources"].items() if r["Type"] == kind]


def text(value):
    """A text, or what `Fn::Sub` makes one of."""
    return value["Fn::Sub"] if isinstance(value, dict) and "Fn::Sub" in value else value


def filters(template):
    for name, p in of_type(template, "AWS::Logs::MetricFilter"):
        for made in p["MetricTransformations"]:
            yield name, p, made


def unknown(template, namespace, metric, dimensions):
    """Why there is no such metric, if there is none."""
    if namespace in PUBLISHED:
        given = PUBLISHED[namespace].get(metric)
        if given is None:
            return f"{namespace} has no metric {metric}"
        return None if sorted(dimensions) in given else f"{namespace} has no metric {metric} by {sorted(dimensions)}"
    made = {(text(m["MetricNamespace"]), m["MetricName"]) for _, _, m in filters(template)}
    if (namespace, metric) not in made or dimensions:
        return f"no filter makes the metric {metric} by {sorted(dimensions)} of {namespace}"
    return None


def charts(template):
    """The widgets of all dashboards, by the name of the dashboard."""
    for name, p in of_type(template, "AWS::CloudWatch::Dashboard"):
        for widget in json.loads(text(p["DashboardBody"]))["widgets"]:
            yield name, widget


def empty_charts(template):
    for name, widget in charts(template):
        for metric in widget["properties"].get("metrics", []):
            namespace, title, *dimensions = [part for part in metric if isinstance(part, str)]
            if why := unknown(template, namespace, title, dimensions[::2]):
                yield f"{name}, {widget['properties']['title']}: {why}"


def deaf_alarms(template):
    for name, p in of_type(template, "AWS::CloudWatch::Alarm"):
        for read in [p] if "MetricName" in p else [m["MetricStat"]["Metric"] for m in p["Metrics"] if "MetricStat" in m]:
            dimensions = [dimension["Name"] for dimension in read.get("Dimensions", [])]
            if why := unknown(template, text(read["Namespace"]), read["MetricName"], dimensions):
                yield f"{name}: {why}"


def crooked(template):
    """Widgets that lie on each other or beside the dashboard, and dashboards that cost something."""
    taken, metrics = {}, {}
    for name, widget in charts(template):
        x, y = widget["x"], widget["y"]
        cells = {(name, i, j) for i in range(x, x + widget["width"]) for j in range(y, y + widget["height"])}
        if any(i >= 24 for _, i, _ in cells) or cells & set(taken):
            yield f"{name}: {widget['properties']['title']} has no place of its own"
        taken |= dict.fromkeys(cells)
        metrics[name] = metrics.get(name, 0) + len(widget["properties"].get("metrics", []))
    yield from (f"{name}: {count} metrics, over the 50 that are free" for name, count in metrics.items() if count > 50)


def alarms_shown(template):
    shown = {alarm for _, widget in charts(template) for alarm in widget["properties"].get("alarms", [])}
    there = {f"${{{name}.Arn}}" for name, _ in of_type(template, "AWS::CloudWatch::Alarm")}
    yield from (f"{alarm} is not shown" for alarm in sorted(there - shown))
    yield from (f"{alarm} is shown and not there" for alarm in sorted(shown - there))


def unwritten(template):
    """Filters that wait for what no line of the log says."""
    routes = {
        f"{method.upper()} {path}"
        for _, p in of_type(template, "AWS::ApiGatewayV2::Api")
        for path, methods in p["Body"]["paths"].items()
        for method in methods
    }
    for name, p, made in filters(template):
        pattern, group = p["FilterPattern"], p["LogGroupName"]["Ref"]
        fields = re.findall(r"\$\.(\w+)", pattern + made["MetricValue"])
        if group == "ApiLogGroup":
            form = next(s["AccessLogSettings"]["Format"] for _, s in of_type(template, "AWS::ApiGatewayV2::Stage"))
            yield from (f"{name}: the access log has no field {field}" for field in fields if f'"{field}"' not in form)
            for wanted in re.findall(r'routeKey = "([^"]+)"', pattern):
                like = re.compile(re.escape(wanted).replace(r"\*", ".*"))
                if not any(like.fullmatch(route) for route in routes):
                    yield f"{name}: no route is {wanted}"
            continue
        operation = re.sub(r"(?<!^)(?=[A-Z])", "_", group.removesuffix("LogGroup")).lower()
        code = (FUNCTIONS / "operations" / f"{operation}.rs").read_text(encoding="utf-8")
        lines = re.findall(r"tracing::\w+!\(([^;]*?)\)[;,\n]", code)
        message = re.search(r'\$\.message = "([^"]+)"', pattern)[1]
        line = next((line for line in lines if line.rstrip().endswith(f'"{message}"')), None)
        if line is None:
            yield f"{name}: {operation} never logs `{message}`"
        else:
            yield from (f"{name}: `{message}` has no field {f}" for f in fields if f != "message" and not re.search(rf"\b{f} = ", line))
