"""Runs Schemathesis over the local system, as an admin of an organization in which there is something of everything."""

import os
import string
import subprocess
import sys
import time

from local_system import LocalSystem

HERE = os.path.dirname(os.path.abspath(__file__))


def furnish(system, admin):
    """Puts something of everything into the organization; who waits and who is in are different people."""

    def call(method, path, body=None):
        return system.call(method, path, body, admin)

    # The ids of the description's examples.
    module, site = "6a1f0d2e-0000-4000-8000-000000000001", "6a1f0d2e-0000-4000-8000-000000000002"
    call("PUT", f"/v1/modules/{module}", {"title": "Hot work safety", "url": "https://training.example/hot-work"})
    call("PUT", f"/v1/units/{site}", {"kind": "site", "name": "North yard", "modules": [module]})
    asked = [{"key": "trade", "label": "Your trade", "kind": "choice", "options": ["Welder", "Rigger"]}]
    for number, more in enumerate(
        [
            {"admission": "instant", "fields": asked},
            {"admission": "approval", "cap": 40},
            {"admission": "instant", "cap": 1, "overflow": "waiting_list"},
            {"admission": "instant", "cap": 1},
        ]
    ):
        link = call("POST", "/v1/links", {"name": f"Link {number}", "allocation": {"sites": [site]}, **more})
        for person in range(2 if more.get("overflow") else 1):
            register = {"name": "Some Body", "email": f"somebody{number}{person}@example.com"}
            system.call("POST", f"/v1/join/{link['code']}", register)
    call("POST", "/v1/jobs/grants", {"filter": {"access": "pending"}})
    # Who does not exist bounces, and is not mailed any more.
    gone = {"name": "Gone", "email": "bounce@simulator.amazonses.com"}
    call("POST", "/v1/admins", gone)
    for _ in range(100):
        suppressed = call("GET", "/v1/suppressions")["suppressions"]
        if suppressed:
            break
        time.sleep(0.1)
    first = call("GET", "/v1/links")["links"][-1]["id"]
    enrolled = call("GET", f"/v1/links/{first}/stats")["enrollments"][0]["member"]["id"]
    return {"LINK_ID": first, "ENROLLED_ID": enrolled, "SUPPRESSED_ID": suppressed[0]["member"]["id"]}


def main(binary, *arguments):
    schemathesis = os.path.join(os.path.dirname(sys.executable), "schemathesis")
    with LocalSystem(binary) as system:
        admin = system.sign_in("admin@example.com")
        ids = furnish(system, admin)
        values = {
            "ADMIN_SESSION": admin,
            "ADMIN_ID": system.call("GET", "/v1/me", token=admin)["member"]["id"],
            "OTHER_SESSION": system.sign_in("somebody00@example.com"),
            "HOOKS": f"{HERE}/schemathesis_hooks.py",
            **ids,
        }
        settings = f"{system.folder}/schemathesis.toml"
        with open(f"{HERE}/schemathesis.toml", encoding="utf-8") as template, open(settings, "w", encoding="utf-8") as file:
            file.write(string.Template(template.read()).substitute(values))
        command = [schemathesis, f"--config-file={settings}", "run", "docs/openapi.yaml"]
        command += [f"--url={system.origin}", *arguments]
        environment = {"PYTHONDONTWRITEBYTECODE": "1", "HYPOTHESIS_STORAGE_DIRECTORY": system.folder, **values}
        status = subprocess.run(command, env={**os.environ, **environment}, check=False).returncode
        failures = [line for line in system.log().splitlines() if "ERROR" in line]
        print("\n".join(failures[:20]))
        return status or bool(failures)


sys.exit(main(*sys.argv[1:]))
