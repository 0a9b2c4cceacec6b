"""What administrators decided about their host, as they are kept in the `meta` table."""

import json
from collections.abc import Mapping

from lanchat.core.storage import meta

DECIDED = "host:"  # prefix of the keys


def keep(decisions: Mapping[str, object]) -> None:
    for name, value in decisions.items():
        meta.keep(f"{DECIDED}{name}", json.dumps(value))


def kept() -> dict[str, object]:
    return {name: json.loads(value) for name, value in meta.kept(DECIDED).items()}
