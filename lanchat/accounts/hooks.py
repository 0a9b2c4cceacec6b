"""Owns what accounts leave to those above them."""

from lanchat.accounts.schemas.preferences import Preferences
from lanchat.core.hooks import Fillings, Hook, Tell

registered: Hook[[Fillings, int, str], Tell] = Hook("registered")
"""(all fillings, user id, now): in the transaction that makes an account, by a running server or beside it."""

traces: Hook[[], str] = Hook("traces")
"""(): an SQL condition on a row of `account`, under which somebody left something that stays."""

rooms_of: Hook[[int], list[int]] = Hook("rooms_of")
"""(user id): the rooms whose members see them, in the transaction that changes how they look."""

forgotten: Hook[[list[int], str], Tell] = Hook("forgotten")
"""(user ids, now): in the transaction that forgets guests, before their accounts are gone."""

preferred: Hook[[int, Preferences, Preferences], Tell] = Hook("preferred")
"""(user id, before, now): in the transaction that changes what somebody prefers."""
