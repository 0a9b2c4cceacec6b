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
#include "protocol.h"

#define EVENTS 512
#define READS_A_TURN 4 /* of one client, before the others come */

struct wire wire;
static char input[1 << 18];

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

void send_bytes(struct client *client, const char *bytes, size_t size) {
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

static void connected(struct client *client) {
    int error = 0;
    socklen_t size = sizeof error;
    getsockopt(client->fd, SOL_SOCKET, SO_ERROR, &error, &size);
    if (error) {
        end_client(client);
        return;
    }
    watch(client, EPOLL_CTL_MOD, false);
    shake_hands(client);
}

static void serve_client(struct client *client, uint32_t events) {
    bool is_over = events & (EPOLLHUP | EPOLLERR);
    if (client->state == DEAD) return;
    if (client->state == CONNECTING) {
        connected(client);
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
