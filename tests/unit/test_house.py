"""Rules of the house that no linter holds."""

from graphlib import TopologicalSorter

import grimp


def test_no_module_imports_itself_by_others():
    """Imports inside functions count; those for the type checker alone don't."""
    graph = grimp.build_graph("lanchat", exclude_type_checking_imports=True)
    imports = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    TopologicalSorter(imports).prepare()  # raises CycleError, which names the circle
