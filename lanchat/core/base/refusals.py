"""Owns how a refusal is explained: its one shape, and which field was wrong and why, in the reader's language."""

from typing import Any, TypeVar, overload

from pydantic import BaseModel, ConfigDict, ValidationError

from lanchat.core.base.errors import ChatError, InvalidInput
from lanchat.core.base.i18n import sentences, translate
from lanchat.core.base.schemas import Payload

MAX_FIELDS = 20
WHOLE = "body"  # what is wrong with the input as a whole

Schema = TypeVar("Schema", bound=BaseModel)


class ErrorDetail(Payload):
    """What was refused, for programs and for people."""

    code: str
    """Stable, for programs."""
    message: str
    """A sentence in the reader's language."""
    details: dict[str, Any]
    """What `message` speaks of; `retry_after` in seconds, `fields` with a sentence for each wrong one."""


class ErrorPayload(Payload):
    """Every refusal over REST."""

    model_config = ConfigDict(title="Error")

    error: ErrorDetail
    """What was refused, and why."""
    detail: str
    """`error.message` again, as clients of the first contract expect."""


class ErrorEvent(ErrorDetail):
    """`error`: what went wrong with an event that asked for no acknowledgement."""

    event: str
    """Name of the event that went wrong."""


@overload
def invalid_input(what: ValidationError) -> InvalidInput: ...
@overload
def invalid_input(what: str, problem: str, **values: Any) -> InvalidInput: ...


def invalid_input(what: ValidationError | str, problem: str = "", **values: Any) -> InvalidInput:
    """Either every field that pydantic found wrong, or one field and its problem.

    Input itself is never repeated: it may hold a password.
    """
    if isinstance(what, str):
        return InvalidInput(fields={what: (problem, values)})
    found = what.errors(include_url=False, include_input=False)[:MAX_FIELDS]
    return InvalidInput(fields={_name(error["loc"]): (error["type"], error.get("ctx", {})) for error in found})


def error_body(error: ChatError, language: str) -> dict[str, dict[str, Any]]:
    """`{"error": {"code", "message", "details"}}`, for REST and sockets alike."""
    details = _explain(error.details, language)
    message = translate(f"errors.{error.code}", language, details)
    return {"error": {"code": error.code, "message": message, "details": details}}


def parse(schema: type[Schema], content: object) -> Schema:
    """Untrusted input as `schema`; raises InvalidInput."""
    try:
        return schema.model_validate(content)
    except ValidationError as error:
        raise invalid_input(error) from None


def _explain(details: dict[str, Any], language: str) -> dict[str, Any]:
    """Details as they travel: each field's problem as a sentence, and `reason`, the first of them."""
    if "fields" not in details:
        return details
    fields = {field: _sentence(problem, values, language) for field, (problem, values) in details["fields"].items()}
    name, sentence = next(iter(fields.items()), (WHOLE, translate("fields.invalid", language)))
    reason = sentence if name == WHOLE else f"{name}: {sentence}"
    return {**details, "fields": fields, "reason": reason}


def _sentence(problem: str, values: dict[str, Any], language: str) -> str:
    key = f"fields.{problem}"
    return translate(key if key in sentences(language) else "fields.invalid", language, values)


def _name(location: tuple[int | str, ...]) -> str:
    return ".".join(str(part) for part in location) or WHOLE
