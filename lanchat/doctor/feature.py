"""What the doctor brings to the program."""

from lanchat.core.feature import Feature
from lanchat.doctor import api, events, service
from lanchat.doctor.reach_probes import CallDoor, Calls
from lanchat.doctor.service import Doctor

doctor = Feature(
    "doctor",
    routes=(api.routes,),
    events=events.events,
    rates=(service.EXAMINATIONS,),
    parts=(Doctor, Calls),
    before_gate=CallDoor,
)
