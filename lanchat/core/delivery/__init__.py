"""How an event reaches everybody who should hear it: the hub, the fan-out, and the sockets below them."""
