#define _GNU_SOURCE
#include "protocol.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COMPRESSED 0x40 /* RSV1, RFC 7692 */

static char inflated[1 << 17];

/* The mask is zero: the server has to apply it all the same, and we needn't. */
static void send_frame(struct client *client, unsigned char opcode, const char *payload, size_t size) {
    char frame[8192];
    size_t head = 2;
    if (size > sizeof frame - 8) abort();
    frame[0] = (char)(0x80 | opcode);
    if (size < 126) {
        frame[1] = (char)(0x80 | size);
    } else {
        frame[1] = (char)(0x80 | 126), frame[2] = (char)(size >> 8), frame[3] = (char)size;
        head = 4;
    }
    memset(frame + head, 0, 4);
    memcpy(frame + head + 4, payload, size);
    send_bytes(client, frame, head + 4 + size);
}

void send_text(struct client *client, const char *text, size_t size) { send_frame(client, 1, text, size); }

void shake_hands(struct client *client) {
    char request[1024];
    int length = snprintf(request, sizeof request,
                          "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\n"
                          "Host: %s:%d\r\nOrigin: http://%s:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n%s\r\n",
                          wire.host, wire.port, wire.host, wire.port,
                          wire.offers_deflate
                              ? "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n"
                              : "");
    client->state = HANDSHAKE;
    send_bytes(client, request, (size_t)length);
}

static void become_ready(struct client *client) {
    client->state = READY;
    wire.on_ready(client);
}

/* An Engine.IO packet: 0 open, 2 ping, 4 message, in which 0 connect, 2 event, 3 ack, 4 refusal. */
static void take_packet(struct client *client, const char *text, size_t size) {
    char answer[4096];
    if (!size) return;
    if (text[0] == '2') {
        send_text(client, "3", 1);
    } else if (text[0] == '0') {
        const char *token = wire.tokens[client->number % wire.token_count];
        client->state = OPEN;
        send_text(client, answer, (size_t)snprintf(answer, sizeof answer, "40{\"token\":\"%s\"%s}", token,
                                                    wire.wants_ids ? ",\"presence\":\"ids\"" : ""));
    } else if (text[0] == '4' && size > 1) {
        if (text[1] == '0' && client->state == OPEN && !wire.joins) {
            become_ready(client);
        } else if (text[1] == '0' && client->state == OPEN) {
            client->state = JOINING;
            int length = snprintf(answer, sizeof answer, "420[\"join_room\",{\"room_id\":%s}]", wire.room);
            send_text(client, answer, (size_t)length);
        } else if (text[1] == '2') {
            wire.on_event(text + 2, size - 2);
        } else if (text[1] == '3' && client->state == JOINING) {
            become_ready(client);
        } else if (text[1] == '3') {
            wire.on_ack(text + 2, size - 2);
        } else if (text[1] == '4') {
            end_client(client);
        }
    }
}

static void take_compressed(struct client *client, char *payload, size_t size) {
    static unsigned char tail[4] = {0, 0, 255, 255}; /* RFC 7692, 7.2.2 */
    if (!client->inflater) {
        client->inflater = calloc(1, sizeof *client->inflater);
        inflateInit2(client->inflater, -15);
    }
    z_stream *z = client->inflater;
    z->next_in = (void *)payload, z->avail_in = (uInt)size;
    z->next_out = (void *)inflated, z->avail_out = sizeof inflated;
    inflate(z, Z_SYNC_FLUSH);
    z->next_in = tail, z->avail_in = sizeof tail;
    inflate(z, Z_SYNC_FLUSH);
    take_packet(client, inflated, sizeof inflated - z->avail_out);
}

static void take_frame(struct client *client, unsigned char first, char *payload, size_t size) {
    wire.frames++;
    switch (first & 15) {
        case 1:
            if (first & COMPRESSED) take_compressed(client, payload, size);
            else take_packet(client, payload, size);
            break;
        case 8: end_client(client); break;
        case 9: send_frame(client, 10, payload, size); break;
        default: break;
    }
}

size_t take_bytes(struct client *client, char *bytes, size_t size) {
    size_t taken = 0;
    if (client->state == HANDSHAKE) {
        char *end = memmem(bytes, size, "\r\n\r\n", 4);
        if (!end) return 0;
        *end = 0;
        if (strncmp(bytes + 9, "101", 3)) {
            end_client(client);
            return size;
        }
        client->is_deflated = strcasestr(bytes, "permessage-deflate") != NULL;
        client->state = OPEN;
        taken = (size_t)(end + 4 - bytes);
    }
    while (client->state != DEAD && size - taken >= 2) {
        unsigned char *frame = (unsigned char *)bytes + taken;
        size_t head = 2, length = frame[1] & 127;
        if (length == 126) head = 4;
        else if (length == 127) head = 10;
        if (size - taken < head) break;
        if (head > 2) {
            length = 0;
            for (size_t i = 2; i < head; i++) length = length << 8 | frame[i];
        }
        if (size - taken < head + length) break;
        take_frame(client, frame[0], (char *)frame + head, length);
        taken += head + length;
    }
    return taken;
}

