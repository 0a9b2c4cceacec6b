/* One Socket.IO client on a WebSocket, which costs well under a microsecond a frame: the server stays the bottleneck. */
#ifndef CLIENT_H
#define CLIENT_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <zlib.h>

enum state { CONNECTING, HANDSHAKE, OPEN, JOINING, READY, DEAD };

struct client {
    int fd, number;
    enum state state;
    bool is_deflated, reads_nothing;
    char *unread, *unsent; /* the beginning of a frame; what the kernel didn't take yet */
    size_t unread_size, unread_room, unsent_size, unsent_room;
    z_stream *inflater;
    uint64_t started; /* ns */
};

/* What all clients of one run have in common. */
struct wire {
    int epoll, port;
    const char *host, *room;
    char **tokens;
    int token_count;
    bool offers_deflate, joins, wants_ids;
    uint64_t frames, reads, bytes;
    /* What happens to a client; the pointers stay valid during the call only. */
    void (*on_ready)(struct client *client);
    void (*on_dead)(struct client *client, enum state before);
    void (*on_event)(const char *text, size_t size); /* ["name",…] */
    void (*on_ack)(const char *text, size_t size);   /* 7[…] */
};

extern struct wire wire;

void open_client(struct client *client, int number);
void send_bytes(struct client *client, const char *bytes, size_t size);
void send_text(struct client *client, const char *text, size_t size);
void stop_reading(struct client *client);
void end_client(struct client *client);
int serve_clients(uint64_t patience_ns);
#endif
