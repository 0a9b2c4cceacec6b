"""Owns the OpenAPI document: every route, every error, and the Socket.IO events beside them."""

from collections.abc import Iterable, Iterator
from typing import Any, cast

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema
from quart_schema import DataSource, OpenAPIProvider
from werkzeug.routing import Rule

from lanchat.core.base.refusals import ErrorPayload
from lanchat.core.edge.events import Events
from lanchat.core.edge.rest import traits

REFS = "#/components/schemas/"
REFUSAL = {"$ref": "#/components/responses/Refusal"}
ENCODINGS = {
    DataSource.JSON: "application/json",
    DataSource.FORM: "application/x-www-form-urlencoded",
    DataSource.FORM_MULTIPART: "multipart/form-data",
}
FILE_RESPONSES = {
    "200": {"description": "The whole file.", "content": {"*/*": {}}},
    "206": {"description": "The part that `Range` asks for.", "content": {"*/*": {}}},
    "304": {"description": "What `If-None-Match` names is still true."},
}
Mode = str  # "validation" for what comes in, "serialization" for what goes out


class Document(OpenAPIProvider):
    """quart-schema's document, with one named schema per model instead of a copy at every use."""

    _models: dict[tuple[type[BaseModel], Mode], None]

    def schema(self) -> dict[str, Any]:
        self._models = {(ErrorPayload, "serialization"): None}
        document = super().schema()
        document["info"]["license"] = {"name": "MIT", "identifier": "MIT"}
        document["servers"] = [{"url": "/", "description": "The host that serves this document."}]
        document["components"]["responses"] = {
            "Refusal": {
                "description": "A stable code, and a sentence in the language of Accept-Language.",
                "content": {"application/json": {"schema": {"$ref": REFS + _name(ErrorPayload)}}},
            }
        }
        document["components"]["schemas"] = self._components()
        return document

    def schema_with(self, slices: Iterable[Events], *others: type[BaseModel]) -> dict[str, Any]:
        """The document with the Socket.IO events: each event's name, and the schema of what it carries and answers.

        `others` are models that travel outside it.
        """
        slices = list(slices)
        document = self.schema()
        incoming = {event.name: self._ref(event.schema, "validation") for events in slices for event in events.all}
        outgoing = {name: self._ref(model, "serialization") for events in slices for name, model in events.told.items()}
        answers = {
            event.name: self._ref(event.answers, "serialization")
            for events in slices
            for event in events.all
            if event.answers is not None
        }
        document["x-socketio-events"] = {"in": incoming, "out": outgoing, "answers": answers}
        for model in others:
            self._ref(model, "serialization")
        document["components"]["schemas"] = self._components()
        return document

    def build_paths(self, rule: Rule) -> tuple[dict[str, Any], dict[str, Any]]:
        paths, components = super().build_paths(rule)
        said = traits(self._app.view_functions[rule.endpoint])
        for path, operations in paths.items():
            for operation in operations.values():
                if said.answers_with_file:
                    operation["responses"] |= FILE_RESPONSES
                if said.requires_body:
                    operation["requestBody"]["required"] = True
                _finish(operation, path, is_public=said.is_public)
        return paths, components

    def build_request_body(  # pyright: ignore[reportIncompatibleMethodOverride], our models are all pydantic's
        self, model: type[BaseModel], source: DataSource
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        is_required = any(field.is_required() for field in model.model_fields.values())  # an empty body is `{}`
        return {"required": is_required, "content": {ENCODINGS[source]: {"schema": self._ref(model, "validation")}}}, {}

    def build_response_object(  # pyright: ignore[reportIncompatibleMethodOverride]
        self,
        model: type[BaseModel],
        headers_model: object,  # noqa: ARG002, theirs
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        content = {"application/json": {"schema": self._ref(model, "serialization")}}
        return {"description": (model.__doc__ or "").partition("\n")[0], "content": content}, {}

    def _ref(self, model: type[BaseModel], mode: Mode) -> dict[str, str]:
        self._models[model, mode] = None
        return {"$ref": REFS + _name(model)}

    def _components(self) -> dict[str, Any]:
        """Every schema that is referred to, under the name that the contract gives it."""
        models: Any = list(self._models)
        _, schemas = models_json_schema(models, ref_template=REFS + "{model}")
        definitions: dict[str, Any] = schemas["$defs"]
        names = {REFS + key: REFS + schema.get("title", key) for key, schema in definitions.items()}
        return {schema.get("title", key): _renamed(schema, names) for key, schema in definitions.items()}


def _name(model: type[BaseModel]) -> str:
    return model.model_config.get("title") or model.__name__


def _renamed(part: Any, names: dict[str, str]) -> Any:
    """The same JSON, with every reference under its new name."""
    if isinstance(part, dict):
        return {key: _renamed(value, names) for key, value in cast("dict[str, Any]", part).items()}
    if isinstance(part, list):
        return [_renamed(value, names) for value in cast("list[Any]", part)]
    return names.get(part, part) if isinstance(part, str) else part


def _finish(operation: dict[str, Any], path: str, *, is_public: bool) -> None:
    """What holds of every operation: its tag, its error, and whether it needs a login."""
    operation["tags"] = [path.removeprefix("/api").split("/")[1]]
    operation["responses"] = {str(status): response for status, response in operation["responses"].items()}
    for status in (*_refusals(operation, path, is_public=is_public), "default"):
        operation["responses"].setdefault(status, REFUSAL)
    if is_public:
        operation["security"] = []


def _refusals(operation: dict[str, Any], path: str, *, is_public: bool) -> Iterator[str]:
    """What is refused for the request's shape, by status; `default` stands for whatever else the use case refuses."""
    if "requestBody" in operation or any(each["in"] == "query" for each in operation["parameters"]):
        yield "400"
    if not is_public:
        yield "401"
    if "{" in path:
        yield "404"
    if "requestBody" in operation:
        yield from ("413", "415")
    if path.startswith("/api/") or not is_public:
        yield "429"
    yield "421"  # under a name that isn't ours
