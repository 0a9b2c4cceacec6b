#define _GNU_SOURCE
#include "measure.h"

#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

/* Exact below 64 µs, then 64 steps to each doubling: 1.6 % wide at most. */
#define STEPS 64
static uint64_t histogram[40 * STEPS], noted, longest;

uint64_t now_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000 + (uint64_t)t.tv_nsec;
}

static int bucket_of(uint64_t us) {
    if (us < STEPS) return (int)us;
    int doublings = 58 - __builtin_clzll(us); /* 1 from 64 µs on, 2 from 128 µs on */
    return doublings * STEPS + (int)(us >> (doublings - 1)) - STEPS;
}

static double end_of(int bucket) {
    if (bucket < 2 * STEPS) return bucket + 1;
    int doublings = bucket / STEPS;
    return (double)((uint64_t)(bucket % STEPS + STEPS + 1) << (doublings - 1));
}

void note_latency(uint64_t ns) {
    int bucket = bucket_of(ns / 1000);
    if (bucket >= 40 * STEPS) bucket = 40 * STEPS - 1;
    histogram[bucket]++;
    noted++;
    if (ns > longest) longest = ns;
}

uint64_t latencies(void) { return noted; }

double latency_ms(double share) {
    if (share >= 1) return (double)longest / 1e6;
    uint64_t wanted = (uint64_t)((double)noted * share), seen = 0;
    for (int bucket = 0; bucket < 40 * STEPS; bucket++)
        if ((seen += histogram[bucket]) > wanted) return end_of(bucket) / 1000;
    return 0;
}

struct usage usage_of(long pid) {
    struct usage found = {0, 0, 0};
    char path[64], text[256];
    struct timespec used;
    clockid_t clock; /* counts in ns, where /proc/PID/stat counts in steps of 10 ms */
    if (!pid) return found;
    if (!clock_getcpuclockid((pid_t)pid, &clock) && !clock_gettime(clock, &used))
        found.cpu_s = (double)used.tv_sec + (double)used.tv_nsec / 1e9;
    snprintf(path, sizeof path, "/proc/%ld/status", pid);
    FILE *file = fopen(path, "r");
    if (!file) return found;
    while (fgets(text, sizeof text, file)) {
        sscanf(text, "VmRSS: %lf", &found.rss_kb);
        sscanf(text, "VmHWM: %lf", &found.peak_kb);
    }
    fclose(file);
    return found;
}

double own_cpu_s(void) {
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    return (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
           (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
}
