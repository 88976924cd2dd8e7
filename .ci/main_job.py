"""The main job, with a client generated from docs/openapi.yaml: what is called and what comes back is typed by it."""

import json
import sys
import time
from io import BytesIO
from uuid import UUID

from access_links import AuthenticatedClient, Client, models
from access_links.api.catalog import put_module, put_unit
from access_links.api.jobs import get_job, job_report, start_import
from access_links.api.joining import redeem_link, view_link
from access_links.api.links import create_link, link_stats, update_link
from access_links.api.members import grant_access, list_members
from access_links.api.signing_in import my_training, sign_in
from access_links.api.webhooks import create_webhook, rotate_webhook_secret
from access_links.types import UNSET, File
from local_system import LocalSystem
from receiver import Receiver, documented

MODULE = UUID("9f1b4c52-6a2e-4f0c-8a55-0f3f1f0c7d01")
SITE = UUID("3c6e0a7e-2a58-4c43-9d27-5b1b8f2a9e02")


def expect(answer, kind):
    """The answer, which has to be of this kind."""
    if not isinstance(answer, kind):
        raise AssertionError(f"not a {kind.__name__}: {answer}")
    return answer


def session(system, email):
    """A client with a session of whoever has this address."""
    body = models.SignInByToken(token=system.login_token(email), session=models.SessionHolder.BEARER)
    signed_in = expect(sign_in.sync(client=Client(base_url=system.origin), body=body), models.SignInResponse201)
    return AuthenticatedClient(base_url=system.origin, token=signed_in.session_token)


def admin_sets_up(admin):
    module = models.ModuleInput(title="Hot work safety", url="https://training.example/hot-work")
    assert expect(put_module.sync(MODULE, client=admin, body=module), models.Module).id == MODULE
    unit = models.UnitInput(kind=models.UnitKind.SITE, name="North yard", modules=[MODULE])
    assert expect(put_unit.sync(SITE, client=admin, body=unit), models.UnitWithKind).modules == [MODULE]


def make_link(admin, admission, cap=UNSET):
    where = models.AllocationInput(sites=[SITE])
    body = models.LinkInput(name="Spring crew", admission=admission, cap=cap, allocation=where)
    link = expect(create_link.sync(client=admin, body=body), models.Link)
    assert (link.status, link.version) == (models.LinkStatus.OPEN, 1)
    return link


def join(system, link, name, email):
    anyone = Client(base_url=system.origin)
    assert expect(view_link.sync(link.code, client=anyone), models.PublicLink).state == models.PublicLinkState.OPEN
    body = models.Registration(name=name, email=email)
    return redeem_link.sync(link.code, client=anyone, body=body)


def worker_joins(system, admin):
    link = make_link(admin, models.Admission.INSTANT, cap=40)
    answer = expect(join(system, link, "Ana Welder", "ana@example.com"), models.Registered)
    assert answer.status == models.RegisteredStatus.CHECK_YOUR_MAIL
    training = expect(my_training.sync(client=session(system, "ana@example.com")), models.Training)
    assert [module.title for module in training.modules] == ["Hot work safety"]
    return link


def admin_grants(system, admin):
    link = make_link(admin, models.Admission.APPROVAL)
    answer = expect(join(system, link, "Bo Rivet", "bo@example.com"), models.Registered)
    assert answer.status == models.RegisteredStatus.AWAITING_APPROVAL
    page = expect(list_members.sync(client=admin, access=models.ListMembersAccess.WITHOUT), models.MemberPage)
    ids = [str(member.id) for member in page.members]
    results = expect(grant_access.sync(client=admin, body=models.MemberIds(members=ids)), models.GrantResults)
    assert [result.outcome for result in results.results] == [models.GrantOutcome.GRANTED]
    session(system, "bo@example.com")


def admin_imports(admin):
    file = File(payload=BytesIO(b"name,email,sites\nCy Crane,cy@example.com,North yard\n"))
    job = start_import.sync(client=admin, body=file, access=models.StartImportAccess.PENDING)
    job = expect(job, models.ImportJob)
    while job.state in (models.JobState.QUEUED, models.JobState.RUNNING):
        time.sleep(0.2)
        job = expect(get_job.sync(job.id, client=admin), models.Job)
    assert job.state == models.JobState.DONE
    report = expect(job_report.sync(job.id, client=admin), models.JobReport)
    assert [row.outcome for row in report.rows] == [models.JobOutcome.CREATED]


def admin_looks_and_shuts(system, admin, link):
    stats = expect(link_stats.sync(link.id, client=admin), models.LinkStats)
    assert (stats.by_state.enrolled, stats.link.seats.free) == (1, 39)
    assert [(one.member.email, one.allocation.sites[0].name) for one in stats.enrollments] == [
        ("ana@example.com", "North yard")
    ]
    shut = models.LinkEdit(version=1, state=models.LinkEditState.INACTIVE)
    assert expect(update_link.sync(link.id, client=admin, body=shut), models.Link).status == models.LinkStatus.INACTIVE
    anyone = Client(base_url=system.origin)
    late = redeem_link.sync(link.code, client=anyone, body=models.Registration(name="Di Late", email="di@example.com"))
    assert expect(late, models.Error).error.code == models.ErrorCode.LINK_INACTIVE


def program_is_told(admin):
    is_ours = documented()
    with Receiver() as receiver:
        body = models.WebhookInput(url=receiver.url)
        webhook = expect(create_webhook.sync(client=admin, body=body), models.MadeWebhook)
        old = webhook.secret
        new = expect(rotate_webhook_secret.sync(webhook.id, client=admin), models.WebhookWithSecret).secret
        link = make_link(admin, models.Admission.INSTANT)
        headers, body = receiver.wait(lambda _, body: json.loads(body)["data"]["link_id"] == str(link.id))
        assert json.loads(body)["type"] == "link.created"
        assert is_ours(old, headers, body) and is_ours(new, headers, body)
        assert not is_ours(new, headers, body + b" ") and not is_ours("whsec_" + "A" * 32, headers, body)
        late = headers | {"webhook-timestamp": str(int(headers["webhook-timestamp"]) - 3600)}
        assert not is_ours(new, late, body)


def main(binary):
    with LocalSystem(binary) as system:
        admin = session(system, "admin@example.com")
        admin_sets_up(admin)
        link = worker_joins(system, admin)
        admin_grants(system, admin)
        admin_imports(admin)
        admin_looks_and_shuts(system, admin, link)
        program_is_told(admin)
    print("the main job was done with the generated client")


main(*sys.argv[1:])
