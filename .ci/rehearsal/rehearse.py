"""Deploys the system on an emulator of AWS by the commands of docs/OPERATIONS.md, and uses it.

`python rehearse.py TOOLS [all]` finds `sam` and `cargo-lambda` in the folder TOOLS. With `all` it takes every permission away, one after the
other, and not some that are chosen at random; and it restores a backup.
"""

import random
import secrets
import sys
import tempfile
import time
from pathlib import Path

from aws import Aws
from deployed import Door, Site, patience, until
from documented import ROOT, blocks
from everything import Everything
from pages import look
from permissions import try_what_is_denied, without
from shell import Shell
from stack import Stack
from upkeep import Upkeep
from walkthrough import walk


def deploy(shell, folder):
    """Runs the first deployment's commands, in one shell as the document says."""
    # What the commands leave is no part of the project.
    shell.run("\n".join(blocks("docs/OPERATIONS.md", "First deployment")) + f"\nmv out.json {folder}/created.json")


# How many permissions are taken away, unless all are.
SAMPLE = 3


class Part:
    """A part of the rehearsal, which prints what it showed and how long it took."""

    def __init__(self, shows):
        self._shows = shows

    def __enter__(self):
        self._began = time.monotonic()

    def __exit__(self, kind, *_):
        print(f"{'FAILED' if kind else 'ok'}: {self._shows} ({time.monotonic() - self._began:.0f} s)", flush=True)


def create_organization(stack, name, email):
    event = {"name": name, "admin_name": "Ada", "admin_email": email, "time_zone": "Europe/Berlin"}
    created = stack.run("CreateOrganization", event)
    assert created["created"] is True, created
    return created["organization_id"]


def every_operation(site, stack):
    """Every operation by the people of an organization of their own."""
    email = f"ada.{secrets.token_hex(3)}@example.com"
    organization = create_organization(stack, f"Yard of {email}", email)
    site = site.elsewhere()
    Everything(site, stack, site.sign_in(email), organization).run()


def nothing_was_denied(stack):
    notes = stack.aws.notes()
    denied = [note for note in notes if note.get("allowed") is False]
    assert not denied, f"a function lacks a permission: {denied[:5]}"
    ran = {note["function"] for note in notes if "function" in note}
    idle = sorted(name for name, function in stack.functions().items() if function not in ran)
    assert not idle, f"these functions never ran: {idle}"
    failed = sorted({note["function"] for note in notes if note.get("failed")})
    assert not failed, f"these functions failed: {failed}"
    assert not stack.dead_letters(), stack.dead_letters()


def only_the_distribution_is_answered(aws, stack):
    """The API by its own address: nothing without the key that the distribution shows."""
    direct = Site(aws, stack.outputs["ApiUrl"].removeprefix("http://"))
    direct.call("GET", "/v1/me", expect=403)
    direct.call("GET", "/v1/me", expect=403, X_Origin_Key="0" * 32)


def the_schedule_fires(stack):
    """Its rate is made a minute: the rehearsal does not wait for five."""
    before = stack.runs("SweepExpired")
    stack.set_rate("rate(1 minutes)")
    until(lambda: stack.runs("SweepExpired") > before, "the scheduled sweep", 150)


def each_permission_is_needed(site, stack, pairs):
    """Takes a permission away that a role has used, and sees that somebody is denied and the operations no longer all work."""
    spare = []
    for role, action in pairs:
        before = sum(note.get("allowed") is False for note in stack.aws.notes())
        with without(stack, role, action), patience(8):
            try:
                every_operation(site, stack)
                worked = True
            except (SystemExit, AssertionError, KeyError):
                worked = False
        denied = [note for note in stack.aws.notes() if note.get("allowed") is False][before:]
        noticed = any((note["role"], note["action"]) == (role, action) for note in denied)
        print(f"  without {action}, {role}: {'denied' if noticed else 'nobody denied'}, {'all worked' if worked else 'failed'}", flush=True)
        if not noticed or worked:
            spare.append((role, action))
    assert not spare, f"not missed when taken away: {spare}"


def used(stack):
    """The permissions that roles of functions have used, in order."""
    of_functions = {role for role, _ in stack.granted()}
    return sorted({(note["role"], note["action"]) for note in stack.aws.notes() if note.get("allowed") and note["role"] in of_functions})


def keep_up(shell, aws, stack, site, whole):
    email = f"ada.{secrets.token_hex(3)}@example.com"
    create_organization(stack, f"Yard of {email}", email)
    site = site.elsewhere()
    upkeep = Upkeep(shell, stack, site, site.sign_in(email))
    with Part("a parameter is changed as documented"):
        upkeep.change_a_parameter()
    with Part("the origin key is changed as documented, and nobody is refused"):
        upkeep.change_the_origin_key(Site(aws, stack.outputs["ApiUrl"].removeprefix("http://")))
    with Part("a later version is deployed as documented, and nobody is refused"):
        upkeep.deploy_a_later_version()
    with Part("a broken version is taken back, and nobody is refused"):
        upkeep.break_a_deployment()
    with Part("a recipient is allowed in the sandbox as documented, and no longer"):
        upkeep.allow_a_recipient()
    if whole:
        with Part("all functions are stopped as documented, and go on"):
            upkeep.stop_and_go_on()
        with Part("a deleted link is restored as documented"):
            upkeep.restore()
    with Part("the stack is deleted as documented: table and bucket stay"):
        upkeep.remove()


def rehearse(shell, aws, stack, site, whole):
    with Part("the first admin got a login link, and it works"):
        site.sign_in("ada@example.com")
    with Part("pages, files and headers by the distribution"):
        look(site)
        only_the_distribution_is_answered(aws, stack)
    with Part("the README's main job, word for word, by the distribution"):
        create_organization(stack, "Demo", "admin@example.com")
        with Door(site, stack.listen()) as door:
            walk(door.origin)
    with Part("every operation under its own role"):
        every_operation(site, stack)
        nothing_was_denied(stack)
    with Part("the schedule fires"):
        the_schedule_fires(stack)
        nothing_was_denied(stack)
    pairs = used(stack)
    chosen = pairs if whole else random.sample(pairs, SAMPLE)
    with Part("what no role may do is denied"):
        try_what_is_denied(stack)
    with Part(f"{len(chosen)} of {len(pairs)} permissions that were used, each taken away in turn"):
        each_permission_is_needed(site, stack, chosen)
    keep_up(shell, aws, stack, site, whole)


def main():
    tools, whole = Path(sys.argv[1]).resolve(), sys.argv[2:] == ["all"]
    with tempfile.TemporaryDirectory() as folder, Aws(folder) as aws:
        try:
            with Part("the commands of docs/OPERATIONS.md's first deployment, word for word"):
                shell = Shell(aws, tools)
                deploy(shell, folder)
            stack = Stack(aws)
            rehearse(shell, aws, stack, Site(aws, stack.outputs["SiteUrl"].removeprefix("https://")), whole)
        except BaseException:
            print(f"what the emulator and the functions logged last:\n{aws.log.read_text()[-6000:]}", file=sys.stderr)
            raise


main()
