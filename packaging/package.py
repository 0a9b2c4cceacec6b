"""Builds the packages of this system: dist/lanchat, dist/lanchat-folder and what installs them; run by `make package`.

Everything is made in an environment of its own under build/, with nothing in it but what LanChat needs:
a developer's environment would put its tools into the program.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build"
ENVIRONMENT = BUILD / "environment"
GENERATED = BUILD / "generated"
DIST = ROOT / "dist"
STAMP = BUILD / "packaged-sources"
SOURCES = ("lanchat", "web", "assets", "packaging", "build.spec", "pyproject.toml", "uv.lock")


def main() -> None:
    digest = digest_of_sources()
    if sys.argv[1:] == ["--if-changed"] and STAMP.exists() and STAMP.read_text() == digest:
        return
    build()
    STAMP.write_text(digest)


def digest_of_sources() -> str:
    """Of everything that the packages are made from, but for the commit, which changes with every note."""
    tracked = output(["git", "ls-files", "--cached", "--others", "--exclude-standard", *SOURCES]).splitlines()
    digest = hashlib.sha256()
    for name in sorted(name for name in tracked if (ROOT / name).is_file()):
        digest.update(name.encode() + b"\0" + hashlib.sha256((ROOT / name).read_bytes()).digest())
    return digest.hexdigest()


def build() -> None:
    make_environment()
    run([sys.executable, ROOT / "packaging" / "web_client.py"])
    run([python(), __file__, "generate"])
    STAMP.unlink(missing_ok=True)
    shutil.rmtree(DIST, ignore_errors=True)
    run([python(), "-P", "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN",
         "--distpath", DIST, "--workpath", BUILD / "pyinstaller", ROOT / "build.spec"])  # fmt: skip
    if sys.platform.startswith("linux") and shutil.which("dpkg-deb") and shutil.which("fakeroot"):
        run([ROOT / "packaging" / "linux" / "deb.sh"])
    for made in sorted(DIST.iterdir()):
        size = sum(file.stat().st_size for file in (made.rglob("*") if made.is_dir() else [made]) if file.is_file())
        print(f"{made.relative_to(ROOT)}  {size / 1e6:.1f} MB")


def make_environment() -> None:
    """LanChat's own packages at their locked versions, and PyInstaller."""
    uv = shutil.which("uv") or str(Path(sys.executable).with_name("uv"))
    window = ["--extra", "gtk"] if sys.platform.startswith("linux") else []
    command = [uv, "sync", "--frozen", "--quiet", "--no-default-groups", "--group", "package", *window]
    environment = {**os.environ, "UV_PROJECT_ENVIRONMENT": str(ENVIRONMENT)}
    environment.pop("VIRTUAL_ENV", None)
    # Reinstalled, because uv would take an unchanged version for unchanged sources.
    run([*command, "--python", sys.executable, "--no-editable", "--reinstall-package", "lanchat"], environment)


def generate() -> None:
    """What the program carries besides its sources. Runs inside the clean environment."""
    from icons import make_icons
    from licences import all_licences

    GENERATED.mkdir(parents=True, exist_ok=True)
    make_icons(ROOT / "assets" / "icon.svg", GENERATED / "icons")
    (GENERATED / "THIRD-PARTY-LICENSES").write_text(all_licences(ROOT), "utf-8")
    (GENERATED / "version.txt").write_text(windows_version(metadata.version("lanchat")), "utf-8")
    (GENERATED / "build.json").write_text(json.dumps({"commit": commit(), "date": date()}), "utf-8")


def windows_version(version: str) -> str:
    """What Windows shows of the file's properties."""
    template = (ROOT / "packaging" / "windows" / "version.txt.in").read_text("utf-8")
    numbers = [*version.split("."), "0", "0", "0"][:4]
    return template.format(version=version, numbers=", ".join(numbers))


def commit() -> str:
    return output(["git", "rev-parse", "HEAD"]) if (ROOT / ".git").exists() else ""


def date() -> str:
    """SOURCE_DATE_EPOCH where somebody wants the same bytes again; else today."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    moment = datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)
    return moment.date().isoformat()


def python() -> Path:
    return ENVIRONMENT / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def run(command: list[str | Path], environment: dict[str, str] | None = None) -> None:
    finished = subprocess.run(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, check=False)
    if finished.returncode:
        sys.exit(f"{' '.join(map(str, command[:4]))} … failed; what it said is above")


def output(command: list[str]) -> str:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()


if __name__ == "__main__":
    generate() if sys.argv[1:] == ["generate"] else main()
