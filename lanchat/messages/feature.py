"""What messages bring to the program."""

from lanchat.accounts.hooks import forgotten, preferred, traces
from lanchat.core.feature import Chore, Feature
from lanchat.files.hooks import used
from lanchat.messages import api, events, verbs_api
from lanchat.messages.erasing import Erasing, erase_words, keep_erased
from lanchat.messages.models.files import use_files
from lanchat.messages.models.messages import said_something
from lanchat.messages.models.pace import remember_pace
from lanchat.messages.models.system_lines import append_line, keep_lines
from lanchat.messages.receipts import Receipts, note_newcomer, prefer, recall_hiding
from lanchat.messages.service import edits, reactions, read, recall, send
from lanchat.messages.service.bursts import Bursts
from lanchat.rooms.hooks import came, stated, vanished

messages = Feature(
    "messages",
    routes=(api.routes, verbs_api.routes, verbs_api.pins, verbs_api.unread, verbs_api.saved),
    events=events.events,
    rates=(
        *(send.MESSAGES, *send.OF_ADDRESS, *send.OF_ROOM),
        *(read.READS, edits.EDITS, recall.RECALLS, reactions.REACTIONS),
    ),
    parts=(Receipts, Erasing, Bursts),
    hooks=(
        used.filled_by(use_files),
        traces.filled_by(said_something),
        forgotten.filled_by(keep_lines),
        came.filled_by(remember_pace),
        came.filled_by(note_newcomer),
        stated.filled_by(append_line),
        vanished.filled_by(erase_words),
        preferred.filled_by(prefer),
    ),
    start=recall_hiding,
    chores={
        "erase what was taken back": Chore(keep_erased, "an empty journal five seconds after a recall, however many")
    },
)
