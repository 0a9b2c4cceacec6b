"""What the doctor brings to the program."""

from lanchat.core.feature import Feature
from lanchat.doctor import api, events, service
from lanchat.doctor.reach_probes import ProbeDoor, Probes
from lanchat.doctor.service import Doctor

doctor = Feature(
    "doctor",
    routes=(api.routes,),
    events=events.events,
    rates=(service.EXAMINATIONS,),
    parts=(Doctor, Probes),
    before_gate=ProbeDoor,
)
