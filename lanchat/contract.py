"""Prints the contract of REST, Socket.IO and the start screen as one JSON document: `python -m lanchat.contract`."""

import asyncio
import json
import sys
import tempfile
from pathlib import Path

from lanchat.app import App, api_document
from lanchat.config import load
from lanchat.core.storage.data_folder import prepare
from lanchat.desktop.schemas import DeskPayload


async def document() -> dict[str, object]:
    with tempfile.TemporaryDirectory() as folder:
        app = App(prepare(load(data_dir=Path(folder), discovery=False)))
        await app.startup()
        try:
            return api_document(app.quart, DeskPayload)
        finally:
            await app.shutdown()


if __name__ == "__main__":
    json.dump(asyncio.run(document()), sys.stdout, ensure_ascii=False, indent=2, sort_keys=True)
