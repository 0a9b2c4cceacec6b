"""Wires everything together."""

import asyncio
import gc
import socket
import sys
from collections.abc import Collection
from typing import Any

import orjson
from pydantic import BaseModel
from quart import Quart
from quart_schema import HttpSecurityScheme, Info, QuartSchema
from socketio import ASGIApp

import lanchat
from lanchat.config import Settings, SettingsError
from lanchat.core.base.clock import Clock
from lanchat.core.base.fair_turns import Brief
from lanchat.core.base.host_state import HostState
from lanchat.core.base.rate_limits import Limiter
from lanchat.core.base.text_rules import clear
from lanchat.core.chat import Chat
from lanchat.core.delivery import socketio_json
from lanchat.core.delivery.fanout import Fanout
from lanchat.core.delivery.hub import Hub, ServerStopping
from lanchat.core.edge import rest, web_client
from lanchat.core.edge.events import Realtime, Server
from lanchat.core.edge.events import events as core_events
from lanchat.core.edge.openapi import Document
from lanchat.core.security.passwords import Passwords
from lanchat.core.security.tokens import Tokens
from lanchat.core.server.asgi import Receive, Scope, Send
from lanchat.core.server.connection_limits import Crowd
from lanchat.core.server.host_guard import Gate, Name, own_names
from lanchat.core.server.proxies import Clients
from lanchat.core.server.request_metrics import Measured
from lanchat.core.server.socket_path import SocketPath
from lanchat.core.storage import migrator
from lanchat.core.storage.database import Database
from lanchat.core.storage.installation import installation
from lanchat.discovery.addresses import all_addresses
from lanchat.features import FEATURES

MIGRATING = Brief("migration", "before the first request")
# s; a thread that computes gives way to the loop so soon. Each of a message's writes gives the lock away, and by the
# interpreter's 5 ms a message to forty would wait 0.2 s for one hostile picture.
TURN_OF_THREADS = 0.0003
MAX_PACKET = 1 << 20  # bytes of a Socket.IO packet; more closes the connection


class App:
    """LanChat as an ASGI application. `startup` before the first request; `say_goodbye`, `shutdown` at the end."""

    def __init__(self, settings: Settings) -> None:
        """Raises SettingsError."""
        rates = {rate.name for rate in FEATURES.rates}
        if unknown := settings.rates.keys() - rates:
            known = ", ".join(sorted(rates))
            raise SettingsError("invalid_setting", name=f"rates.{min(unknown)}", reason=f"there are {known}")
        self.settings = settings
        self._db = Database(settings.database_path)
        self._fanout = Fanout(is_limited=settings.limits)
        self._db.tell_by(self._fanout.at_once)
        self._names: Collection[Name] = ()
        self.host = HostState(clear(settings.name or socket.gethostname()).strip() or "LanChat")

    async def startup(self) -> None:
        """Bring the database up to date and open it. Raises NewerDatabase or DamagedDatabase."""
        settings = self.settings
        await MIGRATING.run(migrator.migrate, settings.database_path)
        self._db.open()
        self.chat = await make_chat(settings, self._db, Hub(self._fanout), self.host)
        self._sio = _make_sio()
        self._fanout.attach(self._sio)
        edge = Realtime(self._sio, self._fanout, self.chat)
        for events in (core_events, *FEATURES.events):
            edge.register(events)
        await FEATURES.start(self.chat)
        self._chores = FEATURES.begin_chores(self.chat)
        self.quart = _make_quart(self.chat)
        self.refresh_names()
        limit = settings.sockets_per_address if settings.limits else None
        crowd = Crowd(self._sio, ASGIApp(self._sio, self.quart), limit, settings.language, edge.has_entered)
        gate = Gate(SocketPath(crowd, settings.language), lambda: self._names, settings.language)
        doors = FEATURES.before_gate(self.chat, gate)
        self._front = Measured(Clients(doors, settings.trusted_proxies), self.chat.metrics)
        _show_figures(self.chat, self._fanout)
        sys.setswitchinterval(TURN_OF_THREADS)
        gc.collect()
        gc.set_threshold(50_000, 20, 100)  # a storm of guests makes no cycles worth looking for every 700 objects
        gc.freeze()  # what is made until here stays: the collector need not look at it again

    def refresh_names(self, advertised: Collection[str] = ()) -> None:
        """Look again at what a Host header may name: our addresses, and the names that we are advertised under."""
        addresses = {address.ip for address in all_addresses()}
        self._names = own_names(addresses, {*self.settings.allowed_hosts, *advertised})

    async def say_goodbye(self) -> None:
        """Tell everybody and let their sockets go, while requests are still taken: polling clients hear it by one."""
        self.chat.hub.to_everybody("server_stopping", ServerStopping(restart_expected=False))
        await self._fanout.shutdown()
        await self._sio.shutdown()

    async def say_good_night(self) -> None:
        """This computer is about to sleep: tell everybody, who would wait for an answer, and let them go."""
        self.chat.hub.to_everybody("server_stopping", ServerStopping(restart_expected=True))
        await self.let_go()

    async def let_go(self) -> None:
        """End everybody's connection, which may be dead without knowing; clients come back by themselves."""
        await asyncio.gather(*(self._fanout.close(socket.sid) for socket in self.chat.hub.sockets()))

    async def shutdown(self) -> None:
        """Finish what is being written, after the last request."""
        for chore in self._chores:
            chore.cancel()
        await FEATURES.stop(self.chat)
        await self._db.close()
        self.chat.passwords.close()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
        else:
            await self._front(scope, receive, send)

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        """For servers that speak lifespan; whoever called `startup` already passes a no-op instead."""
        while True:
            if (await receive())["type"] == "lifespan.startup":
                await self.startup()
                await send({"type": "lifespan.startup.complete"})
            else:
                await self.say_goodbye()
                await self.shutdown()
                await send({"type": "lifespan.shutdown.complete"})
                return


def create_app(settings: Settings) -> App:
    return App(settings)


def api_document(app: Quart, *others: type[BaseModel]) -> dict[str, Any]:
    """OpenAPI 3.1 for REST, with the Socket.IO events beside it, and `others` that travel outside both."""
    provider: Document = app.extensions["QUART_SCHEMA"].openapi_provider
    return provider.schema_with([core_events, *FEATURES.events], *others)


async def make_chat(settings: Settings, db: Database, hub: Hub, host: HostState, clock: Clock | None = None) -> Chat:
    """What all features work with, on an open database; what is theirs comes with their start."""
    clock, own = clock or Clock(), await db.write(installation)
    return Chat(
        db=db,
        hub=hub,
        settings=settings,
        clock=clock,
        limits=Limiter(clock, enabled=settings.limits, counts=settings.rates),
        passwords=Passwords(enabled=settings.limits),
        tokens=Tokens(settings.secret_key.get_secret_value()),
        installation_id=own.installation_id,
        host=host,
        epoch=own.epoch,
        fillings=FEATURES.fillings,
    )


def _show_figures(chat: Chat, fanout: Fanout) -> None:
    """What others count, and the metrics only look up."""
    metrics, hub, stats = chat.metrics, chat.hub, lambda: fanout.stats
    metrics.gauge("connections", "Chat sockets open.", lambda: len(hub.sockets()))
    metrics.gauge("active_users", "People connected.", lambda: len({s.user_id for s in hub.sockets()}))
    metrics.gauge("writer_queue", "Writes that wait for the database.", chat.db.waiting)
    metrics.gauge("queued_bytes", "Bytes that wait for slow clients.", lambda: stats().queued_bytes)
    metrics.gauge("stock_sockets", "Sockets that are not on the fast path.", lambda: stats().queued_sockets)
    metrics.counter("dropped_readers", "Clients dropped for being too slow.", lambda: stats().slow_sockets_dropped)
    metrics.counter("resyncs", "Clients told to catch up.", lambda: stats().resyncs)


def _make_sio() -> Server:
    return Server(
        async_mode="asgi",
        json=socketio_json,
        cors_allowed_origins=[],  # the gate checks origins, and no other site gets a header from us
        max_http_buffer_size=MAX_PACKET,
        http_compression=False,  # on the loop, a megabyte at a time; and it compresses for who declines
        logger=False,
        engineio_logger=False,
    )


def _make_quart(chat: Chat) -> Quart:
    app = Quart("lanchat", static_folder=None)
    QuartSchema(
        app,
        openapi_path=None,
        info=Info(title="LanChat", version=lanchat.__version__),
        security_schemes={"bearer": HttpSecurityScheme(scheme="bearer")},
        security=[{"bearer": []}],
        openapi_provider_class=Document,
    )
    rest.install(app, chat)
    for routes in FEATURES.routes:
        app.register_blueprint(routes)
    web_client.install(app)

    web_client.serve_document(app, "/openapi.json", lambda: orjson.dumps(api_document(app)))
    return app
