"""What differs from one database to the next in how the index is kept."""

from lanchat.search.engines import sqlite

INDEX = sqlite
