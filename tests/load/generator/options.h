/* What the command line asks for; what concerns the connections goes straight to `wire`. */
#ifndef OPTIONS_H
#define OPTIONS_H
#include <stdbool.h>

struct options {
    const char *mode;
    int clients, senders, slow, window, at_once, size, rounds;
    double seconds, warm_up, rate;
    long pid;
    bool acks;
};

extern struct options options;

bool read_options(int count, char **words);
#endif
