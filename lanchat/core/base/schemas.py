"""Owns the two kinds of schema: what comes in, and what goes out."""

from typing import TypeAlias

from pydantic import BaseModel, ConfigDict, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from lanchat.core.base.field_notes import field_notes

Plain: TypeAlias = dict[str, object]
"""A payload that never was a model, for the few large or frequent ones: a test compares each with its schema."""


class _Described(BaseModel):
    """A line under a field says of it, to all who read `/docs`, what its name can't: unit, order, limits, when null."""

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler, /) -> JsonSchemaValue:
        schema = handler(core_schema)
        fields = handler.resolve_ref_schema(schema).get("properties", {})
        for name, note in field_notes(cls).items():
            if name in fields:
                fields[name].setdefault("description", note)
        return schema


class Input(_Described):
    """What somebody sends: parsed once, strictly, and then trusted."""

    model_config = ConfigDict(frozen=True, strict=True)


class TextInput(_Described):
    """A form or a query string, where everything arrives as text."""

    model_config = ConfigDict(frozen=True)


class Payload(_Described):
    """What we send: every field is always there."""

    model_config = ConfigDict(frozen=True, json_schema_serialization_defaults_required=True)
