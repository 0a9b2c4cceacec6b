"""What exports bring to the program."""

from lanchat.core.feature import Feature
from lanchat.exports import api, service
from lanchat.exports.tickets import Exports

exports = Feature("exports", routes=(api.routes,), rates=(service.EXPORTS,), parts=(Exports,), stop=service.stop)
