#!/usr/bin/env python3
"""Schemathesis against a server that this script starts: `./etalon test fuzz [SCHEMATHESIS ARGUMENTS]`.

Starts `./etalon serve` on a free loopback port over an empty data directory, sets it up through the API alone (an operator,
a client, a member with every role, a project with an asset, tasks and a lease) and lets Schemathesis walk /openapi.json
with that member's key. Schemathesis is a tool of this test only: it is installed into a virtual environment below
server/target and nowhere else. The run is bounded by examples and time; a seed that was printed repeats its cases.

Environment: ETALON_COMMAND (default ./etalon), ETALON_FUZZ_EXAMPLES (cases an operation, default 30), ETALON_FUZZ_SECONDS
(default 600), ETALON_FUZZ_SEED (default: made anew). Exit code: that of Schemathesis.
"""

import json
import os
import pathlib
import random
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import venv

ROOT = pathlib.Path(__file__).resolve().parents[4]
TARGET = ROOT / "server" / "target" / "schemathesis"
VERSION = "4.32.5"
CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"
START_SECONDS = 120
PASSWORD = "a long sentence that nobody guesses"
# A 1x1 picture in grey.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a49444154789c636800000082008177cd72b60000000049454e44ae426082"
)
ROLES = ["requester", "reviewer", "annotator", "quality_lead", "auditor", "workforce_manager"]


def tool():
    """Schemathesis's program, installed once below target."""
    program = TARGET / f"venv-{VERSION}" / "bin" / "schemathesis"
    if not program.exists():
        print(f"Installing Schemathesis {VERSION} below {TARGET.relative_to(ROOT)} …", flush=True)
        venv.create(program.parents[1], with_pip=True, clear=True)
        subprocess.run([program.parent / "pip", "install", "-q", f"schemathesis=={VERSION}"], check=True)
    return program


class Person:
    """Somebody with a session, or nobody yet."""

    def __init__(self, url):
        self.url = url
        self.cookie = ""

    def send(self, method, path, body=None, raw=None):
        request = urllib.request.Request(f"{self.url}/api/v1{path}", method=method)
        request.add_header("X-Etalon-Csrf", "1")
        if self.cookie:
            request.add_header("Cookie", self.cookie)
        data = raw
        if raw is not None:
            request.add_header("Content-Type", "application/octet-stream")
        elif method != "GET":
            data = json.dumps(body or {}).encode()
            request.add_header("Content-Type", "application/json")
        try:
            with urllib.request.urlopen(request, data, timeout=60) as answer:
                for header in answer.headers.get_all("Set-Cookie") or []:
                    self.cookie = header.split(";")[0]
                text = answer.read()
        except urllib.error.HTTPError as refused:
            raise SystemExit(f"{method} {path}: {refused.code} {refused.read().decode()}") from None
        return json.loads(text) if text else {}


def set_up(url, link):
    """Makes what the cases can meet; gives a key of a member with every role."""
    operator = Person(url)
    operator.send("POST", "/session/link", {"token": link.rsplit("/", 1)[1]})
    operator.send("POST", "/clients", {"slug": "fuzz", "name": "Fuzz"})
    invitation = operator.send(
        "POST", "/clients/fuzz/invitations", {"email": "fuzz@fuzz.example", "name": "Fuzz", "roles": ["requester"]}
    )
    member = Person(url)
    member.send("POST", "/invitations/accept", {"token": invitation["token"], "name": "Fuzz", "password": PASSWORD})
    more = member.send("POST", "/clients/fuzz/invitations", {"email": "fuzz@fuzz.example", "roles": ROLES})
    member.send("POST", "/invitations/accept", {"token": more["token"]})
    ontology = {
        "labels": [{"id": "coin", "name": "Coin", "color": "#c08a2b", "tool": "box", "attributes": []}],
        "questions": [{"id": "note", "name": "Note", "type": "text", "required": False}],
    }
    project = member.send(
        "POST",
        "/clients/fuzz/projects",
        {"name": "Coins", "template": "image-boxes", "ontology": ontology, "redundancy": 1, "reviewShare": 0},
    )["id"]
    path = f"/clients/fuzz/projects/{project}"
    asset = member.send("POST", f"{path}/assets?name=coin.png", raw=PNG)
    member.send("POST", f"{path}/tasks")
    lease = member.send("POST", f"{path}/leases")
    expires = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 86_400))
    key = member.send("POST", "/api-keys", {"name": "fuzz", "client": "fuzz", "roles": ROLES, "expiresAt": expires})
    return key["key"], {"client": "fuzz", "project": project, "asset": asset["id"], "lease": str(lease["id"])}


def configuration(names):
    """Path parameters that lead somewhere, so that cases get past the 404."""
    lines = [f'"path.{name}" = "{value}"' for name, value in names.items()]
    return "[parameters]\n" + "\n".join(lines) + "\n"


def started(process, data):
    """The address that the server prints and its set-up link."""
    deadline = time.monotonic() + START_SECONDS
    seen = ""
    for line in process.stdout:
        seen += line
        found = re.search(r"Etalon runs at (\S+)", seen)
        link = re.search(r"(http\S+/#/link/\S+)", seen)
        if found and link:
            return found.group(1), link.group(1)
        if time.monotonic() > deadline:
            break
    raise SystemExit(f"the server did not start over {data}:\n{seen}")


def main():
    program = tool()
    data = tempfile.mkdtemp(prefix="data-", dir=TARGET)
    command = shlex.split(os.environ.get("ETALON_COMMAND", str(ROOT / "etalon")))
    log = open(TARGET / "server.log", "w", encoding="utf-8")
    server = subprocess.Popen(
        [*command, "serve", "--data", data, "--port", "0"], stdout=subprocess.PIPE, stderr=log, text=True
    )
    try:
        url, link = started(server, data)
        key, names = set_up(url, link)
        # The description is made at the first request for it, which takes longer than a case may.
        urllib.request.urlopen(f"{url}/openapi.json", timeout=60).read()
        config = TARGET / "schemathesis.toml"
        config.write_text(configuration(names), encoding="utf-8")
        seed = os.environ.get("ETALON_FUZZ_SEED", str(random.SystemRandom().randrange(1 << 31)))
        print(f"seed {seed} (ETALON_FUZZ_SEED={seed} repeats it)", flush=True)
        run = [
            *(str(program), "--config-file", str(config), "run", f"{url}/openapi.json"),
            *("--header", f"Authorization: Bearer {key}", "--checks", CHECKS, "--phases", "examples,coverage,fuzzing"),
            *("--max-examples", os.environ.get("ETALON_FUZZ_EXAMPLES", "30"), "--seed", seed),
            *("--max-time", os.environ.get("ETALON_FUZZ_SECONDS", "600"), "--request-timeout", "10"),
            *("--continue-on-failure", "--no-color", *sys.argv[1:]),
        ]
        return subprocess.run(run, cwd=TARGET, check=False).returncode
    finally:
        server.send_signal(signal.SIGTERM)
        try:
            server.wait(30)
        except subprocess.TimeoutExpired:
            server.kill()
        log.close()
        shutil.rmtree(data, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
