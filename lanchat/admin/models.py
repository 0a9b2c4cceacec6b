"""What administrators decided about their host, as rows of the `meta` table."""

import json
from collections.abc import Mapping

from lanchat.core.storage.database import Table

DECIDED = "host:"  # prefix of the keys


def keep(decisions: Mapping[str, object]) -> None:
    for name, value in decisions.items():
        Table.run_sql(
            "INSERT INTO meta(key, value) VALUES (?, ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value",
            f"{DECIDED}{name}",
            json.dumps(value),
        )


def kept() -> dict[str, object]:
    rows = Table.run_sql("SELECT key, value FROM meta WHERE key LIKE ?", f"{DECIDED}%").fetchall()
    return {key.removeprefix(DECIDED): json.loads(value) for key, value in rows}
