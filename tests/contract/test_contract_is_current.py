"""The types that the web client is checked against are those of this server."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from openapi_spec_validator import validate

ROOT = Path(__file__).resolve().parents[2]


def printed_contract() -> str:
    command = [sys.executable, "-m", "lanchat.contract"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True, timeout=60).stdout


def parameters_of(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for path in document["paths"].values():
        for operation in path.values():
            yield from operation.get("parameters", ())


def test_contract_ts_is_what_make_contract_would_write() -> None:
    command = ["npm", "--prefix", "web", "run", "--silent", "contract"]
    generated = subprocess.run(
        command, cwd=ROOT, input=printed_contract(), capture_output=True, check=True, text=True, timeout=120
    ).stdout
    committed = (ROOT / "web" / "src" / "contract.ts").read_text("utf-8")
    assert committed == generated, "run `make contract` and commit web/src/contract.ts"


def test_every_field_says_what_its_name_does_not() -> None:
    document = json.loads(printed_contract())
    schemas = document["components"]["schemas"]
    asked = [(each["name"], each) for each in parameters_of(document) if each["in"] == "query"]
    fields = [
        (f"{name}.{field}", shape) for name in schemas for field, shape in schemas[name].get("properties", {}).items()
    ]
    assert {"before_seq"} <= {name for name, _ in asked}
    assert {"Message.seq", "Member.last_seen", "Draft.room_id", "Desk.phase"} <= {name for name, _ in fields}
    silent = [name for name, shape in (*fields, *asked) if not shape.get("description")]
    assert silent == [], "write a line under each of these, in its class"


def test_the_document_is_valid_openapi() -> None:
    document = json.loads(printed_contract())
    assert document["openapi"].startswith("3.1")
    validate(document)


def test_a_linter_finds_nothing_in_the_document(tmp_path: Path) -> None:
    """By the strict rules of one that others use, but for what `web/redocly.yaml` says."""
    document = tmp_path / "openapi.json"
    document.write_text(printed_contract(), "utf-8")
    command = ["npm", "--prefix", "web", "run", "--silent", "lint:api", "--", "--format=json", str(document)]
    environment = {**os.environ, "REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true"}
    run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False, text=True, timeout=120)
    found = json.loads(run.stdout[run.stdout.index("{") :])
    assert found["totals"] == {"errors": 0, "warnings": 0, "ignored": 0}, found["problems"][:10]
    assert run.returncode == 0


def test_a_body_is_required_where_it_is() -> None:
    paths = json.loads(printed_contract())["paths"]

    def body(path: str, method: str) -> dict[str, Any]:
        return paths[path][method]["requestBody"]

    assert body("/api/auth/register", "post")["required"]
    assert body("/api/messages/{room_id}", "post")["required"]
    assert body("/api/upload/", "post")["required"]
    assert not body("/api/rooms/{room_id}/join", "post")["required"]  # a public room asks for no password


def test_every_operation_says_what_is_refused() -> None:
    document = json.loads(printed_contract())
    assert document["servers"]
    refusal = document["components"]["responses"]["Refusal"]
    assert refusal["content"]["application/json"]["schema"] == {"$ref": "#/components/schemas/Error"}
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            refused = {status for status in operation["responses"] if status.startswith("4")}
            assert refused, (method, path)
            assert operation.get("security") == [] or "401" in refused, (method, path)
            assert "requestBody" not in operation or {"400", "413", "415"} <= refused, (method, path)
