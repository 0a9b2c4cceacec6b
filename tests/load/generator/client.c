#define _GNU_SOURCE
#include "client.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "measure.h"

#define EVENTS 512
#define READS_A_TURN 4 /* of one client, before the others come */
#define COMPRESSED 0x40

struct wire wire;
static char input[1 << 18], inflated[1 << 17];

static void fail(const char *what) {
    perror(what);
    exit(2);
}

static void watch(struct client *client, int operation, bool wants_to_write) {
    uint32_t reading = client->reads_nothing ? 0 : EPOLLIN;
    struct epoll_event event = {.events = reading | (wants_to_write ? EPOLLOUT : 0), .data.ptr = client};
    if (epoll_ctl(wire.epoll, operation, client->fd, &event)) fail("epoll_ctl");
}

void open_client(struct client *client, int number) {
    *client = (struct client){.number = number, .state = CONNECTING, .started = now_ns()};
    client->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (client->fd < 0) fail("socket");
    int yes = 1;
    setsockopt(client->fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)wire.port)};
    inet_pton(AF_INET, wire.host, &address.sin_addr);
    if (connect(client->fd, (void *)&address, sizeof address) && errno != EINPROGRESS) fail("connect");
    watch(client, EPOLL_CTL_ADD, true);
}

void end_client(struct client *client) {
    if (client->state == DEAD) return;
    enum state before = client->state;
    struct linger reset = {.l_onoff = 1, .l_linger = 0};
    setsockopt(client->fd, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
    close(client->fd);
    free(client->unread);
    free(client->unsent);
    if (client->inflater) inflateEnd(client->inflater);
    free(client->inflater);
    client->state = DEAD;
    wire.on_dead(client, before);
}

void stop_reading(struct client *client) {
    client->reads_nothing = true;
    watch(client, EPOLL_CTL_MOD, client->unsent_size > 0);
}

/* Outwards */

static void send_bytes(struct client *client, const char *bytes, size_t size) {
    if (!client->unsent_size) {
        ssize_t sent = send(client->fd, bytes, size, MSG_NOSIGNAL);
        if (sent < 0 && errno != EAGAIN) {
            end_client(client);
            return;
        }
        if (sent > 0) bytes += sent, size -= (size_t)sent;
        if (!size) return;
    }
    if (client->unsent_size + size > client->unsent_room) {
        client->unsent_room = (client->unsent_size + size) * 2;
        client->unsent = realloc(client->unsent, client->unsent_room);
    }
    memcpy(client->unsent + client->unsent_size, bytes, size);
    client->unsent_size += size;
    watch(client, EPOLL_CTL_MOD, true);
}

static void send_unsent(struct client *client) {
    ssize_t sent = send(client->fd, client->unsent, client->unsent_size, MSG_NOSIGNAL);
    if (sent < 0 && errno != EAGAIN) {
        end_client(client);
        return;
    }
    if (sent > 0) {
        client->unsent_size -= (size_t)sent;
        memmove(client->unsent, client->unsent + sent, client->unsent_size);
    }
    if (!client->unsent_size) watch(client, EPOLL_CTL_MOD, false);
}

/* The mask is zero: the server has to apply it all the same, and we needn't. */
static void send_frame(struct client *client, unsigned char opcode, const char *payload, size_t size) {
    char frame[8192] = {(char)(0x80 | opcode)};
    size_t head = 2;
    if (size > sizeof frame - 8) fail("a frame that is too long");
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

static void shake_hands(struct client *client) {
    int error = 0;
    socklen_t size = sizeof error;
    getsockopt(client->fd, SOL_SOCKET, SO_ERROR, &error, &size);
    if (error) {
        end_client(client);
        return;
    }
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
    watch(client, EPOLL_CTL_MOD, false);
    send_bytes(client, request, (size_t)length);
}

/* Inwards */

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
        send_text(client, answer, (size_t)snprintf(answer, sizeof answer, "40{\"token\":\"%s\"}", token));
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

/* Returns how much was understood; the rest is the beginning of something. */
static size_t take_bytes(struct client *client, char *bytes, size_t size) {
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

/* False when there is nothing more to read now. */
static bool read_once(struct client *client) {
    size_t before = client->unread_size;
    if (before) memcpy(input, client->unread, before);
    ssize_t received = recv(client->fd, input + before, sizeof input - before - 1, 0);
    if (received <= 0) {
        if (received == 0 || errno != EAGAIN) end_client(client);
        return false;
    }
    wire.reads++;
    wire.bytes += (uint64_t)received;
    size_t size = before + (size_t)received;
    input[size] = 0;
    size_t taken = take_bytes(client, input, size);
    if (client->state == DEAD) return false;
    client->unread_size = size - taken;
    if (client->unread_size > client->unread_room) {
        client->unread_room = client->unread_size * 2;
        client->unread = realloc(client->unread, client->unread_room);
    }
    if (client->unread_size) memcpy(client->unread, input + taken, client->unread_size);
    return size == sizeof input - 1;
}

static void serve_client(struct client *client, uint32_t events) {
    bool is_over = events & (EPOLLHUP | EPOLLERR);
    if (client->state == DEAD) return;
    if (client->state == CONNECTING) {
        shake_hands(client);
    } else if (client->reads_nothing && is_over) {
        end_client(client); /* the server has dropped a slow reader */
    } else {
        if (events & EPOLLOUT && client->unsent_size) send_unsent(client);
        for (int i = 0; i < READS_A_TURN && client->state != DEAD && !client->reads_nothing; i++)
            if (!read_once(client)) break;
    }
}

int serve_clients(uint64_t patience_ns) {
    struct epoll_event events[EVENTS];
    struct timespec patience = {(time_t)(patience_ns / 1000000000), (long)(patience_ns % 1000000000)};
    int count = epoll_pwait2(wire.epoll, events, EVENTS, &patience, NULL);
    for (int i = 0; i < count; i++) serve_client(events[i].data.ptr, events[i].events);
    return count;
}
