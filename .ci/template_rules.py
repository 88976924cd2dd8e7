"""Our own rules for the expanded template, each with a change that must break it: a rule that lets it pass is blind."""

import copy
import json
import re
import shutil
import subprocess
from pathlib import Path

import dashboard_rules
import guide_rules

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
WEB = ROOT / "web"

RULES = []


def rule(counterexample):
    """A rule yields what breaks it; `counterexample` changes a sound template so that it is broken."""

    def add(check):
        RULES.append((check, counterexample))
        return check

    return add


def broken(template):
    """What breaks a rule in this template."""
    return [f"{check.__name__.replace('_', ' ')}: {what}" for check, _ in RULES for what in check(template)]


def blind(template):
    """The rules that do not see the change that should break them."""
    found = []
    for check, counterexample in RULES:
        changed = copy.deepcopy(template)
        counterexample(changed["Resources"], changed)
        if len(list(check(changed))) <= len(list(check(template))):
            found.append(f"blind to what should break it: {check.__name__}")
    return found


def of_type(template, kind):
    return [(name, r.get("Properties", {})) for name, r in template["Resources"].items() if r["Type"] == kind]


def as_list(value):
    return value if isinstance(value, list) else [value]


def target(value):
    """The logical id that `Ref` or `Fn::GetAtt` points to."""
    if isinstance(value, dict):
        value = value.get("Ref") or value.get("Fn::GetAtt")
    return value[0] if isinstance(value, list) else value


def statements(properties):
    for policy in properties.get("Policies", []):
        yield from as_list(policy["PolicyDocument"]["Statement"])


def first(resources, kind):
    return next(r for r in resources.values() if r["Type"] == kind)


# --- Functions and roles ---------------------------------------------------------------------------------------------


@rule(lambda r, _: first(r, "AWS::Lambda::Function")["Properties"].update(Timeout=60))
def a_function_runs_as_they_all_do(template):
    for name, p in of_type(template, "AWS::Lambda::Function"):
        sound = {
            "runtime": p.get("Runtime") == "provided.al2023",
            "architecture": p.get("Architectures") == [{"Ref": "Architecture"}],
            "tracing": p.get("TracingConfig") == {"Mode": "Active"},
            "time limit": 1 <= p.get("Timeout", 3) <= 20,
            "log format": p.get("LoggingConfig", {}).get("LogFormat") == "JSON",
            "concurrency": "ReservedConcurrentExecutions" not in p,
        }
        yield from (f"{name}: {what}" for what, holds in sound.items() if not holds)


@rule(lambda r, _: r["ViewLinkFunction"]["Properties"].update(Role={"Fn::GetAtt": ["RedeemLinkRole", "Arn"]}))
def a_function_has_a_role_and_a_log_of_its_own(template):
    roles, groups = set(), set()
    for name, p in of_type(template, "AWS::Lambda::Function"):
        for kind, value, seen in [("role", p["Role"], roles), ("log", p["LoggingConfig"]["LogGroup"], groups)]:
            its = target(value)
            if its in seen or its not in template["Resources"]:
                yield f"{name}: {kind} {its}"
            seen.add(its)


@rule(lambda r, _: r["ApiLogGroup"]["Properties"].pop("RetentionInDays"))
def a_log_is_kept_for_a_time_that_is_set(template):
    return [name for name, p in of_type(template, "AWS::Logs::LogGroup") if "RetentionInDays" not in p]


def wide(statement):
    for action in as_list(statement["Action"]):
        if "*" in action or action == "dynamodb:Scan":
            yield f"action {action}"
    if "*" in as_list(statement["Resource"]) and any(not a.startswith("xray:") for a in as_list(statement["Action"])):
        yield "every resource"


@rule(lambda r, _: r["ViewLinkRole"]["Properties"]["Policies"][0]["PolicyDocument"]["Statement"][1]["Action"].append(
    "dynamodb:Scan"))
def a_role_allows_no_more_than_is_named(template):
    allowed = [(n, s) for n, p in of_type(template, "AWS::IAM::Role") for s in statements(p)]
    for name, p in of_type(template, "AWS::IAM::ManagedPolicy"):
        allowed += [(name, s) for s in as_list(p["PolicyDocument"]["Statement"])]
    for name, statement in allowed:
        if statement["Effect"] == "Allow":
            yield from (f"{name}: {what}" for what in wide(statement))


@rule(lambda r, _: r["ViewLinkRole"]["Properties"]["ManagedPolicyArns"].append(
    "arn:aws:iam::aws:policy/AmazonDynamoDBFullAccess"))
def no_role_has_a_ready_made_policy(template):
    for name, p in of_type(template, "AWS::IAM::Role"):
        if any(target(arn) not in template["Resources"] for arn in p.get("ManagedPolicyArns", [])):
            yield name


@rule(lambda r, _: r["ViewLinkRole"]["Properties"]["AssumeRolePolicyDocument"]["Statement"][0].update(Principal="*"))
def a_role_is_for_the_service_that_takes_it(template):
    for name, p in of_type(template, "AWS::IAM::Role"):
        for statement in p["AssumeRolePolicyDocument"]["Statement"]:
            principal = statement["Principal"]
            services = as_list(principal.get("Service", "")) if isinstance(principal, dict) else [principal]
            if not set(services) <= {"lambda.amazonaws.com", "scheduler.amazonaws.com", "events.amazonaws.com"}:
                yield f"{name}: {services}"


# --- What is kept ----------------------------------------------------------------------------------------------------


@rule(lambda r, _: r["Table"].pop("DeletionPolicy"))
def nothing_that_is_kept_is_lost(template):
    for name, p in of_type(template, "AWS::DynamoDB::Table"):
        resource = template["Resources"][name]
        sound = {
            "on demand": p.get("BillingMode") == "PAY_PER_REQUEST",
            "recovery": p.get("PointInTimeRecoverySpecification", {}).get("PointInTimeRecoveryEnabled") is True,
            "deletion protection": p.get("DeletionProtectionEnabled") is True,
            "retained": (resource.get("DeletionPolicy"), resource.get("UpdateReplacePolicy")) == ("Retain", "Retain"),
            "encryption": p.get("SSESpecification", {}).get("SSEEnabled") is True,
            "TTL": p.get("TimeToLiveSpecification", {}).get("Enabled") is True,
        }
        yield from (f"{name}: {what}" for what, holds in sound.items() if not holds)


@rule(lambda r, _: r["Site"]["Properties"]["PublicAccessBlockConfiguration"].update(BlockPublicPolicy=False))
def no_bucket_is_public(template):
    for name, p in of_type(template, "AWS::S3::Bucket"):
        block = p.get("PublicAccessBlockConfiguration", {})
        if len(block) != 4 or not all(value is True for value in block.values()):
            yield name


@rule(lambda r, _: first(r, "AWS::SQS::Queue")["Properties"].update(MessageRetentionPeriod=345600))
def a_queue_is_encrypted_and_keeps_what_it_has_for_two_weeks(template):
    for name, p in of_type(template, "AWS::SQS::Queue"):
        if p.get("SqsManagedSseEnabled") is not True or p.get("MessageRetentionPeriod") != 1_209_600:
            yield name


# --- The API ---------------------------------------------------------------------------------------------------------


def api(template):
    return next(p for _, p in of_type(template, "AWS::ApiGatewayV2::Api"))


@rule(lambda r, _: first(r, "AWS::ApiGatewayV2::Api")["Properties"]["Body"]["paths"].update(
    {"/v1/{proxy+}": {"x-amazon-apigateway-any-method": {}}}))
def every_route_is_named(template):
    for path, methods in api(template)["Body"]["paths"].items():
        if not path.startswith("/v1/") or "+" in path or not set(methods) <= {"get", "put", "post", "patch", "delete"}:
            yield f"{path} {sorted(methods)}"


@rule(lambda r, _: first(r, "AWS::ApiGatewayV2::Stage")["Properties"].pop("DefaultRouteSettings"))
def the_api_is_throttled_and_logs_the_route_but_never_the_path(template):
    for name, p in of_type(template, "AWS::ApiGatewayV2::Stage"):
        throttle = p.get("DefaultRouteSettings", {})
        if not {"ThrottlingRateLimit", "ThrottlingBurstLimit"} <= set(throttle):
            yield f"{name}: no throttling"
        form = p.get("AccessLogSettings", {}).get("Format", "")
        if "$context.routeKey" not in form or re.search(r"\$context\.(path|http|identity|requestOverride)", form):
            yield f"{name}: access log {form}"


@rule(lambda r, _: first(r, "AWS::ApiGatewayV2::Api")["Properties"]["Body"].update(
    {"x-amazon-apigateway-cors": {"allowOrigins": ["*"]}}))
def there_is_no_cors(template):
    return ["x-amazon-apigateway-cors"] if "x-amazon-apigateway-cors" in api(template)["Body"] else []


# --- What comes without a request ------------------------------------------------------------------------------------


@rule(lambda r, _: first(r, "AWS::Lambda::EventSourceMapping")["Properties"].pop("BisectBatchOnFunctionError"))
def a_stream_loses_nothing_and_one_bad_record_holds_nobody_up(template):
    for name, p in of_type(template, "AWS::Lambda::EventSourceMapping"):
        sound = {
            "partial failures": p.get("FunctionResponseTypes") == ["ReportBatchItemFailures"],
            "bisect": p.get("BisectBatchOnFunctionError") is True,
            "retries": 0 < p.get("MaximumRetryAttempts", -1) <= 10_000,
            "dead letters": bool(p.get("DestinationConfig", {}).get("OnFailure", {}).get("Destination")),
            "filter": bool(p.get("FilterCriteria", {}).get("Filters")),
        }
        yield from (f"{name}: {what}" for what, holds in sound.items() if not holds)


@rule(lambda r, _: [r.update({f"Reader{i}": copy.deepcopy(first(r, "AWS::Lambda::EventSourceMapping"))}) for i in "ab"])
def a_stream_has_two_readers_at_most(template):
    """A third may be throttled: DynamoDB allows two to read from one shard at a time."""
    readers = of_type(template, "AWS::Lambda::EventSourceMapping")
    return [] if len(readers) <= 2 else [f"{len(readers)} readers"]


@rule(lambda r, _: first(r, "AWS::Scheduler::Schedule")["Properties"]["Target"].pop("DeadLetterConfig"))
def a_schedule_tries_again_and_has_dead_letters_and_no_name_of_its_own(template):
    for name, p in of_type(template, "AWS::Scheduler::Schedule"):
        if "RetryPolicy" not in p["Target"] or "DeadLetterConfig" not in p["Target"] or "Name" in p:
            yield name


@rule(lambda r, _: first(r, "AWS::Events::Rule")["Properties"]["Targets"][0].pop("DeadLetterConfig"))
def a_rule_tries_again_and_has_dead_letters(template):
    for name, p in of_type(template, "AWS::Events::Rule"):
        for goal in p["Targets"]:
            if "RetryPolicy" not in goal or "DeadLetterConfig" not in goal:
                yield name


@rule(lambda r, _: first(r, "AWS::SES::ConfigurationSetEventDestination")["Properties"]["EventDestination"][
    "MatchingEventTypes"].append("click"))
def links_in_mails_are_not_rewritten(template):
    for name, p in of_type(template, "AWS::SES::ConfigurationSetEventDestination"):
        if not set(p["EventDestination"]["MatchingEventTypes"]) <= {"bounce", "complaint", "reject", "deliveryDelay"}:
            yield name


# --- The address of all ----------------------------------------------------------------------------------------------


def behaviours(template):
    for _, p in of_type(template, "AWS::CloudFront::Distribution"):
        config = p["DistributionConfig"]
        yield from [config["DefaultCacheBehavior"], *config["CacheBehaviors"]]


def changed_behaviour(path, **changes):
    """Changes how one path is handled."""

    def change(resources, _):
        config = resources["Distribution"]["Properties"]["DistributionConfig"]
        next(b for b in config["CacheBehaviors"] if b["PathPattern"] == path).update(changes)

    return change


@rule(changed_behaviour("/v1/*", CachePolicyId="658327ea-f89d-4fab-a63d-7e88639e58f6"))
def nothing_of_the_api_is_cached_but_logos_and_every_page_has_its_headers(template):
    for behaviour in behaviours(template):
        path = behaviour.get("PathPattern", "*")
        if behaviour["ViewerProtocolPolicy"] not in {"https-only", "redirect-to-https"}:
            yield f"{path}: http"
        if behaviour["TargetOriginId"] == "api":
            if path != "/v1/logos/*" and behaviour["CachePolicyId"] != "4135ea2d-6df8-44a3-9df3-4b5a84be39ad":
                yield f"{path}: cached"
            if "ResponseHeadersPolicyId" not in behaviour:
                yield f"{path}: what API Gateway answers itself has no headers of ours"
        elif "ResponseHeadersPolicyId" not in behaviour or behaviour["AllowedMethods"] != ["GET", "HEAD"]:
            yield f"{path}: a page without its headers, or with other methods"


@rule(changed_behaviour("/v1/logos/*", CachePolicyId="658327ea-f89d-4fab-a63d-7e88639e58f6"))
def a_logo_is_cached_for_a_day_at_most_and_as_the_same_for_everybody(template):
    for behaviour in behaviours(template):
        if behaviour.get("PathPattern") != "/v1/logos/*":
            continue
        policy = template["Resources"].get(target(behaviour["CachePolicyId"]), {}).get("Properties", {})
        config = policy.get("CachePolicyConfig", {})
        if not 0 < config.get("MaxTTL", 0) <= 86400 or config.get("MinTTL") != 0:
            yield "kept for longer than a day, or although its answer says not to"
        sent = config.get("ParametersInCacheKeyAndForwardedToOrigin", {})
        kinds = {"CookiesConfig": "CookieBehavior", "HeadersConfig": "HeaderBehavior", "QueryStringsConfig": "QueryStringBehavior"}
        if any(sent.get(part, {}).get(name) != "none" for part, name in kinds.items()) or "OriginRequestPolicyId" in behaviour:
            yield "something of the viewer goes to the API"
        if behaviour["AllowedMethods"] != ["GET", "HEAD"]:
            yield "other methods"


@rule(lambda r, _: r["ViewerAddress"]["Properties"].update(
    FunctionCode="function handler(event) { return event.request; }"))
def the_functions_at_the_edge_do_what_they_are_for(template):
    if shutil.which("node") is None:
        print("not run, because there is no node: the functions at the edge")
        return
    yield from edge(template, "ViewerAddress", [
        ({"uri": "/v1/me", "headers": {"x-viewer-address": {"value": "forged"}}},
         {"uri": "/v1/me", "headers": {"x-viewer-address": {"value": "192.0.2.7"}}}),
    ])
    same = ["/", "/style.css", "/assets/app.js", "/join/a/b.js"]
    moved = {"/join/abc": "/join.html"} | {f"/{page}": f"/{page}.html" for page in ["sign-in", "training", "admin"]}
    moved |= {f"/admin/{page}": "/admin.html" for page in ["", "links", "links/", "links/6f6c3b0e-2a58-4c43-9d27-5b1b8f2a9e02/edit"]}
    moved |= {f"/join/{code}": "/join.html" for code in ["abc/", "abc.", "ab%20c%E2%80%8B/%3E"]}
    moved |= {"/sign-in/": "/sign-in.html", "/training).": "/training.html", "/training%20": "/training.html"}
    yield from edge(template, "PageOfPath", [
        *[({"uri": uri}, {"uri": uri}) for uri in same],
        *[({"uri": uri}, {"uri": to}) for uri, to in moved.items()],
    ])
    messenger = {"user-agent": {"value": "WhatsApp/2.23.20.0 A"}}
    for uri, query, to in [("/join/abc", {}, "/v1/join/abc/preview"), ("/join/abc/", {}, "/v1/join/abc/preview"), ("/join/abc", {"open": {"value": ""}}, None),
                           ("/join/a%20b", {}, None), ("/training", {}, None)]:
        given = run_edge(template, "PageOfPath", {"uri": uri, "querystring": query, "headers": messenger})
        if given.get("headers", {}).get("location", {}).get("value") != to:
            yield f"PageOfPath: a messenger at {uri} got {given}"
    for uri in ["/nowhere", "/join/", "/join//", "/join/a/b", "/join/a/%2", "/sign-in/x", "/sign-in-x", "/trainings", "/admin//", "/admin/A", "/administrator"]:
        given = run_edge(template, "PageOfPath", {"uri": uri})
        if given.get("statusCode") != 404 or said(given.get("body", "")) != said((WEB / "404.html").read_text(encoding="utf-8")):
            yield f"PageOfPath: {uri} is no page, and got {given}"


def said(page):
    """What a reader of a page sees of it: its title, its heading and its links."""
    return re.findall(r"<(title|h1|a)\b([^>]*)>([^<]*)<", page)


# What every request has at the edge, however little it says.
NO_MORE = {"headers": {}, "querystring": {}}


def edge(template, name, cases):
    for request, expected in cases:
        given = run_edge(template, name, request)
        if given != NO_MORE | expected:
            yield f"{name}: {request} became {given}"


def run_edge(template, name, request):
    code = template["Resources"][name]["Properties"]["FunctionCode"]
    event = json.dumps({"request": NO_MORE | request, "viewer": {"ip": "192.0.2.7"}})
    script = f"{code}\nconsole.log(JSON.stringify(handler({event})))"
    ran = subprocess.run(["node", "-e", script], check=True, capture_output=True, text=True)
    return json.loads(ran.stdout)


# --- Alarms ----------------------------------------------------------------------------------------------------------


def watched(template, metric):
    for _, p in of_type(template, "AWS::CloudWatch::Alarm"):
        if p.get("MetricName") == metric:
            yield from (target(dimension["Value"]) for dimension in p.get("Dimensions", []))


@rule(lambda r, _: r.pop("MailDeadLettersAlarm"))
def every_queue_of_dead_letters_has_an_alarm(template):
    seen = set(watched(template, "ApproximateNumberOfMessagesVisible"))
    return [name for name, _ in of_type(template, "AWS::SQS::Queue") if name not in seen]


@rule(lambda r, _: r.pop("SendMailLagAlarm"))
def every_function_that_no_request_calls_has_its_alarms(template):
    errors, lag = set(watched(template, "Errors")), set(watched(template, "IteratorAge"))
    readers = {target(p["FunctionName"]) for _, p in of_type(template, "AWS::Lambda::EventSourceMapping")}
    called = {target(goal["Arn"]) for _, p in of_type(template, "AWS::Events::Rule") for goal in p["Targets"]}
    called |= {target(p["Target"]["Arn"]) for _, p in of_type(template, "AWS::Scheduler::Schedule")}
    yield from (f"{name}: errors" for name in sorted(readers | called) if name not in errors)
    yield from (f"{name}: lag" for name in sorted(readers) if name not in lag)


@rule(lambda r, _: first(r, "AWS::CloudWatch::Alarm")["Properties"].pop("AlarmActions"))
def every_alarm_tells_somebody_and_says_when_it_is_over(template):
    for name, p in of_type(template, "AWS::CloudWatch::Alarm"):
        if not p.get("AlarmActions") or not p.get("OKActions") or p.get("TreatMissingData") != "notBreaching":
            yield name


@rule(lambda r, _: r.update(NewAlarm=first(r, "AWS::CloudWatch::Alarm")))
def every_alarm_is_explained_to_operators_and_no_other(template):
    # A row of the table names the alarms it is about in its first cell.
    rows = re.findall(r"^\| (`\w+Alarm`[^|]*)\|", (DOCS / "OPERATIONS.md").read_text(), re.MULTILINE)
    explained = set(re.findall(r"`(\w+Alarm)`", " ".join(rows)))
    there = {name for name, _ in of_type(template, "AWS::CloudWatch::Alarm")}
    yield from (f"{name} is not explained" for name in sorted(there - explained))
    yield from (f"{name} is explained and not there" for name in sorted(explained - there))


def in_dashboard(before, after):
    """Changes a text of the dashboard."""

    def change(resources, _):
        body = first(resources, "AWS::CloudWatch::Dashboard")["Properties"]["DashboardBody"]
        body["Fn::Sub"] = body["Fn::Sub"].replace(before, after)

    return change


@rule(in_dashboard("MailsSent", "MailsGone"))
def every_chart_has_metrics_that_exist(template):
    return dashboard_rules.empty_charts(template)


@rule(lambda r, _: r["OldestMailAlarm"]["Properties"].update(MetricName="OldestMail"))
def every_alarm_has_a_metric_that_exists(template):
    return dashboard_rules.deaf_alarms(template)


@rule(lambda r, _: r["MailsSentMetric"]["Properties"].update(FilterPattern='{ $.message = "mail gone" }'))
def every_metric_of_a_log_is_of_a_line_that_is_written(template):
    return dashboard_rules.unwritten(template)


@rule(in_dashboard('"${SweepFailuresAlarm.Arn}", ', ""))
def the_dashboard_shows_every_alarm(template):
    return dashboard_rules.alarms_shown(template)


@rule(in_dashboard('"y": 29', '"y": 28'))
def every_chart_has_a_place_and_none_costs(template):
    return dashboard_rules.crooked(template)


# --- The operator's guide ---------------------------------------------------------------------------------------------


@rule(lambda _, t: t["Outputs"].pop("MailDeadLetters"))
def the_guide_names_what_is_there(template):
    return guide_rules.unknown_names(template)


@rule(lambda r, _: r.pop("SendMailLogGroup"))
def the_guide_names_logs_that_are_there(template):
    return guide_rules.unknown_logs(template)


# --- What it is deployed with ----------------------------------------------------------------------------------------


@rule(lambda _, t: t["Parameters"]["BaseUrl"].pop("AllowedPattern"))
def every_parameter_says_what_it_takes(template):
    for name, parameter in template["Parameters"].items():
        bounds = {"AllowedPattern", "AllowedValues"} & set(parameter) or {"MinValue", "MaxValue"} <= set(parameter)
        if not bounds or "Description" not in parameter:
            yield name


@rule(lambda r, _: r["ViewLinkFunction"]["Properties"]["Environment"]["Variables"].update(KEY={"Ref": "OriginKey"}))
def no_secret_is_in_an_environment(template):
    secret = {name for name, parameter in template["Parameters"].items() if parameter.get("NoEcho")}
    for name, p in of_type(template, "AWS::Lambda::Function"):
        for variable, value in p.get("Environment", {}).get("Variables", {}).items():
            if any(f'"{s}"' in json.dumps(value) for s in secret):
                yield f"{name}: {variable}"
