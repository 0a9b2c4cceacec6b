/* Generates a chat's load and prints one JSON object about how the server bore it; see ../README.md. */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <unistd.h>

#include "client.h"
#include "measure.h"
#include "options.h"

#define SECOND 1000000000ull
#define MESSAGES (1u << 22) /* whose deliveries are counted at once */
#define CONNECT_PATIENCE (120 * SECOND)
#define STALL (8 * SECOND) /* without any delivery: what is on its way is given up */

static struct client *clients;
static int opened, connecting, ready, dead, connect_times_count, next_sender;
static double *connect_times; /* ms */
static uint32_t *deliveries_of;
static uint64_t sent, completed, given_up, acknowledged, refused, other_events;
static bool is_measuring;

/* What clients tell */

static void on_ready(struct client *client) {
    connecting--;
    ready++;
    connect_times[connect_times_count++] = (double)(now_ns() - client->started) / 1e6;
    if (client->number >= options.clients - options.slow) stop_reading(client);
}

static void on_dead(struct client *client, enum state before) {
    (void)client;
    if (before == READY) ready--;
    else connecting--;
    dead++;
}

static void on_ack(const char *text, size_t size) {
    if (memmem(text, size < 40 ? size : 40, "\"ok\":false", 10)) refused++;
    else acknowledged++;
}

/* A message begins with ##<number>#<intended time of sending, ns>#: no "@", which would call somebody by name. */
static void on_event(const char *text, size_t size) {
    static const char name[] = "[\"new_message\"";
    const char *mark = size < sizeof name || memcmp(text, name, sizeof name - 1) ? NULL : memmem(text, size, "##", 2);
    if (!mark) {
        other_events++;
        return;
    }
    char *end;
    uint64_t number = strtoull(mark + 2, &end, 10), intended = strtoull(end + 1, NULL, 10);
    if (is_measuring) note_latency(now_ns() - intended);
    if (number < sent && ++deliveries_of[number % MESSAGES] == (uint32_t)(options.clients - options.slow)) completed++;
}

static void say(uint64_t intended) {
    static const char words[] = "the quick brown fox jumps over the lazy dog while nine hungry otters write about lunch ";
    struct client *client = NULL;
    for (int tries = 0; tries < options.senders && (!client || client->state != READY); tries++)
        client = &clients[next_sender++ % options.senders];
    if (client->state != READY) return;
    char packet[7000], ack[24] = "";
    if (options.acks) snprintf(ack, sizeof ack, "%lu", (unsigned long)sent);
    int length = snprintf(packet, sizeof packet,
                          "42%s[\"send_message\",{\"room_id\":%s,\"client_id\":\"g%d-%lu\",\"content\":\"##%lu#%lu#", ack,
                          wire.room, (int)getpid(), (unsigned long)sent, (unsigned long)sent, (unsigned long)intended);
    int end = (int)(strstr(packet, "##") - packet) + options.size - 1;
    for (; length < end; length++) packet[length] = words[(uint64_t)length % (sizeof words - 1)];
    memcpy(packet + length, ".\"}]", 4);
    deliveries_of[sent++ % MESSAGES] = 0;
    send_text(client, packet, (size_t)length + 4);
}

/* Phases of a run */

static bool connect_all(void) {
    uint64_t start = now_ns();
    while (ready + dead < options.clients) {
        for (; opened < options.clients && connecting < options.at_once; opened++) {
            connecting++;
            open_client(&clients[opened], opened);
        }
        serve_clients(SECOND / 10);
        if (now_ns() - start > CONNECT_PATIENCE) break;
    }
    return ready == options.clients;
}

static void wait_for(double seconds) {
    uint64_t end = now_ns() + (uint64_t)(seconds * 1e9), now;
    while ((now = now_ns()) < end) serve_clients(end - now);
}

/* Open loop: messages are due at fixed times, however the server fares, and late ones count from when they were due. */
static void send_by_the_clock(uint64_t start, uint64_t end) {
    double interval = 1e9 / options.rate;
    uint64_t number = (uint64_t)((double)(now_ns() - start) / interval), now, due;
    while ((now = now_ns()) < end) {
        while ((due = start + (uint64_t)((double)number * interval)) <= now) {
            say(due);
            number++;
        }
        serve_clients(due - now);
    }
}

/* Closed loop: so many messages are on their way at any time. Returns how often nothing came for too long. */
static int send_by_the_window(uint64_t end) {
    int stalls = 0;
    uint64_t last = completed, moved = now_ns(), now;
    while ((now = now_ns()) < end && ready > options.slow) {
        while (sent - completed - given_up < (uint64_t)options.window) say(now_ns());
        serve_clients(SECOND / 10);
        if (completed != last) {
            last = completed;
            moved = now;
        } else if (now - moved > STALL) {
            stalls++;
            given_up = sent - completed;
            moved = now;
        }
    }
    return stalls;
}

/* Reports */

static int ascending(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void report_connects(double seconds, double cpu_s) {
    int deflated = 0;
    for (int i = 0; i < options.clients; i++) deflated += clients[i].is_deflated;
    qsort(connect_times, (size_t)connect_times_count, sizeof *connect_times, ascending);
    printf("{\"mode\":\"%s\",\"clients\":%d,\"ready\":%d,\"deflated\":%d,\"connects_s\":%.1f,\"connect_cpu_ms\":%.3f,"
           "\"connect_p99_ms\":%.2f",
           options.mode, options.clients, ready, deflated, ready / seconds, cpu_s * 1000 / options.clients,
           connect_times[(int)(connect_times_count * .99)]);
}

static void run_idle(struct usage before) {
    wait_for(options.seconds);
    struct usage after = usage_of(options.pid);
    printf(",\"kb_per_connection\":%.2f}\n", (after.rss_kb - before.rss_kb) / ready);
}

static void run_load(void) {
    bool by_the_clock = !strcmp(options.mode, "rate");
    wait_for(0.5);
    uint64_t start = now_ns(), begin = start + (uint64_t)(options.warm_up * 1e9);
    by_the_clock ? send_by_the_clock(start, begin) : (void)send_by_the_window(begin);
    struct usage before = usage_of(options.pid);
    double own = own_cpu_s();
    uint64_t sent_before = sent, frames = wire.frames, reads = wire.reads, bytes = wire.bytes;
    is_measuring = true;
    begin = now_ns();
    uint64_t end = begin + (uint64_t)(options.seconds * 1e9);
    int stalls = 0;
    by_the_clock ? send_by_the_clock(start, end) : (void)(stalls = send_by_the_window(end));
    double seconds = (double)(now_ns() - begin) / 1e9;
    is_measuring = false;
    struct usage after = usage_of(options.pid);
    double cpu = after.cpu_s - before.cpu_s, heard = (double)latencies();
    own = own_cpu_s() - own;
    uint64_t in_time = sent - sent_before;
    frames = wire.frames - frames, reads = wire.reads - reads, bytes = wire.bytes - bytes;
    wait_for(0.5); /* the last acknowledgements */
    printf(",\"seconds\":%.2f,\"sent_s\":%.1f,\"deliveries\":%.0f,\"deliveries_s\":%.0f,\"us_per_delivery\":%.3f,"
           "\"us_per_message\":%.1f,\"server_core_pct\":%.1f,\"generator_core_pct\":%.1f,\"frames_per_read\":%.2f,"
           "\"bytes_per_frame\":%.0f,\"p50_ms\":%.3f,\"p95_ms\":%.3f,\"p99_ms\":%.3f,\"max_ms\":%.3f,",
           seconds, (double)in_time / seconds, heard, heard / seconds, cpu * 1e6 / heard, cpu * 1e6 / (double)in_time,
           cpu / seconds * 100, own / seconds * 100, (double)frames / (double)reads, (double)bytes / (double)frames,
           latency_ms(.5), latency_ms(.95), latency_ms(.99), latency_ms(1));
    printf("\"rss_growth_kb\":%.0f,\"peak_rss_kb\":%.0f,\"dead\":%d,\"stalls\":%d,\"sent\":%lu,\"completed\":%lu,"
           "\"acknowledged\":%lu,\"refused\":%lu,\"other_events\":%lu}\n",
           after.peak_kb - before.rss_kb, after.peak_kb, dead, stalls, (unsigned long)sent, (unsigned long)completed,
           (unsigned long)acknowledged, (unsigned long)refused, (unsigned long)other_events);
}

/* All are cut off at once and return at once; then one message goes to all. */
static void run_storm(void) {
    wait_for(3);
    for (int round = 0; round < options.rounds; round++) {
        for (int i = 0; i < options.clients; i++) end_client(&clients[i]);
        uint64_t start = now_ns(), others = other_events, bytes = wire.bytes, expected;
        struct usage before = usage_of(options.pid);
        opened = dead = connecting = connect_times_count = 0;
        bool is_complete = connect_all();
        double back = (double)(now_ns() - start) / 1e9;
        start = now_ns();
        expected = completed + 1;
        say(start);
        while (completed < expected && now_ns() - start < CONNECT_PATIENCE) serve_clients(SECOND / 100);
        double told = (double)(now_ns() - start) / 1e9;
        wait_for(3); /* the news of who is online, to the last */
        struct usage after = usage_of(options.pid);
        printf("%s{\"ready\":%d,\"complete\":%s,\"back_s\":%.2f,\"told_s\":%.3f,\"is_told\":%s,\"cpu_s\":%.2f,"
               "\"other_events\":%lu,\"bytes\":%lu}",
               round ? "," : ",\"rounds\":[", ready, is_complete ? "true" : "false", back, told,
               completed >= expected ? "true" : "false", after.cpu_s - before.cpu_s,
               (unsigned long)(other_events - others), (unsigned long)(wire.bytes - bytes));
    }
    printf("]}\n");
}

int main(int count, char **words) {
    wire = (struct wire){.host = "127.0.0.1", .room = "1", .joins = true, .on_ready = on_ready, .on_dead = on_dead,
                         .on_event = on_event, .on_ack = on_ack, .epoll = epoll_create1(0)};
    if (!read_options(count, words)) return 2;
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    clients = calloc((size_t)options.clients, sizeof *clients);
    connect_times = calloc((size_t)options.clients, sizeof *connect_times);
    deliveries_of = calloc(MESSAGES, sizeof *deliveries_of);
    struct usage before = usage_of(options.pid);
    uint64_t start = now_ns();
    bool is_complete = connect_all();
    double seconds = (double)(now_ns() - start) / 1e9;
    if (!is_complete) fprintf(stderr, "generator: %d of %d clients are connected\n", ready, options.clients);
    if (!ready) return 1;
    report_connects(seconds, usage_of(options.pid).cpu_s - before.cpu_s);
    if (!strcmp(options.mode, "connect")) printf("}\n");
    else if (!strcmp(options.mode, "idle")) run_idle(before);
    else if (!strcmp(options.mode, "storm")) run_storm();
    else run_load();
    return 0;
}
