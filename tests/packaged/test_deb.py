"""The Debian package: installed into a root of its own, run there, and removed without touching anybody's data."""

import subprocess
from pathlib import Path

import pytest

from tests.packaged.program import DIST, PATIENCE, Program, body_of, running, wait_until


class Root:
    """A directory that dpkg takes for a system. What the package depends on stays outside it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        database = folder / "var" / "lib" / "dpkg"
        for name in ("info", "updates", "triggers"):
            (database / name).mkdir(parents=True)
        (database / "status").touch()

    def dpkg(self, *arguments: str | Path) -> str:
        options = [f"--root={self.folder}", "--force-depends", "--force-not-root", f"--log={self.folder}/log"]
        command = ["fakeroot", "dpkg", *options, *arguments]
        done = subprocess.run(command, capture_output=True, text=True, timeout=3 * PATIENCE, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def files(self) -> set[str]:
        return {str(path.relative_to(self.folder)) for path in (self.folder / "usr").rglob("*") if path.is_file()}


@pytest.fixture
def package() -> Path:
    [package] = DIST.glob("*.deb")
    return package


def test_it_is_installed_run_and_removed_and_the_data_stays(package: Path, tmp_path: Path, port: int) -> None:
    root, data = Root(tmp_path / "root"), tmp_path / "home" / "data"
    data.parent.mkdir()
    root.dpkg("--install", package)
    installed = root.files()
    assert {"usr/share/applications/lanchat.desktop", "usr/share/icons/hicolor/48x48/apps/lanchat.png"} <= installed

    options = ("--host", "127.0.0.1", "--port", str(port), "--no-discovery", "--data-dir", str(data))
    with running(Program(root.folder / "usr" / "bin" / "lanchat", "serve", *options, HOME=str(data.parent))) as program:
        wait_until(lambda: '<div id="root">' in (body_of(port) or ""), "the page")
        assert program.end()[0] == 0
    root.dpkg("--install", package)  # an update over what is there
    assert root.files() == installed

    root.dpkg("--remove", "lanchat")
    assert root.files() == set()
    assert (data / "lanchat.db").exists()


def test_it_names_what_its_window_needs_and_runs_nothing_as_root(package: Path) -> None:
    fields = subprocess.run(["dpkg-deb", "--field", package, "Depends"], capture_output=True, text=True, check=True)
    assert "gir1.2-webkit2-4.1" in fields.stdout
    control = subprocess.run(["dpkg-deb", "--ctrl-tarfile", package], capture_output=True, check=True).stdout
    members = subprocess.run(["tar", "-t"], input=control, capture_output=True, check=True).stdout.decode().split()
    assert [Path(name).name for name in members if not name.endswith("/")] == ["control"]


def test_every_link_of_ours_opens_the_program(package: Path, tmp_path: Path) -> None:
    root = Root(tmp_path)
    root.dpkg("--install", package)
    entry = (tmp_path / "usr" / "share" / "applications" / "lanchat.desktop").read_text("utf-8")
    assert "\nMimeType=x-scheme-handler/lanchat;\n" in entry
    assert "\nExec=lanchat open %u\n" in entry
