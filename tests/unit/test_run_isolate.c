/* What a worker process can no longer do. Each attempt is made in a process of its own that took the measures. */
#define _GNU_SOURCE

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/limits.h"
#include "check.h"
#include "run/isolate.h"
#include "scratch.h"

static char own_file[600]; /* of the scratch folder */

/* An attempt returns 0 or an errno. */
typedef int attempt(void);

static int result_of(long n) { return n < 0 ? errno : 0; }

static int status_of(attempt *try) {
    int status = -1;
    pid_t pid = fork();
    if (pid == 0) {
        gk_isolation i;
        gk_isolate(GK_MAX_WORKER_MEMORY, &i);
        _exit(try());
    }
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {}
    return status;
}

static int error_of(attempt *try) {
    int status = status_of(try);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -status;
}

static int inet(void) { return result_of(socket(AF_INET, SOCK_STREAM, 0)); }
static int inet6(void) { return result_of(socket(AF_INET6, SOCK_DGRAM, 0)); }
static int netlink(void) { return result_of(socket(16, SOCK_RAW, 0)); }
static int local(void) { return result_of(socket(AF_UNIX, SOCK_STREAM, 0)); }
static int connected(void) {
    struct sockaddr to = {.sa_family = AF_UNIX, .sa_data = "/none"};
    return result_of(connect(socket(AF_UNIX, SOCK_STREAM, 0), &to, sizeof to));
}
static int ring(void) { return result_of(syscall(425, 1, NULL)); }
static int trace(void) { return result_of(syscall(SYS_ptrace, 0, 0, NULL, NULL)); }
static int look_into(void) { return result_of(syscall(SYS_process_vm_readv, getppid(), NULL, 0, NULL, 0, 0)); }
static int mounted(void) { return result_of(syscall(SYS_mount, "none", "/", "tmpfs", 0, NULL)); }
static int unshared(void) { return result_of(syscall(SYS_unshare, 0x10000000)); }
static int cloned(void) { return result_of(syscall(SYS_clone, 0x10000000 | SIGCHLD, NULL, NULL, NULL, NULL)); }
static int bpf(void) { return result_of(syscall(SYS_bpf, 0, NULL, 0)); }
static int keys(void) { return result_of(syscall(SYS_keyctl, 0, 0, 0, 0, 0)); }
static int all_killed(void) { return result_of(kill(-1, 0)); }
static int typed(void) { return result_of(ioctl(STDERR_FILENO, TIOCSTI, "x")); }
static int forked(void) {
    pid_t pid = fork();
    if (pid == 0) _exit(0);
    return result_of(waitpid(pid, NULL, 0));
}

static void calls(void) {
    CHECK_INT(error_of(inet), EPERM);
    CHECK_INT(error_of(inet6), EPERM);
    CHECK_INT(error_of(netlink), EPERM);
    CHECK_INT(error_of(local), 0);
    CHECK_INT(error_of(connected), EPERM);
    CHECK_INT(error_of(ring), EPERM);
    CHECK_INT(error_of(trace), EPERM);
    CHECK_INT(error_of(look_into), EPERM);
    CHECK_INT(error_of(mounted), EPERM);
    CHECK_INT(error_of(unshared), EPERM);
    CHECK_INT(error_of(cloned), EPERM);
    CHECK_INT(error_of(bpf), EPERM);
    CHECK_INT(error_of(keys), EPERM);
    CHECK_INT(error_of(all_killed), EPERM);
    CHECK_INT(error_of(typed), EPERM);
    CHECK_INT(error_of(forked), 0);
}

static int read_own(void) { return result_of(open(own_file, O_RDONLY)); }
static int write_own(void) { return result_of(open(own_file, O_WRONLY)); }
static int remove_own(void) { return result_of(unlink(own_file)); }
static int made(void) { return result_of(open(scratch_path("new"), O_WRONLY | O_CREAT, 0600)); }
static int made_folder(void) { return result_of(mkdir(scratch_path("new"), 0700)); }
static int read_users(void) { return result_of(open("/etc/passwd", O_RDONLY)); }
static int read_processes(void) { return result_of(open("/proc/1/environ", O_RDONLY)); }
static int listed(void) { return result_of(open("/", O_RDONLY | O_DIRECTORY)); }
static int nothing(void) { return result_of(open("/dev/null", O_RDWR)); }
static int random_bytes(void) { return result_of(open("/dev/urandom", O_RDONLY)); }
static int library(void) { return result_of(open("/usr/lib", O_RDONLY | O_DIRECTORY)); }
static int shell(void) { return result_of(execl("/bin/sh", "sh", "-c", "exit 0", (char *)NULL)); }
static int signalled(void) { return result_of(kill(getppid(), 0)); }

static void files(int abi) {
    CHECK_INT(error_of(read_own), EACCES);
    CHECK_INT(error_of(write_own), EACCES);
    CHECK_INT(error_of(remove_own), EACCES);
    CHECK_INT(error_of(made), EACCES);
    CHECK_INT(error_of(made_folder), EACCES);
    CHECK_INT(error_of(read_users), EACCES);
    CHECK_INT(error_of(read_processes), EACCES);
    CHECK_INT(error_of(listed), EACCES);
    CHECK_INT(error_of(nothing), 0);
    CHECK_INT(error_of(random_bytes), 0);
    CHECK_INT(error_of(library), 0);
    CHECK_INT(error_of(shell), EACCES);
    if (abi >= 6) CHECK_INT(error_of(signalled), EPERM);
}

static int core(void) {
    struct rlimit r;
    return getrlimit(RLIMIT_CORE, &r) == 0 && r.rlim_cur == 0 && r.rlim_max == 0 ? 0 : 1;
}
static int many_files(void) {
    for (unsigned i = 0; i < GK_MAX_WORKER_FILES; i++)
        if (dup(STDERR_FILENO) < 0) return errno;
    return 0;
}
/* A sanitizer takes no such limit. */
static int much_memory(void) {
#if defined(__SANITIZE_ADDRESS__)
    return ENOMEM;
#else
    char *volatile at = malloc(GK_MAX_WORKER_MEMORY);
    return at ? 0 : ENOMEM;
#endif
}
static int long_work(void) {
    gk_isolate_document(1);
    for (volatile unsigned i = 1; i; i += 2) {}
    return 0;
}
/* The time of a document counts from where it begins: together they take longer than one may. The kernel counts the time
 * for the limit by its ticks, which may be a third off on a busy machine, so each stays far below. */
static int many_documents(void) {
    for (int i = 0; i < 5; i++) {
        struct timespec t;
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
        double begin = (double)t.tv_sec + (double)t.tv_nsec / 1e9, now = begin;
        gk_isolate_document(1);
        while (now < begin + 0.5) {
            clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
            now = (double)t.tv_sec + (double)t.tv_nsec / 1e9;
        }
    }
    return 0;
}

static void limits(void) {
    CHECK_INT(error_of(core), 0);
    CHECK_INT(error_of(many_files), EMFILE);
    CHECK_INT(error_of(much_memory), ENOMEM);
    int status = status_of(long_work);
    CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU);
    CHECK_INT(error_of(many_documents), 0);
}

static void print_of(gk_isolation i, const char *want) {
    gk_buf out = {0};
    gk_isolation_print(&i, &out);
    CHECK_STR(gk_buf_str(&out), want);
    gk_buf_free(&out);
}

static void prints(void) {
    print_of((gk_isolation){true, true, 3, 0, 0}, "processes, rlimits, no new privileges, seccomp, landlock (ABI 3)");
    print_of((gk_isolation){true, true, 0, ENOSYS, 0},
             "processes, rlimits, no new privileges, seccomp; without landlock (Function not implemented)");
    print_of((gk_isolation){false, false, 0, ENOSYS, EINVAL},
             "processes; without seccomp (Invalid argument), landlock (Function not implemented)");
}

int main(void) {
    gk_isolation i;
    scratch_open();
    snprintf(own_file, sizeof own_file, "%s", scratch_path("own"));
    scratch_write(own_file, GK_STR("words"));
    gk_isolation_probe(&i);
    CHECK(i.limits);
    limits();
    if (!i.seccomp_error) calls();
    else printf("seccomp is not active here\n");
    if (!i.landlock_error) files(i.landlock);
    else printf("landlock is not active here\n");
    prints();
    scratch_clear(true);
    return CHECK_DONE();
}
