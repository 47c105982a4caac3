/* A reader that takes the place of that of the library: it does what the document says, so that documents can crash, hang
 * and grow without a defect in the program. Include it in one file of a test, after _DEFAULT_SOURCE was defined. */
#ifndef GK_TESTS_ACTS_H
#define GK_TESTS_ACTS_H

#include <signal.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/digest.h"
#include "read/read.h"
#include "run/worker.h"

/* What workers tell the test, in memory that all share. */
typedef struct told {
    _Atomic int crashes, once, orphan;
} told;
static told *shared;

static void crash(void) {
    atomic_fetch_add(&shared->crashes, 1);
    raise(SIGABRT);
}
static void once(void) {
    if (atomic_fetch_add(&shared->once, 1) == 0) _exit(3);
}
static void spin(void) {
    for (volatile unsigned i = 1; i; i += 2) {}
}
static void hang(void) { pause(); }
static void nap(void) { usleep(500000); }
/* A sanitizer takes no such limit, so it is met by hand there. */
static void eat(void) {
#if defined(__SANITIZE_ADDRESS__)
    gk_oom(1);
#endif
    for (;;) memset(gk_alloc(1 << 24), 1, 1 << 24);
}
/* Dies and leaves a program behind that would go on. */
static void orphan(void) {
    pid_t pid = fork();
    if (pid == 0) { /* like a program that was started by posix_spawn */
        for (int fd = 3; fd < 64; fd++) close(fd);
        pause();
    }
    atomic_store(&shared->orphan, pid);
    raise(SIGABRT);
}

/* Tells the parent, in the place of the worker, what cannot be: as a document would that took its worker over. */
static void lie(void) {
    gk_answer answer;
    memset(&answer, 0xFF, sizeof answer);
    if (write(STDERR_FILENO + 1, &answer, sizeof answer) == (ssize_t)sizeof answer) pause();
}

static const struct {
    const char *word;
    void (*act)(void);
} acts[] = {{"crash", crash}, {"once", once}, {"spin", spin},     {"hang", hang},
            {"nap", nap},     {"eat", eat},   {"orphan", orphan}, {"lie", lie}};

gk_code gk_read(gk_str bytes, gk_str source, gk_doc *doc, gk_err *err) {
    gk_sha256 sha;
    gk_sha256_init(&sha);
    gk_sha256_add(&sha, bytes);
    gk_sha256_hex(&sha, doc->digest);
    doc->source = source;
    doc->text = gk_arena_dup(&doc->arena, bytes);
    doc->media_type = "text/plain";
    for (size_t i = 0; i < sizeof acts / sizeof *acts; i++)
        if (gk_str_starts(bytes, gk_str_of(acts[i].word))) acts[i].act();
    return err ? GK_OK : GK_E_INTERNAL;
}

static bool acts_open(void) {
    shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    return shared != MAP_FAILED;
}

#endif
