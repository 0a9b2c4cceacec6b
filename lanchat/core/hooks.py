"""Owns hooks: what a lower layer leaves to those above it, which it must not import."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, ParamSpec, TypeVar

from lanchat.core.chat import Chat

P = ParamSpec("P")
Result = TypeVar("Result")
Tell = Callable[[Chat], object]
"""What a filling did inside a transaction, told after its commit, where a server runs."""
Fillings = Mapping[object, Sequence[Callable[..., Any]]]
"""By hook, those of lower features first."""


@dataclass(frozen=True)
class Filling:
    """What a feature puts into another one's hook."""

    hook: "Hook[..., Any]"
    run: Callable[..., Any]


class Hook(Generic[P, Result]):
    """Declared by the lower, with what a filling is handed and what it returns; filled in a `Feature`."""

    def __init__(self, name: str) -> None:
        self.name = name

    def filled_by(self, run: Callable[P, Result]) -> Filling:
        return Filling(self, run)

    def all(self, fillings: Fillings, *args: P.args, **kwargs: P.kwargs) -> list[Result]:
        """What every filling returns."""
        return [run(*args, **kwargs) for run in fillings.get(self, ())]

    def only(self, fillings: Fillings, *args: P.args, **kwargs: P.kwargs) -> Result:
        """For what exactly one feature must do."""
        (run,) = fillings[self]
        return run(*args, **kwargs)
