"""Sends requests that are made from the description of the API to a demo of
Entente, as the public and as people of several roles, and holds every answer
against the description: no answer of 500, none that is not described.

usage: fuzz.py ENTENTE [SECONDS [SEED]]
"""

import collections
import concurrent.futures
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

ROLES = {  # name of the run → how the demo calls the person
    "public": None,
    "secretariat": r"fctc +Secretariat",
    "approver": r"fctc +Approver",
    "provider": r"fctc +Provider",
    "administrator": "administrator",
}
EVERYTHING = {"public", "administrator"}  # who also sends what breaks the description; the others get deeper
CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,response_schema_conformance,unsupported_method"


def start(entente, folder):
    """Starts the demo; returns its process, address and the tokens of its people."""
    log = open(folder / "log", "wb")
    env = os.environ | {"ENTENTE_LANGUAGE": "en", "ENTENTE_LOG_FORMAT": "json", "ENTENTE_LOG_LEVEL": "debug"}
    demo = subprocess.Popen([entente, "demo", "--addr", "127.0.0.1:0", "--data", folder / "data"], stdout=subprocess.PIPE, stderr=log, env=env)
    said = ""
    for line in demo.stdout:
        said += line.decode()
        if "curl" in said:
            break
    else:
        sys.exit("the demo did not start:\n" + said + (folder / "log").read_text())
    store = "sqlite://" + str(folder / "data" / "entente.db")
    made = subprocess.run([entente, "token", "create", "--role", "administrator", "--store", store], capture_output=True, text=True, check=True, env=env)
    tokens = {"public": None, "administrator": re.search(r"entente_\S+", made.stdout)[0]}
    for role, name in ROLES.items():
        if role not in tokens:
            tokens[role] = re.search(name + r".*(entente_\S+)", said)[1]
    url = re.search(r"http://127\.0\.0\.1:\d+", said)[0]
    for _ in range(100):  # until the server has read of the administrator, whom another process made
        if read(url + "/api/v1/conventions", tokens["administrator"]):
            return demo, url, tokens
        time.sleep(0.1)
    sys.exit("the administrator cannot sign in")


def read(url, token):
    request = urllib.request.Request(url, headers={"Authorization": "Bearer " + token} if token else {})
    try:
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as refused:
        if refused.code not in (400, 401, 403, 404):
            raise
        return {}


def known_ids(url, description, token):
    """The ids in the lists that the person may read, by the path of the list."""
    found = {"/api/v1/conventions": ["fctc", "apmbc"]}
    for path, item in description["paths"].items():
        if path in found or not path.startswith("/api/v1/") or "{" in path or "get" not in item or not any(p.startswith(path + "/{") for p in description["paths"]):
            continue
        entries = read(url + path + "?convention=fctc", token).get("items") or read(url + path, token).get("items") or []
        if ids := [e["id"] for e in entries[:5] if isinstance(e, dict) and "id" in e]:
            found[path] = ids
    return found


def config(url, ids, token, seed):
    """What the fuzzer is told: values that exist, to be mixed with those that do not."""
    themes = [t["id"] for t in read(url + "/api/v1/themes?convention=fctc", token)["items"]]
    needs, offers = (read(url + f"/api/v1/{kind}?convention=fctc", token)["items"] for kind in ("needs", "offers"))
    text = f"seed = {seed}\nmax-failures = 20\n"
    text += '[checks]\nnot_a_server_error.expected-statuses = ["2xx", "3xx", "4xx", 503]\n'
    parameters = '"header.X-Entente-Position" = "fctc:1"\n"query.convention" = ["fctc", "fctc", "apmbc", "none"]\n'
    for name, field, values in (
        ("conventions", "body.convention", ["fctc"]),
        ("themes", "body.themes[*]", themes),
        ("beneficiaries", "body.beneficiaries[*]", [c for n in needs for c in n["beneficiaries"]]),
        ("providers", "body.provider", [o["provider"] for o in offers]),
    ):
        text += f"[dictionaries.{name}]\nvalues = {json.dumps(values)}\n"
        parameters += f'"{field}" = {{ dictionary = "{name}", probability = 0.9 }}\n'
    text += "[parameters]\n" + parameters
    for path, known in ids.items():
        text += f"[[operations]]\ninclude-path-regex = '^{path}/\\{{'\nparameters = {{ \"path.id\" = {json.dumps(known * 2 + ['a' * 26])} }}\n"
    return text


def fuzz(role, url, token, place, seconds):
    """One run as one person; returns its exit status and what it said."""
    command = ["st", "run", url + "/openapi.json", "--no-color", "--continue-on-failure", "--suppress-health-check", "all", "--warnings", "off",
               "--generation-database", "none", "--max-time", str(seconds), "-n", "25", "-c", CHECKS]
    if role not in EVERYTHING:
        command += ["--mode", "positive", "--phases", "examples,fuzzing,stateful"]
    if token:
        command += ["-H", "Authorization: Bearer " + token]
    env = os.environ | {"SCHEMATHESIS_HOOKS": str(pathlib.Path(__file__).with_name("formats.py"))}
    done = subprocess.run(command, cwd=place, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    return done.returncode, done.stdout


def judge(log, operations):
    """Counts what the server has answered; returns what is wrong with that."""
    statuses, done, wrong = collections.Counter(), set(), []
    for line in log.read_text().splitlines():
        entry = json.loads(line)
        if entry.get("msg") == "request":
            statuses[entry["status"]] += 1
            if entry["status"] < 400:
                done.add((entry["method"], entry["route"]))
        if entry.get("level") == "ERROR" or entry.get("status") == 500:
            wrong.append(line)
    print("answers:", ", ".join(f"{n} × {s}" for s, n in sorted(statuses.items())))
    print(f"{len(done)} of {operations} operations succeeded at least once")
    if len(done) < 8 or statuses[429] > sum(statuses.values()) / 5:
        wrong.append("too little of it was let through to show anything")
    return wrong


def main():
    entente, seconds, seed = sys.argv[1], int((sys.argv + [45] * 3)[2]), int((sys.argv[3:] or [1])[0])
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        demo, url, tokens = start(entente, folder)
        try:
            description = read(url + "/openapi.json", None)
            for role, token in tokens.items():
                (folder / role).mkdir()
                (folder / role / "schemathesis.toml").write_text(config(url, known_ids(url, description, token), token, seed))
            with concurrent.futures.ThreadPoolExecutor() as pool:
                runs = {role: pool.submit(fuzz, role, url, token, folder / role, seconds) for role, token in tokens.items()}
            failed = False
            for role, run in runs.items():
                status, said = run.result()
                tested = re.search(r"Test cases:\n +(.*)", said)
                print(f"as {role}: {tested[1] if tested else 'nothing was tested'}")
                if status != 0 or not tested:
                    failed = True
                    print(said)
        finally:
            demo.terminate()
            demo.wait(20)
        wrong = judge(folder / "log", sum(m in item for item in description["paths"].values() for m in ("get", "put", "post", "patch", "delete")))
        print("\n".join(wrong[:20]))
        sys.exit(1 if failed or wrong else 0)


main()
