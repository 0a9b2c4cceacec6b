"""Rules of the house that no linter holds."""

from graphlib import TopologicalSorter
from importlib import import_module

import grimp
import pytest

from lanchat.core.chat import Chat, Part
from lanchat.core.hooks import Hook
from lanchat.features import FEATURES

# Of what is kept in memory: has each process its own, or must all that serve one installation know the same?
SCOPES = {
    "accounts.keyed_codes.Codes": "process",
    "accounts.service.identity.LastUse": "process",
    "admin.claim.Claim": "cluster",
    "doctor.reach_probes.Probes": "cluster",
    "doctor.service.Doctor": "process",
    "exports.tickets.Exports": "cluster",
    "files.images.thumbnails.Thumbnails": "process",
    "files.threads.FileThreads": "process",
    "host.policy.Policy": "cluster",
    "messages.erasing.Erasing": "process",
    "moderation.service.deletion.Deletions": "process",
    "messages.receipts.Receipts": "cluster",
    "messages.service.bursts.Bursts": "process",
    "presence.board.Board": "cluster",
    "presence.typing.Typing": "cluster",
    "search.indexer.Indexing": "process",
    "uploads.turns.Turns": "process",
}
SHARED_BY_CORE = {"db", "hub", "limits", "host"}

# What a lower layer leaves to the features above it, and which of them do it.
HOOKS = {
    "core.edge.hooks.authenticate": ["accounts"],
    "core.edge.hooks.come_online": ["presence"],
    "core.edge.hooks.go": ["presence"],
    "accounts.hooks.registered": ["rooms"],
    "accounts.hooks.rooms_of": ["rooms"],
    "accounts.hooks.traces": ["rooms", "files", "uploads", "messages"],
    "accounts.hooks.forgotten": ["rooms", "messages", "profiles"],
    "accounts.hooks.preferred": ["messages"],
    "rooms.hooks.came": ["messages", "messages"],
    "rooms.hooks.stated": ["messages"],
    "rooms.hooks.vanished": ["files", "messages"],
    "files.hooks.used": ["messages"],
    "files.hooks.pending": ["uploads"],
    "messages.hooks.reworded": ["search"],
}


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    """Imports inside functions count; those for the type checker alone don't."""
    return grimp.build_graph("lanchat", exclude_type_checking_imports=True)


def test_no_module_imports_itself_by_others(graph: grimp.ImportGraph):
    imports = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    TopologicalSorter(imports).prepare()  # raises CycleError, which names the circle


def test_routes_and_events_are_known_to_their_own_feature_only(graph: grimp.ImportGraph):
    edges = [module for module in graph.modules if module.count(".") == 2 and module.endswith((".api", ".events"))]
    assert "lanchat.rooms.api" in edges
    for module in edges:
        slice_ = module.rpartition(".")[0]
        assert graph.find_modules_that_directly_import(module) == {f"{slice_}.feature"}


def test_what_a_slice_brings_is_listed_in_one_place(graph: grimp.ImportGraph):
    brought = {module for module in graph.modules if module.count(".") == 2 and module.endswith(".feature")}
    brought.remove("lanchat.core.feature")
    assert graph.find_modules_directly_imported_by("lanchat.features") == {*brought, "lanchat.core.feature"}
    assert sorted(f"lanchat.{feature.name}.feature" for feature in FEATURES) == sorted(brought)
    for module in brought:
        assert graph.find_modules_that_directly_import(module) == {"lanchat.features"}


def test_features_start_from_the_lowest_up(graph: grimp.ImportGraph):
    names = [feature.name for feature in FEATURES]
    for place, name in enumerate(names):
        for higher in names[place + 1 :]:
            assert not graph.find_shortest_chains(f"lanchat.{name}", f"lanchat.{higher}"), (name, higher)


def test_the_app_knows_no_feature_by_name(graph: grimp.ImportGraph):
    imported = graph.find_modules_directly_imported_by("lanchat.app")
    own = {"lanchat", "lanchat.config", "lanchat.features", "lanchat.discovery.addresses"}
    assert {module for module in imported if not module.startswith("lanchat.core.")} == own


def test_what_lives_in_memory_says_who_shares_it():
    parts = {part for feature in FEATURES for part in feature.parts}
    assert {_name(part): part.scope for part in parts} == SCOPES
    assert set(Part.__subclasses__()) == parts
    fields = Chat.__dataclass_fields__.items()
    assert {name for name, field in fields if field.metadata["scope"] == "cluster"} == SHARED_BY_CORE


def test_hooks_and_who_fills_them_are_listed(graph: grimp.ImportGraph):
    declared = {
        f"{module.removeprefix('lanchat.')}.{name}": hook
        for module in graph.modules
        if module.endswith(".hooks")
        for name, hook in vars(import_module(module)).items()
        if isinstance(hook, Hook)
    }
    filled = {
        name: [feature.name for feature in FEATURES for filling in feature.hooks if filling.hook is hook]
        for name, hook in declared.items()
    }
    assert filled == HOOKS
    assert {name.rpartition(".")[2] for name in declared} == {hook.name for hook in declared.values()}
    assert {filling.hook for feature in FEATURES for filling in feature.hooks} == set(declared.values())


def _name(kind: type) -> str:
    return f"{kind.__module__}.{kind.__qualname__}".removeprefix("lanchat.")
