/* Landlock: what a worker and the programs it starts may do with files. See landlock(7). The constants stand here, because
 * the headers of the system may be older than its kernel. */
/* syscall() and O_PATH are in no standard. */
#define _GNU_SOURCE

#include <errno.h>

#include "run/isolate.h"

#if defined(__linux__)

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef GK_LIBEXEC_DIR
#define GK_LIBEXEC_DIR "/usr/local/libexec/gongkai"
#endif

enum { PATH_BYTES = 4096, CREATE_RULESET = 444, ADD_RULE = 445, RESTRICT_SELF = 446 };
enum { VERSION_FLAG = 1, PATH_BENEATH = 1 };
enum { EXECUTE = 1 << 0, WRITE_FILE = 1 << 1, READ_FILE = 1 << 2, READ_DIR = 1 << 3, TRUNCATE = 1 << 14 };
enum { READ = READ_FILE | READ_DIR, RUN = READ | EXECUTE, OF_FILES = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE };

/* What each ABI added. */
enum {
    FILES_OF_1 = (1 << 13) - 1, /* all from EXECUTE to MAKE_SYM */
    REFER_OF_2 = 1 << 13,
    TRUNCATE_OF_3 = 1 << 14,
    TCP_OF_4 = 3,          /* bind, connect */
    DEVICES_OF_5 = 1 << 15,
    SCOPES_OF_6 = 3        /* abstract UNIX sockets, signals */
};

typedef struct ruleset {
    uint64_t files, net, scoped;
} ruleset;

typedef struct __attribute__((packed)) beneath {
    uint64_t allowed;
    int32_t parent;
} beneath;

static ruleset handled(int abi) {
    ruleset r = {.files = FILES_OF_1};
    if (abi >= 2) r.files |= REFER_OF_2;
    if (abi >= 3) r.files |= TRUNCATE_OF_3;
    if (abi >= 4) r.net = TCP_OF_4;
    if (abi >= 5) r.files |= DEVICES_OF_5;
    if (abi >= 6) r.scoped = SCOPES_OF_6;
    return r;
}

static size_t ruleset_bytes(int abi) { return abi >= 6 ? sizeof(ruleset) : abi >= 4 ? 16 : 8; }

typedef struct rules {
    int fd;
    uint64_t handled; /* of files */
} rules;

/* What does not exist needs no rule. */
static void allow(const rules *r, const char *path, uint64_t access) {
    struct stat st;
    beneath b = {.parent = open(path, O_PATH | O_CLOEXEC)};
    if (b.parent < 0) return;
    if (fstat(b.parent, &st) == 0) {
        b.allowed = access & r->handled & (S_ISDIR(st.st_mode) ? UINT64_MAX : (uint64_t)OF_FILES);
        syscall(ADD_RULE, r->fd, PATH_BENEATH, &b, 0);
    }
    close(b.parent);
}

/* Each folder of a list like that of LD_LIBRARY_PATH. */
static void allow_list(const rules *r, const char *list) {
    char path[PATH_BYTES];
    for (size_t n; list && *list; list += n + (list[n] != '\0')) {
        n = strcspn(list, ":");
        if (!n || n >= sizeof path) continue;
        memcpy(path, list, n);
        path[n] = '\0';
        allow(r, path, READ);
    }
}

/* Programs, libraries and their data; nothing that belongs to a person. */
static void allow_system(const rules *r) {
    static const char *const readable[] = {"/usr", "/lib", "/lib64", "/opt", "/nix/store", "/gnu/store", "/etc/ld.so.cache",
                                           "/etc/ld.so.preload", "/etc/localtime", "/etc/fonts", "/dev/zero",
                                           "/dev/urandom", "/dev/random", "/sys/devices/system/cpu", "/proc/cpuinfo",
                                           "/proc/meminfo"};
    static const char *const loaders[] = {"/lib64/ld-linux-x86-64.so.2", "/lib/ld-linux-aarch64.so.1",
                                          "/lib/ld-linux-riscv64-lp64d.so.1", "/lib/ld-musl-x86_64.so.1",
                                          "/lib/ld-musl-aarch64.so.1"};
    for (size_t i = 0; i < sizeof readable / sizeof *readable; i++) allow(r, readable[i], READ);
    for (size_t i = 0; i < sizeof loaders / sizeof *loaders; i++) allow(r, loaders[i], RUN);
    allow(r, "/dev/null", READ_FILE | WRITE_FILE | TRUNCATE);
    allow_list(r, getenv("LD_LIBRARY_PATH"));
}

static void allow_beside(const rules *r, const char *name) {
    char path[PATH_BYTES];
    ssize_t n = readlink("/proc/self/exe", path, sizeof path - 64);
    if (n <= 0) return;
    while (n > 0 && path[n - 1] != '/') n--;
    memcpy(path + n, name, strlen(name) + 1);
    allow(r, path, RUN);
}

/* The programs that readers start, wherever the readers look for them. */
static void allow_programs(const rules *r) {
    static const char *const variables[] = {"GONGKAI_PDF", "GONGKAI_OCR"};
    static const char *const beside[] = {"gongkai-pdf", "gongkai-ocr", "../libexec/gongkai"};
    for (size_t i = 0; i < sizeof variables / sizeof *variables; i++)
        if (getenv(variables[i])) allow(r, getenv(variables[i]), RUN);
    for (size_t i = 0; i < sizeof beside / sizeof *beside; i++) allow_beside(r, beside[i]);
    allow(r, GK_LIBEXEC_DIR, RUN);
    if (getenv("TESSDATA_PREFIX")) allow(r, getenv("TESSDATA_PREFIX"), READ);
}

int gk_isolate_landlock(int *abi) {
    *abi = 0;
    long version = syscall(CREATE_RULESET, NULL, 0, VERSION_FLAG);
    if (version < 1) return errno;
    ruleset all = handled((int)version);
    rules r = {.fd = (int)syscall(CREATE_RULESET, &all, ruleset_bytes((int)version), 0), .handled = all.files};
    if (r.fd < 0) return errno;
    allow_system(&r);
    allow_programs(&r);
    int error = syscall(RESTRICT_SELF, r.fd, 0) == 0 ? 0 : errno;
    close(r.fd);
    if (!error) *abi = (int)version;
    return error;
}

#else

int gk_isolate_landlock(int *abi) {
    *abi = 0;
    return ENOSYS;
}

#endif
