/* Clocks, latencies, and what a process costs. */
#ifndef MEASURE_H
#define MEASURE_H
#include <stdint.h>

struct usage {
    double cpu_s, rss_kb, peak_kb;
};

uint64_t now_ns(void);
struct usage usage_of(long pid); /* all zero for pid 0 */
double own_cpu_s(void);

void note_latency(uint64_t ns);
uint64_t latencies(void);
double latency_ms(double share); /* of all noted: 0.5 is the median, 1 the longest */
#endif
