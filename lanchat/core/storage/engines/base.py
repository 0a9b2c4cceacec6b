"""Says what a database must offer; a second one is a second module with these names."""

from collections.abc import Iterable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

import peewee


class Connection(Protocol):
    """As its driver opens it; used by one thread."""

    def execute(self, sql: str, parameters: Any = ..., /) -> Any: ...
    def executemany(self, sql: str, parameters: Any, /) -> Any: ...
    def close(self) -> None: ...


class Engine(Protocol):
    @property
    def ERRORS(self) -> tuple[type[Exception], ...]:  # noqa: N802
        """Whatever its driver and Peewee raise of it."""
        ...

    @property
    def GREATEST(self) -> str:  # noqa: N802
        """The function that takes the greatest of its arguments; of LEAST, the least."""
        ...

    @property
    def LEAST(self) -> str: ...  # noqa: N802

    def handle_of(self, path: Path) -> peewee.SqliteDatabase:
        """Peewee's handle of the database, durable against power loss; connects on demand only."""
        ...

    # -- queries

    def among(self, column: str, values: Iterable[int] | Iterable[str]) -> tuple[str, object]:
        """A condition with one parameter, and that parameter: one statement to prepare, however many values."""
        ...

    def insert(self, connection: Connection, sql: str, parameters: tuple[object, ...]) -> int | None:
        """Add one row; its id, or None where ON CONFLICT kept it out."""
        ...

    def empty_journal(self, path: Path) -> bool:
        """Leave nothing of former contents in files beside the database; False while others need them."""
        ...

    # -- transactions

    def forbid_writing(self, connection: Connection) -> None: ...

    def begin_reading(self, connection: Connection) -> None:
        """From the first query on, one snapshot of what is committed."""
        ...

    def begin_writing(self, connection: Connection, *, may_wait: bool = True) -> None:
        """Waits a little while another program writes, if it may."""
        ...

    def never_wait(self, connection: Connection) -> None:
        """From now on no statement waits for another program; `begin_writing` still does."""
        ...

    def is_under_way(self, connection: Connection) -> bool:
        """Whether the transaction is still there: the database may have given it up by itself."""
        ...

    def writes(self, connection: Connection) -> int:
        """Grows with each row that is written: the same as before means there is nothing to undo."""
        ...

    def version_outside(self, connection: Connection) -> int:
        """Changes when somebody else has committed something."""
        ...

    def transaction_of(self, database: peewee.SqliteDatabase) -> AbstractContextManager[Any]:
        """One that writes, on the handle of a program that is alone or in no hurry."""
        ...

    # -- trouble

    def trouble(self, error: BaseException) -> Exception | None:
        """StorageFull, StorageBusy or StorageDamaged, if it is that."""
        ...

    def is_forbidden(self, error: BaseException) -> bool:
        """Whether somebody tried to write where nothing can be written: after `forbid_writing` a slip of ours."""
        ...

    def is_disk_full(self, error: BaseException) -> bool: ...

    # -- the whole of it

    def is_sound(self, database: peewee.SqliteDatabase) -> bool:
        """A quick look at its structure, before anything is changed."""
        ...

    def schema_version(self, database: peewee.SqliteDatabase) -> int: ...
    def set_schema_version(self, database: peewee.SqliteDatabase, version: int) -> None: ...
    def back_up(self, database: peewee.SqliteDatabase, target: Path) -> None: ...
