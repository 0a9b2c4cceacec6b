"""REST for the search."""

from quart import Blueprint

from lanchat.core.edge.answer_bounds import LONG_ANSWER
from lanchat.core.edge.rest import answers, current_chat, current_user_id, takes_query
from lanchat.search import service
from lanchat.search.schemas import HitsPayload, IndexPayload, SearchQuery

routes = Blueprint("search", __name__, url_prefix="/api/search")


@routes.get("/")
@takes_query(SearchQuery)
@answers(HitsPayload, at_most=LONG_ANSWER)
async def search(query_args: SearchQuery) -> HitsPayload:
    """Find what was said in the rooms that I am in."""
    return await service.search(current_chat(), current_user_id(), query_args)


@routes.get("/index")
@answers(IndexPayload)
async def show_index() -> IndexPayload:
    """How far the index has come after an update, for administrators."""
    return await service.show_index(current_chat(), current_user_id())
