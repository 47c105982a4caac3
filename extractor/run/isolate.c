/* syscall() is in no standard. */
#define _DEFAULT_SOURCE

#include "run/isolate.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#if defined(__linux__)
#include <sys/prctl.h>
#include <sys/syscall.h>
#endif
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/limits.h"

/* The soft limit is lowered for this process; programs it starts may raise theirs up to `hard`. */
static bool limit(int resource, rlim_t soft, rlim_t hard) {
    struct rlimit r;
    if (getrlimit(resource, &r) != 0) return false;
    if (r.rlim_max == RLIM_INFINITY || r.rlim_max > hard) r.rlim_max = hard;
    r.rlim_cur = soft < r.rlim_max ? soft : r.rlim_max;
    return setrlimit(resource, &r) == 0;
}

/* A sanitizer reserves terabytes of addresses, which such a limit would refuse. */
static bool limit_memory(uint64_t bytes) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    (void)bytes;
    return true;
#else
    return limit(RLIMIT_AS, (rlim_t)bytes, (rlim_t)GK_MAX_HELPER_MEMORY);
#endif
}

static bool drop_privileges(void) {
#if defined(__linux__)
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
#else
    return false;
#endif
}

void gk_isolate(uint64_t memory, gk_isolation *out) {
    *out = (gk_isolation){0};
    bool files = limit(RLIMIT_NOFILE, GK_MAX_WORKER_FILES, GK_MAX_HELPER_FILES);
    bool core = limit(RLIMIT_CORE, 0, 0);
    out->limits = limit_memory(memory) && files && core;
    out->privileges = drop_privileges();
    out->landlock_error = gk_isolate_landlock(&out->landlock);
    out->seccomp_error = gk_isolate_seccomp();
}

static void close_from(int first) {
    enum { MOST = 1 << 16 };
#if defined(__linux__) && defined(SYS_close_range)
    if (syscall(SYS_close_range, (unsigned)first, ~0u, 0) == 0) return;
#endif
    struct rlimit r;
    rlim_t end = getrlimit(RLIMIT_NOFILE, &r) == 0 && r.rlim_cur < MOST ? r.rlim_cur : MOST;
    for (int fd = first; fd < (int)end; fd++) close(fd);
}

int gk_isolate_files(int fd) {
    enum { FIRST = STDERR_FILENO + 1 };
    int none = open("/dev/null", O_RDWR);
    if (none >= 0) dup2(none, STDIN_FILENO), dup2(none, STDOUT_FILENO);
    if (fd != FIRST) dup2(fd, FIRST);
    close_from(FIRST + 1);
    fcntl(FIRST, F_SETFD, FD_CLOEXEC);
    return FIRST;
}

void gk_isolate_follow(pid_t parent) {
    static const int signals[] = {SIGALRM, SIGINT, SIGTERM, SIGHUP, SIGXCPU, SIGCHLD};
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) signal(signals[i], SIG_DFL);
#if defined(__linux__)
    prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
    if (getppid() != parent) _exit(0);
}

/* The limit counts whole seconds since the process began. */
void gk_isolate_document(unsigned seconds) {
    struct timespec used;
    struct rlimit r;
    if (clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used) != 0 || getrlimit(RLIMIT_CPU, &r) != 0) return;
    r.rlim_cur = (rlim_t)used.tv_sec + 1 + seconds;
    if (r.rlim_max != RLIM_INFINITY && r.rlim_cur > r.rlim_max) r.rlim_cur = r.rlim_max;
    setrlimit(RLIMIT_CPU, &r);
}

void gk_isolation_probe(gk_isolation *out) {
    *out = (gk_isolation){.landlock_error = ECHILD, .seccomp_error = ECHILD};
    int ends[2];
    if (pipe(ends) != 0) return;
    pid_t pid = fork();
    if (pid == 0) {
        gk_isolation got;
        gk_isolate(GK_MAX_WORKER_MEMORY, &got);
        _exit(write(ends[1], &got, sizeof got) == (ssize_t)sizeof got ? 0 : 1);
    }
    close(ends[1]);
    gk_isolation got;
    if (pid > 0 && read(ends[0], &got, sizeof got) == (ssize_t)sizeof got) *out = got;
    close(ends[0]);
    while (pid > 0 && waitpid(pid, NULL, 0) < 0 && errno == EINTR) {}
}

static void put_missing(const char *name, int error, bool *first, gk_buf *out) {
    if (!error) return;
    gk_buf_printf(out, "%s %s (%s)", *first ? "; without" : ",", name, strerror(error));
    *first = false;
}

void gk_isolation_print(const gk_isolation *i, gk_buf *out) {
    bool first = true;
    gk_buf_put(out, GK_STR("processes"));
    if (i->limits) gk_buf_put(out, GK_STR(", rlimits"));
    if (i->privileges) gk_buf_put(out, GK_STR(", no new privileges"));
    if (!i->seccomp_error) gk_buf_put(out, GK_STR(", seccomp"));
    if (!i->landlock_error) gk_buf_printf(out, ", landlock (ABI %d)", i->landlock);
    put_missing("seccomp", i->seccomp_error, &first, out);
    put_missing("landlock", i->landlock_error, &first, out);
}
