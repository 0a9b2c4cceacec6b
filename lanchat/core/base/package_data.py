"""Owns reading a package's data without importing the package, which may load much more than that."""

from importlib.util import find_spec
from pathlib import Path


def data_of(package: str, *path: str) -> bytes:
    """Of a file within it. Raises OSError where the package or the file isn't there."""
    spec = find_spec(package)
    folders = [] if spec is None else list(spec.submodule_search_locations or ())
    if not folders:
        raise FileNotFoundError(f"the package {package} is missing")
    return Path(folders[0], *path).read_bytes()
