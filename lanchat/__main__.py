"""`python -m lanchat`."""

from lanchat.cli.main import main

if __name__ == "__main__":
    main()
