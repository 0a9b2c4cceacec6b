/* What a client says and understands: WebSocket frames, Engine.IO packets, Socket.IO events. */
#ifndef PROTOCOL_H
#define PROTOCOL_H
#include "client.h"

void shake_hands(struct client *client);
/* Returns how much was understood; the rest is the beginning of something. */
size_t take_bytes(struct client *client, char *bytes, size_t size);
#endif
