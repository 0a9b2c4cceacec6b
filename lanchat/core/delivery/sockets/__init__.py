"""The hot path below `fanout.py`: what stands between a WebSocket's bytes and an event."""
