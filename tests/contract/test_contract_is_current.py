"""The types that the web client is checked against are those of this server."""

import json
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
