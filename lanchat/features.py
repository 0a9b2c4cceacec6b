"""Lists the features, the lowest first: that is the order in which they start."""

from lanchat.accounts.feature import accounts
from lanchat.admin.feature import admin
from lanchat.backups.feature import backups
from lanchat.core.feature import Features
from lanchat.doctor.feature import doctor
from lanchat.exports.feature import exports
from lanchat.files.feature import files
from lanchat.host.feature import host
from lanchat.invites.feature import invites
from lanchat.messages.feature import messages
from lanchat.moderation.feature import moderation
from lanchat.presence.feature import presence
from lanchat.profiles.feature import profiles
from lanchat.rooms.feature import rooms
from lanchat.search.feature import search
from lanchat.uploads.feature import uploads

FEATURES = Features(
    (
        host,
        accounts,
        rooms,
        invites,
        presence,
        files,
        uploads,
        messages,
        profiles,
        moderation,
        search,
        exports,
        backups,
        admin,
        doctor,
    )
)
