/*
 * wan_link: one emulated WAN link between two network namespaces.
 *
 * It owns a TAP interface in each namespace and carries Ethernet frames between them with a set delay, jitter, loss, rate
 * and queue size, or not at all while the link is down. The kernel's netem is not needed.
 *
 *     namespace A                                        namespace Z
 *     [TAP] ──read──▶ direction "az": drop? ▶ queue ▶ delay ──write──▶ [TAP]
 *     [TAP] ◀──write── delay ◀ queue ◀ drop? :direction "za" ◀──read── [TAP]
 *
 *     wan_link run NAMESPACE_A INTERFACE_A NAMESPACE_Z INTERFACE_Z CONTROL_SOCKET [KEY=VALUE ...]
 *     wan_link control CONTROL_SOCKET [KEY=VALUE ...]       changes the link, prints its state as one line of JSON
 *
 * Keys: delay_ms (one way), jitter_ms, loss (percent), rate_mbit (0: no limit), queue_kb, down (0 or 1), mtu (only at the
 * start) and direction (az, za or both), which says what the keys after it are about.
 *
 * Frames that were queued when the link went down are dropped, so that none arrives late when it is up again.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <poll.h>
#include <sched.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

enum { QUEUE_SLOTS = 1 << 16, LARGEST_FRAME = 65536, LARGEST_MESSAGE = 2048, FRAMES_PER_TURN = 64 };

/* A frame on its way: it leaves the queue at due_ns. */
struct frame {
    int64_t due_ns;
    size_t length;
    unsigned char *bytes;
};

/* One direction of the link: its settings, its queue (a ring from head to tail) and its counters. */
struct direction {
    const char *name;
    double delay_ms, jitter_ms, loss_percent, rate_mbit, queue_kb;
    bool down;
    int from, to;
    struct frame queue[QUEUE_SLOTS];
    uint32_t head, tail;
    size_t queued_bytes;
    int64_t sender_free_ns, last_due_ns;
    uint64_t received, delivered, delivered_bytes, lost, overflowed;
};

static struct direction directions[2] = {
    { .name = "az", .queue_kb = 4096 },
    { .name = "za", .queue_kb = 4096 },
};

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static int64_t now_ns(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * INT64_C(1000000000) + time.tv_nsec;
}

/* Creates the TAP interface in the namespace, sets its MTU and brings it up; the process stays in its own namespace. */
static int open_tap(const char *namespace, const char *interface, int mtu) {
    char path[256];
    snprintf(path, sizeof path, "/run/netns/%s", namespace);
    int own = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
    int other = open(path, O_RDONLY | O_CLOEXEC);
    if (own < 0 || other < 0 || setns(other, CLONE_NEWNET) != 0) fail(path);

    int tap = open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);
    if (tap < 0) fail("/dev/net/tun");
    struct ifreq request = { .ifr_flags = IFF_TAP | IFF_NO_PI };
    snprintf(request.ifr_name, IFNAMSIZ, "%s", interface);
    if (ioctl(tap, TUNSETIFF, &request) != 0) fail(interface);

    int any = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    request.ifr_mtu = mtu;
    if (any < 0 || ioctl(any, SIOCSIFMTU, &request) != 0) fail("setting the MTU");
    if (ioctl(any, SIOCGIFFLAGS, &request) != 0) fail("reading the interface's flags");
    request.ifr_flags |= IFF_UP;
    if (ioctl(any, SIOCSIFFLAGS, &request) != 0) fail("bringing the interface up");
    close(any);

    if (setns(own, CLONE_NEWNET) != 0) fail("returning to the own namespace");
    close(own);
    close(other);
    return tap;
}

static void forget_queue(struct direction *d) {
    for (; d->head != d->tail; d->head++) {
        free(d->queue[d->head % QUEUE_SLOTS].bytes);
        d->lost++;
    }
    d->queued_bytes = 0;
    d->sender_free_ns = 0;
    d->last_due_ns = 0;
}

/* Sets one key of one direction; answers whether the key is known. */
static bool set_key(struct direction *d, const char *key, double value) {
    if (strcmp(key, "delay_ms") == 0) d->delay_ms = value;
    else if (strcmp(key, "jitter_ms") == 0) d->jitter_ms = value;
    else if (strcmp(key, "loss") == 0) d->loss_percent = value;
    else if (strcmp(key, "rate_mbit") == 0) d->rate_mbit = value;
    else if (strcmp(key, "queue_kb") == 0) d->queue_kb = value;
    else if (strcmp(key, "down") == 0) {
        d->down = value != 0;
        if (d->down) forget_queue(d);
    } else return false;
    return true;
}

/* Applies "key=value key=value ..."; answers whether all of it was understood. The text is cut up on the way. */
static bool configure(char *text) {
    bool chosen[2] = { true, true };
    bool understood = true;
    char *rest = NULL;
    for (char *word = strtok_r(text, " \n", &rest); word != NULL; word = strtok_r(NULL, " \n", &rest)) {
        char *equals = strchr(word, '=');
        if (equals == NULL) { understood = false; continue; }
        *equals = '\0';
        const char *key = word, *value = equals + 1;
        if (strcmp(key, "direction") == 0) {
            chosen[0] = strcmp(value, "za") != 0;
            chosen[1] = strcmp(value, "az") != 0;
            continue;
        }
        char *end = NULL;
        double number = strtod(value, &end);
        if (end == value || *end != '\0' || number < 0) { understood = false; continue; }
        for (int i = 0; i < 2; i++)
            if (chosen[i] && !set_key(&directions[i], key, number)) understood = false;
    }
    return understood;
}

static void deliver(struct direction *d, const unsigned char *bytes, size_t length) {
    if (write(d->to, bytes, length) > 0) {
        d->delivered++;
        d->delivered_bytes += length;
    }
}

/* Delivers what is due; answers when the next frame is due, or -1 if none waits. */
static int64_t deliver_due(struct direction *d, int64_t now) {
    while (d->head != d->tail) {
        struct frame *first = &d->queue[d->head % QUEUE_SLOTS];
        if (first->due_ns > now) return first->due_ns;
        deliver(d, first->bytes, first->length);
        d->queued_bytes -= first->length;
        free(first->bytes);
        d->head++;
    }
    return -1;
}

/* The time at which a frame sent now arrives: after those before it, its own sending time at the set rate, and the delay. */
static int64_t arrival_ns(struct direction *d, size_t length, int64_t now) {
    int64_t sent = now;
    if (d->rate_mbit > 0) {
        if (d->sender_free_ns > sent) sent = d->sender_free_ns;
        sent += (int64_t)(length * 8 * 1e3 / d->rate_mbit);
        d->sender_free_ns = sent;
    }
    double jitter_ms = d->jitter_ms > 0 ? d->jitter_ms * (2 * drand48() - 1) : 0;
    int64_t arrival = sent + (int64_t)((d->delay_ms + jitter_ms) * 1e6);
    if (arrival < d->last_due_ns) arrival = d->last_due_ns; /* frames keep their order */
    if (arrival < now) arrival = now;
    d->last_due_ns = arrival;
    return arrival;
}

static void accept_frame(struct direction *d, const unsigned char *bytes, size_t length) {
    d->received++;
    if (d->down || (d->loss_percent > 0 && drand48() * 100 < d->loss_percent)) {
        d->lost++;
        return;
    }
    if (d->queued_bytes + length > d->queue_kb * 1024 || d->tail - d->head >= QUEUE_SLOTS) {
        d->overflowed++;
        return;
    }
    int64_t now = now_ns();
    int64_t due = arrival_ns(d, length, now);
    if (due <= now && d->head == d->tail) {
        deliver(d, bytes, length);
        return;
    }
    struct frame *last = &d->queue[d->tail % QUEUE_SLOTS];
    last->bytes = malloc(length);
    if (last->bytes == NULL) { d->overflowed++; return; }
    memcpy(last->bytes, bytes, length);
    last->length = length;
    last->due_ns = due;
    d->queued_bytes += length;
    d->tail++;
}

static void accept_frames(struct direction *d) {
    static unsigned char bytes[LARGEST_FRAME];
    for (int i = 0; i < FRAMES_PER_TURN; i++) {
        ssize_t length = read(d->from, bytes, sizeof bytes);
        if (length <= 0) return;
        accept_frame(d, bytes, (size_t)length);
    }
}

static size_t describe(char *text, size_t size, bool understood) {
    size_t used = (size_t)snprintf(text, size, "{\"understood\":%s", understood ? "true" : "false");
    for (int i = 0; i < 2; i++) {
        struct direction *d = &directions[i];
        used += (size_t)snprintf(text + used, size - used,
            ",\"%s\":{\"down\":%s,\"delay_ms\":%g,\"jitter_ms\":%g,\"loss\":%g,\"rate_mbit\":%g,\"queue_kb\":%g,"
            "\"received\":%" PRIu64 ",\"delivered\":%" PRIu64 ",\"delivered_bytes\":%" PRIu64 ",\"lost\":%" PRIu64
            ",\"overflowed\":%" PRIu64 ",\"queued_bytes\":%zu}",
            d->name, d->down ? "true" : "false", d->delay_ms, d->jitter_ms, d->loss_percent, d->rate_mbit, d->queue_kb,
            d->received, d->delivered, d->delivered_bytes, d->lost, d->overflowed, d->queued_bytes);
    }
    used += (size_t)snprintf(text + used, size - used, "}\n");
    return used;
}

static void answer_control(int control) {
    char text[LARGEST_MESSAGE];
    struct sockaddr_un sender;
    socklen_t sender_length = sizeof sender;
    ssize_t length = recvfrom(control, text, sizeof text - 1, 0, (struct sockaddr *)&sender, &sender_length);
    if (length < 0) return;
    text[length] = '\0';
    bool understood = configure(text);
    size_t used = describe(text, sizeof text, understood);
    if (sender_length > sizeof(sa_family_t))
        sendto(control, text, used, MSG_DONTWAIT, (struct sockaddr *)&sender, sender_length);
}

static struct sockaddr_un socket_address(const char *path) {
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    if (strlen(path) >= sizeof address.sun_path) {
        errno = ENAMETOOLONG;
        fail(path);
    }
    strcpy(address.sun_path, path);
    return address;
}

static int run(int count, char **words) {
    int mtu = 1500;
    for (int i = 5; i < count; i++) {
        if (sscanf(words[i], "mtu=%d", &mtu) == 1) continue;
        if (!configure(words[i])) {
            fprintf(stderr, "wan_link: not understood: %s\n", words[i]);
            return 2;
        }
    }
    int a = open_tap(words[0], words[1], mtu);
    int z = open_tap(words[2], words[3], mtu);
    directions[0].from = directions[1].to = a;
    directions[1].from = directions[0].to = z;

    struct sockaddr_un address = socket_address(words[4]);
    int control = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    unlink(words[4]);
    if (control < 0 || bind(control, (struct sockaddr *)&address, sizeof address) != 0) fail(words[4]);
    srand48(getpid());

    for (;;) {
        int64_t now = now_ns(), next = -1;
        for (int i = 0; i < 2; i++) {
            int64_t due = deliver_due(&directions[i], now);
            if (due >= 0 && (next < 0 || due < next)) next = due;
        }
        struct timespec pause, *timeout = NULL;
        if (next >= 0) {
            int64_t left = next - now_ns();
            if (left < 0) left = 0;
            pause = (struct timespec){ .tv_sec = left / 1000000000, .tv_nsec = left % 1000000000 };
            timeout = &pause;
        }
        struct pollfd polled[3] = { { a, POLLIN, 0 }, { z, POLLIN, 0 }, { control, POLLIN, 0 } };
        if (ppoll(polled, 3, timeout, NULL) < 0 && errno != EINTR) fail("ppoll");
        if (polled[0].revents & POLLERR || polled[1].revents & POLLERR) {
            fprintf(stderr, "wan_link: an interface is gone\n");
            return 1;
        }
        if (polled[0].revents & POLLIN) accept_frames(&directions[0]);
        if (polled[1].revents & POLLIN) accept_frames(&directions[1]);
        if (polled[2].revents & POLLIN) answer_control(control);
    }
}

/* Sends the words to a running link and prints its answer; fails if there is none within two seconds. */
static int control(int count, char **words) {
    char text[LARGEST_MESSAGE] = "";
    size_t used = 0;
    for (int i = 1; i < count && used < sizeof text; i++)
        used += (size_t)snprintf(text + used, sizeof text - used, "%s ", words[i]);
    if (used >= sizeof text) {
        fprintf(stderr, "wan_link: too many words\n");
        return 2;
    }
    struct sockaddr_un address = socket_address(words[0]);
    struct sockaddr_un automatic = { .sun_family = AF_UNIX };
    struct timeval patience = { .tv_sec = 2 };
    int client = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (client < 0 || bind(client, (struct sockaddr *)&automatic, sizeof automatic.sun_family) != 0) fail("socket");
    setsockopt(client, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    if (sendto(client, text, used, 0, (struct sockaddr *)&address, sizeof address) < 0) fail(words[0]);
    ssize_t length = recv(client, text, sizeof text - 1, 0);
    if (length < 0) fail("no answer from the link");
    text[length] = '\0';
    fputs(text, stdout);
    return strstr(text, "\"understood\":true") != NULL ? 0 : 2;
}

int main(int count, char **words) {
    if (count >= 7 && strcmp(words[1], "run") == 0) return run(count - 2, words + 2);
    if (count >= 3 && strcmp(words[1], "control") == 0) return control(count - 2, words + 2);
    fprintf(stderr,
        "usage: wan_link run NAMESPACE_A INTERFACE_A NAMESPACE_Z INTERFACE_Z CONTROL_SOCKET [KEY=VALUE ...]\n"
        "       wan_link control CONTROL_SOCKET [KEY=VALUE ...]\n");
    return 2;
}
