"""What the search brings to the program."""

from lanchat.core.feature import Chore, Feature
from lanchat.messages.hooks import reworded
from lanchat.search import api, indexer, service

search = Feature(
    "search",
    routes=(api.routes,),
    rates=(service.SEARCHES,),
    parts=(indexer.Indexing,),
    hooks=(reworded.filled_by(indexer.reindex),),
    metrics=indexer.show_figures,
    start=indexer.start,
    chores={
        "index what is said": Chore(indexer.keep_indexed, "256 messages a batch, none while 32 writes wait"),
        "tidy the index": Chore(
            indexer.keep_tidy, "in steps of 500 pages; every 20 s up to 100,000 messages, beyond at night"
        ),
    },
)
