#!/usr/bin/env python3
"""Changes some items of a running server, for oai_check.py's --change-cmd: change_items.py SERVER TOKEN.

Prints one line a change: updated, deleted or added, and the OAI identifier. Restricting an item is a deletion to harvesters.
Takes other items at each call: those that were changed longest ago."""
import json
import sys
import time
import urllib.parse
import urllib.request
import xml.etree.ElementTree as ET

server, token = sys.argv[1].rstrip("/"), sys.argv[2]
OAI = "{http://www.openarchives.org/OAI/2.0/}"


def ask(method, path, body=None, kind="application/json", match=None):
    headers = {"Authorization": "Bearer " + token, "Content-Type": kind}
    if match:
        headers["If-Match"] = match
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(server + path, data, headers, method=method)) as answer:
        return answer.read()


page = ET.fromstring(ask("GET", "/oai?verb=ListIdentifiers&metadataPrefix=oai_dc"))
live = [h.findtext(OAI + "identifier") for h in page.iter(OAI + "header") if h.get("status") != "deleted" and not h.findtext(OAI + "identifier").endswith(":reference")]
if len(live) < 8:
    sys.exit("want eight items at least, found %d" % len(live))
for n, oai in enumerate(live[:8]):
    path = "/api/v1/items/" + urllib.parse.quote(oai.split(":", 2)[2])
    if n < 5:
        ask("PATCH", path, {"description": {"vi": "Sửa lần thứ %d" % time.time_ns()}}, "application/merge-patch+json", "*")
        print("updated", oai)
    elif n < 7:
        ask("DELETE", path + "?reason=thu", match="*")
        print("deleted", oai)
    else:
        ask("PATCH", path, {"access": "restricted"}, "application/merge-patch+json", "*")
        print("deleted", oai)
prefix = live[0].rsplit(":", 1)[0]
for n in range(2):
    name = "them-%d-%d" % (time.time_ns(), n)
    ask("POST", "/api/v1/items", {"id": name, "title": {"vi": "Thêm vào lúc gặt"}, "language": "vi", "type": "Text"})
    print("added", prefix + ":" + name)
