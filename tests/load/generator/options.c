#define _GNU_SOURCE
#include "options.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "client.h"

struct options options = {
    .mode = "saturate", .clients = 100, .senders = 8, .window = 64, .at_once = 32, .size = 200,
    .rounds = 3, .seconds = 5, .warm_up = 0.7, .rate = 50,
};

static void read_tokens(const char *path) {
    char line[2048];
    FILE *file = fopen(path, "r");
    if (!file) perror(path), exit(2);
    while (fgets(line, sizeof line, file)) {
        line[strcspn(line, "\r\n")] = 0;
        wire.tokens = realloc(wire.tokens, (size_t)(wire.token_count + 1) * sizeof *wire.tokens);
        if (*line) wire.tokens[wire.token_count++] = strdup(line);
    }
    fclose(file);
}

static const struct option names[] = {
    {"mode", 1, 0, 'm'},   {"host", 1, 0, 'h'},    {"port", 1, 0, 'p'},    {"pid", 1, 0, 'i'},     {"tokens", 1, 0, 't'},
    {"room", 1, 0, 'r'},   {"clients", 1, 0, 'n'}, {"senders", 1, 0, 's'}, {"slow", 1, 0, 'S'},    {"window", 1, 0, 'w'},
    {"rate", 1, 0, 'R'},   {"size", 1, 0, 'z'},    {"at-once", 1, 0, 'c'}, {"seconds", 1, 0, 'd'}, {"warm-up", 1, 0, 'W'},
    {"rounds", 1, 0, 'o'}, {"deflate", 0, 0, 'D'}, {"acks", 0, 0, 'a'},    {"no-join", 0, 0, 'J'}, {"ids", 0, 0, 'I'},
    {0, 0, 0, 0}};

bool read_options(int count, char **words) {
    for (int name; (name = getopt_long(count, words, "", names, 0)) != -1;) switch (name) {
            case 'm': options.mode = optarg; break;
            case 'h': wire.host = optarg; break;
            case 'p': wire.port = atoi(optarg); break;
            case 'i': options.pid = atol(optarg); break;
            case 't': read_tokens(optarg); break;
            case 'r': wire.room = optarg; break;
            case 'n': options.clients = atoi(optarg); break;
            case 's': options.senders = atoi(optarg); break;
            case 'S': options.slow = atoi(optarg); break;
            case 'w': options.window = atoi(optarg); break;
            case 'R': options.rate = atof(optarg); break;
            case 'z': options.size = atoi(optarg); break;
            case 'c': options.at_once = atoi(optarg); break;
            case 'd': options.seconds = atof(optarg); break;
            case 'W': options.warm_up = atof(optarg); break;
            case 'o': options.rounds = atoi(optarg); break;
            case 'D': wire.offers_deflate = true; break;
            case 'a': options.acks = true; break;
            case 'J': wire.joins = false; break;
            case 'I': wire.wants_ids = true; break;
            default: return false;
        }
    if (options.senders > options.clients - options.slow) options.senders = options.clients - options.slow;
    return wire.token_count && options.senders > 0 && options.size >= 60 && options.size <= 5000;
}

