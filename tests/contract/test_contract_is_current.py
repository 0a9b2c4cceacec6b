"""The types that the web client is checked against are those of this server."""

import json
import subprocess
import sys
from pathlib import Path

from openapi_spec_validator import validate

ROOT = Path(__file__).resolve().parents[2]


def printed_contract() -> str:
    command = [sys.executable, "-m", "lanchat.contract"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True, timeout=60).stdout


def test_contract_ts_is_what_make_contract_would_write() -> None:
    command = ["npm", "--prefix", "web", "run", "--silent", "contract"]
    generated = subprocess.run(
        command, cwd=ROOT, input=printed_contract(), capture_output=True, check=True, text=True, timeout=120
    ).stdout
    committed = (ROOT / "web" / "src" / "contract.ts").read_text("utf-8")
    assert committed == generated, "run `make contract` and commit web/src/contract.ts"


def test_the_document_is_valid_openapi() -> None:
    document = json.loads(printed_contract())
    assert document["openapi"].startswith("3.1")
    validate(document)
