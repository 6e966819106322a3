"""Reads a therapy, and what the ledger holds of it, with the generated client."""

import json
import pkgutil
import sys
from importlib import import_module

import openapi_client

URL, TOKEN, COI = sys.argv[1:]

for module in pkgutil.walk_packages(openapi_client.__path__, "openapi_client."):
    import_module(module.name)

configuration = openapi_client.Configuration(host=URL, access_token=TOKEN)
with openapi_client.ApiClient(configuration) as client:
    api = openapi_client.TherapyApi(client)
    therapy = api.read_therapy(COI)
    trace = api.trace_therapy(COI)
    said = {
        "coi": therapy.coi,
        "process": therapy.process.version,
        "things": len(trace.things),
    }
    print(json.dumps(said))
