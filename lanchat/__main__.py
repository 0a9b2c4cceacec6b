"""`python -m lanchat`."""

from lanchat.cli import main

if __name__ == "__main__":
    main()
