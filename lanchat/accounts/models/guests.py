"""Queries on guests: those who left nothing, and may be forgotten."""

from collections.abc import Collection, Sequence

from lanchat.accounts.models.users import User
from lanchat.core.storage.engines import ENGINE

HAS_SESSION = (
    "EXISTS (SELECT 1 FROM session s WHERE s.user_id = account.id AND s.revoked_at IS NULL AND s.expires_at > ?)"
)


def gone_without_trace(now: str, traces: Sequence[str], most: int) -> list[int]:
    """Ids of guests whose sessions are over and who left nothing, by the conditions in `traces`."""
    are_meant = f"{_silent(traces)} AND NOT {HAS_SESSION}"
    rows = User.run_sql(f"SELECT id FROM account WHERE {are_meant} ORDER BY id LIMIT ?", now, most)  # noqa: S608, ours
    return [user_id for (user_id,) in rows]


def silent_beyond(kept: int, traces: Sequence[str], online: Collection[int], most: int) -> list[int]:
    """Of guests who left nothing, all but the `kept` that were here last; those who are connected stay."""
    (count,) = User.run_sql("SELECT count(*) FROM account WHERE is_guest").fetchone()
    if count <= kept:
        return []
    rows = User.run_sql(
        f"""SELECT id FROM account WHERE {_silent(traces)}
        ORDER BY (SELECT max(s.last_used_at) FROM session s WHERE s.user_id = account.id) DESC, id DESC
        LIMIT ? OFFSET ?""",  # noqa: S608, ours
        most,
        kept,
    )
    return [user_id for (user_id,) in rows if user_id not in online]


def gone_among(user_ids: Collection[int], now: str) -> set[int]:
    """Those of them who can't come back: guests whose sessions are all over, and who deleted their account."""
    are_meant, meant = ENGINE.among("id", user_ids)
    rows = User.run_sql(
        f"SELECT id FROM account WHERE {are_meant} AND (deleted_at IS NOT NULL OR (is_guest AND NOT {HAS_SESSION}))",  # noqa: S608, ours
        meant,
        now,
    )
    return {user_id for (user_id,) in rows}


def remove(user_ids: Collection[int]) -> None:
    """With their sessions, codes and memberships."""
    are_meant, meant = ENGINE.among("id", user_ids)
    User.run_sql(f"DELETE FROM account WHERE {are_meant} AND is_guest", meant)  # noqa: S608, ours


def _silent(traces: Sequence[str]) -> str:
    return "is_guest AND disabled_until IS NULL" + "".join(f" AND NOT {trace}" for trace in traces)
