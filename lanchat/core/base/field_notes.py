"""Reads what stands under a model's fields, where the line that describes one is.

pydantic can do so by itself (`use_attribute_docstrings`), but does it while each class is made, by the frames of its
maker: half a second of every start. Here a module is read once, when somebody wants the schema.
"""

import ast
import sys
from collections.abc import Iterator
from functools import cache
from importlib.abc import InspectLoader
from typing import cast


@cache
def field_notes(model: type) -> dict[str, str]:
    """By field, those that the model inherits too; empty where a program was packed without its sources."""
    notes: dict[str, str] = {}
    for each in reversed(model.__mro__):
        if each.__module__.startswith("lanchat."):
            notes |= _of_module(each.__module__).get(each.__name__, {})
    return notes


@cache
def _of_module(name: str) -> dict[str, dict[str, str]]:
    spec = sys.modules[name].__spec__
    source = None if spec is None else cast("InspectLoader", spec.loader).get_source(name)
    classes = (node for node in ast.parse(source or "").body if isinstance(node, ast.ClassDef))
    return {node.name: dict(_of_class(node)) for node in classes}


def _of_class(node: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for field, below in zip(node.body, node.body[1:], strict=False):
        match field, below:
            case (
                ast.AnnAssign(target=ast.Name(id=name)),
                ast.Expr(value=ast.Constant(value=str(note))),
            ):
                yield name, note
            case _:
                pass
