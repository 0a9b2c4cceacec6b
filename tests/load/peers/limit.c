/* The physical limit: copies bytes from senders to receivers, and does nothing else: no JSON, no login, no database.
 * limit PORT        one system call for each message and receiver
 * limit PORT batch  one for each turn of the loop and receiver
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define EVENTS 512
#define ROOM 8192 /* clients in it at most */
#define INPUT 65536

struct client {
    int fd, place; /* place: in the room, or -1 */
    bool is_upgraded;
    char *input, *unsent;
    size_t input_size, unsent_size, unsent_room;
};

static int epoll, members;
static bool is_batched;
static struct client *room[ROOM];
static char *pending;
static size_t pending_size, pending_room;
static unsigned long next_id;

static void watch(struct client *client, int operation, uint32_t events) {
    struct epoll_event event = {.events = events, .data.ptr = client};
    epoll_ctl(epoll, operation, client->fd, &event);
}

static void append(char **to, size_t *size, size_t *capacity, const char *bytes, size_t more) {
    if (*size + more > *capacity) {
        *capacity = (*size + more) * 2;
        *to = realloc(*to, *capacity);
    }
    memcpy(*to + *size, bytes, more);
    *size += more;
}

static void put(struct client *client, const char *bytes, size_t size) {
    if (!client->unsent_size) {
        ssize_t sent = send(client->fd, bytes, size, MSG_NOSIGNAL);
        if (sent < 0 && errno != EAGAIN) return;
        if (sent > 0) bytes += sent, size -= (size_t)sent;
        if (!size) return;
    }
    append(&client->unsent, &client->unsent_size, &client->unsent_room, bytes, size);
    watch(client, EPOLL_CTL_MOD, EPOLLIN | EPOLLOUT);
}

static void put_unsent(struct client *client) {
    ssize_t sent = send(client->fd, client->unsent, client->unsent_size, MSG_NOSIGNAL);
    if (sent > 0) {
        client->unsent_size -= (size_t)sent;
        memmove(client->unsent, client->unsent + sent, client->unsent_size);
    }
    if (!client->unsent_size) watch(client, EPOLL_CTL_MOD, EPOLLIN);
}

static size_t frame(char *to, const char *text, size_t size) {
    size_t head = size < 126 ? 2 : 4;
    to[0] = (char)0x81;
    to[1] = (char)(size < 126 ? size : 126);
    if (head == 4) to[2] = (char)(size >> 8), to[3] = (char)size;
    memcpy(to + head, text, size);
    return head + size;
}

static void say(struct client *client, const char *text) {
    char framed[512];
    put(client, framed, frame(framed, text, strlen(text)));
}

static void publish(const char *packet, size_t size) {
    char text[8192], framed[8300];
    const char *content = memmem(packet, size, "\"content\":", 10);
    if (!content) return;
    int length = snprintf(text, sizeof text,
                          "42[\"new_message\",{\"id\":%lu,\"message_type\":\"text\",\"user_id\":1,\"username\":\"user1\","
                          "\"room_id\":1,\"timestamp\":\"2024-01-01T00:00:00.000000\",%.*s",
                          ++next_id, (int)(packet + size - content), content);
    size_t total = frame(framed, text, (size_t)length);
    if (is_batched) {
        append(&pending, &pending_size, &pending_room, framed, total);
    } else {
        for (int i = 0; i < members; i++) put(room[i], framed, total);
    }
}

static void take_packet(struct client *client, const char *packet, size_t size) {
    if (size >= 2 && !memcmp(packet, "40", 2)) {
        say(client, "40{\"sid\":\"x\"}");
    } else if (size > 16 && memmem(packet, 16, "join_room", 9) && client->place < 0 && members < ROOM) {
        client->place = members;
        room[members++] = client;
        say(client, "430[{\"ok\":true}]");
    } else if (size > 10 && packet[0] == '4') {
        publish(packet, size);
    }
}

static void end_client(struct client *client) {
    if (client->place >= 0) {
        room[client->place] = room[--members];
        room[client->place]->place = client->place;
    }
    close(client->fd);
    free(client->input);
    free(client->unsent);
    free(client);
}

/* The generator's key is always the sample of RFC 6455, so the answer is a constant. */
static size_t upgrade(struct client *client) {
    static const char answer[] = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                 "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";
    char *end = memmem(client->input, client->input_size, "\r\n\r\n", 4);
    if (!end) return 0;
    client->is_upgraded = true;
    put(client, answer, sizeof answer - 1);
    say(client, "0{\"sid\":\"x\",\"upgrades\":[],\"pingTimeout\":20000,\"pingInterval\":25000}");
    return (size_t)(end + 4 - client->input);
}

static void read_from(struct client *client) {
    if (!client->input) client->input = malloc(INPUT);
    ssize_t received = recv(client->fd, client->input + client->input_size, INPUT - client->input_size, 0);
    if (received <= 0) {
        if (received == 0 || errno != EAGAIN) end_client(client);
        return;
    }
    client->input_size += (size_t)received;
    size_t taken = client->is_upgraded ? 0 : upgrade(client);
    while (client->is_upgraded && client->input_size - taken >= 8) {
        unsigned char *bytes = (unsigned char *)client->input + taken;
        size_t size = bytes[1] & 127, head = size == 126 ? 8 : 6;
        if (head == 8) size = (size_t)(bytes[2] << 8 | bytes[3]);
        if (client->input_size - taken < head + size) break;
        for (size_t i = 0; i < size; i++) bytes[head + i] ^= bytes[head - 4 + i % 4];
        if ((bytes[0] & 15) == 1) take_packet(client, (char *)bytes + head, size);
        taken += head + size;
    }
    client->input_size -= taken;
    memmove(client->input, client->input + taken, client->input_size);
}

static void accept_all(int listener) {
    int fd, yes = 1;
    while ((fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        struct client *client = calloc(1, sizeof *client);
        client->fd = fd;
        client->place = -1;
        watch(client, EPOLL_CTL_ADD, EPOLLIN);
    }
}

int main(int count, char **words) {
    if (count < 2) return 2;
    is_batched = count > 2;
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), yes = 1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)atoi(words[1])),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    if (bind(listener, (void *)&address, sizeof address) || listen(listener, 1024)) return perror("limit"), 1;
    epoll = epoll_create1(0);
    struct epoll_event listening = {.events = EPOLLIN};
    epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &listening);
    for (;;) {
        struct epoll_event events[EVENTS];
        int ready = epoll_wait(epoll, events, EVENTS, -1);
        for (int i = 0; i < ready; i++) {
            struct client *client = events[i].data.ptr;
            if (!client) {
                accept_all(listener);
                continue;
            }
            if (events[i].events & EPOLLOUT && client->unsent_size) put_unsent(client);
            if (events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) read_from(client);
        }
        for (int i = 0; i < members && pending_size; i++) put(room[i], pending, pending_size);
        pending_size = 0;
    }
}
