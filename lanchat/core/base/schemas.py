"""Owns the two kinds of schema: what comes in, and what goes out."""

from typing import TypeAlias

from pydantic import BaseModel, ConfigDict

Plain: TypeAlias = dict[str, object]
"""A payload that never was a model, for the few large or frequent ones: a test compares each with its schema."""


class Input(BaseModel):
    """What somebody sends: parsed once, strictly, and then trusted."""

    model_config = ConfigDict(frozen=True, strict=True)


class TextInput(BaseModel):
    """A form or a query string, where everything arrives as text."""

    model_config = ConfigDict(frozen=True)


class Payload(BaseModel):
    """What we send: every field is always there."""

    model_config = ConfigDict(frozen=True, json_schema_serialization_defaults_required=True)
