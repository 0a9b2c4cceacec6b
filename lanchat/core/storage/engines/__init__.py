"""What differs from one database to the next: everything else in the house is SQL that all of them understand."""

from lanchat.core.storage.engines import sqlite
from lanchat.core.storage.engines.base import Engine

ENGINE: Engine = sqlite
