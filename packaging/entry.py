"""Where the packaged program begins: PyInstaller doesn't see an entry that is a `__main__` of a package."""

from lanchat.cli.main import main

main()
