"""Says which files stand in messages, and who may read them there."""

from lanchat.files.hooks import Use


def use_files() -> Use:
    """A recalled message shows its file to nobody, but keeps it: the uploader may still read it."""
    return Use(
        keeps="EXISTS (SELECT 1 FROM message m WHERE m.attachment_id = attachment.id)",
        shows="""EXISTS (SELECT 1 FROM message m JOIN membership s ON s.room_id = m.room_id AND s.user_id = ?
        JOIN room r ON r.id = m.room_id WHERE m.attachment_id = attachment.id AND m.deleted_at IS NULL
        AND (r.history = 'everyone' OR m.seq > s.joined_seq))""",
    )
