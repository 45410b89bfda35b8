#!/usr/bin/env python3
"""scim2-tester's whole run over a server: scim_tester_run.py BASE_URL TOKEN.

Prints a line for each check, its status first; the exit code is 1 when one of them failed. scim2-client and scim2-tester are
tools of ScimPeerTest only, installed into a virtual environment below server/target.
"""

import sys

from httpx2 import Client
from scim2_client.engines.httpx2 import SyncSCIMClient
from scim2_tester import Status, check_server

base, token = sys.argv[1:]
http = Client(base_url=base, headers={"Authorization": f"Bearer {token}"}, timeout=60)
results = check_server(SyncSCIMClient(http))
bad = 0
for result in results:
    if result.status in (Status.ERROR, Status.CRITICAL) if hasattr(Status, "CRITICAL") else result.status == Status.ERROR:
        bad += 1
    reason = " ".join(str(result.reason or "").split())[:300]
    print(result.status.name, result.title, result.resource_type or "", reason)
print(f"checks {len(results)} failed {bad}")
sys.exit(1 if bad else 0)
