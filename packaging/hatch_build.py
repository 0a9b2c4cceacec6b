"""Puts a freshly built web client into every wheel, editable install and source distribution."""

import subprocess
import sys
from pathlib import Path

from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class WebClientHook(BuildHookInterface[BuilderConfig]):
    def initialize(self, version: str, build_data: dict[str, object]) -> None:
        script = Path(self.root, "packaging", "web_client.py")
        if subprocess.run([sys.executable, script], check=False).returncode:
            sys.exit("The web client could not be built; what npm said is above.")
