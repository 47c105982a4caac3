/* Seccomp: system calls that no reader of documents needs answer EPERM. The filter is a program for the classic BPF machine,
 * see seccomp(2); it names what is refused, so that a library that does something new keeps working. */
#define _DEFAULT_SOURCE

#include <errno.h>

#include "run/isolate.h"

#if defined(__linux__) && (defined(__x86_64__) || defined(__aarch64__) || (defined(__riscv) && __riscv_xlen == 64))

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>

#if defined(__x86_64__)
#define NATIVE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define NATIVE AUDIT_ARCH_AARCH64
#else
#define NATIVE AUDIT_ARCH_RISCV64
#endif

enum { X32_BIT = 0x40000000, NEW_NAME_SPACES = 0x7E020000, NR_CLONE3 = 435, NR_OPEN_TREE = 428, NR_PIDFD_GETFD = 438 };

/* The numbers from 424 on are the same on all machines, and those from open_tree to fspick follow each other. */
static const int refused[] = {
    /* the network and other processes */
    SYS_connect, SYS_ptrace, SYS_process_vm_readv, SYS_process_vm_writev, SYS_kcmp, NR_PIDFD_GETFD,
    /* sockets and files by another way */
    425, 426, 427, /* io_uring_setup, io_uring_enter, io_uring_register */
    SYS_open_by_handle_at, SYS_name_to_handle_at,
    /* the place of the process in the system */
    SYS_mount, SYS_umount2, SYS_pivot_root, SYS_chroot, SYS_setns, SYS_unshare, SYS_swapon, SYS_swapoff, SYS_acct,
    SYS_quotactl, NR_OPEN_TREE, 429, 430, 431, 432, 433, /* move_mount, fsopen, fsconfig, fsmount, fspick */
    442, /* mount_setattr */
    /* the kernel */
    SYS_bpf, SYS_perf_event_open, SYS_userfaultfd, SYS_init_module, SYS_finit_module, SYS_delete_module, SYS_kexec_load,
    SYS_reboot, SYS_syslog, SYS_personality, SYS_keyctl, SYS_add_key, SYS_request_key,
#ifdef SYS_kexec_file_load
    SYS_kexec_file_load,
#endif
#ifdef SYS_iopl
    SYS_iopl, SYS_ioperm, SYS_modify_ldt,
#endif
    /* the time and the name of the machine */
    SYS_settimeofday, SYS_clock_settime, SYS_adjtimex, SYS_clock_adjtime, SYS_sethostname, SYS_setdomainname,
};

enum { MOST = 2 * sizeof refused / sizeof *refused + 64 };

typedef struct program {
    struct sock_filter at[MOST];
    unsigned short len;
} program;

static void add(program *p, struct sock_filter step) { p->at[p->len++] = step; }

static void load(program *p, size_t offset) {
    add(p, (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (uint32_t)offset));
}

static void answer(program *p, uint32_t what) { add(p, (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, what)); }

/* Passes over the next `steps` unless the test holds for what was loaded. */
static void unless(program *p, int test, uint32_t value, uint8_t steps) {
    add(p, (struct sock_filter)BPF_JUMP((uint16_t)(BPF_JMP | BPF_K | test), value, 0, steps));
}

static void refuse(program *p, int number, int error) {
    unless(p, BPF_JEQ, (uint32_t)number, 1);
    answer(p, SECCOMP_RET_ERRNO | (uint32_t)error);
}

/* Refuses the call where `test` of its argument gives `holds`. These machines have the low half of an argument first. */
static void refuse_argument(program *p, int number, int argument, int test, uint32_t value, bool holds) {
    unless(p, BPF_JEQ, (uint32_t)number, 4);
    load(p, offsetof(struct seccomp_data, args) + 8 * (size_t)argument);
    add(p, (struct sock_filter)BPF_JUMP((uint16_t)(BPF_JMP | BPF_K | test), value, !holds, holds));
    answer(p, SECCOMP_RET_ERRNO | EPERM);
    load(p, offsetof(struct seccomp_data, nr));
}

/* Calls of another machine (32 bits, x32) have other numbers: none is let through. */
static void refuse_foreign(program *p) {
    load(p, offsetof(struct seccomp_data, arch));
    add(p, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, NATIVE, 1, 0));
    answer(p, SECCOMP_RET_ERRNO | EPERM);
    load(p, offsetof(struct seccomp_data, nr));
#if defined(__x86_64__)
    unless(p, BPF_JGE, X32_BIT, 1);
    answer(p, SECCOMP_RET_ERRNO | EPERM);
#endif
}

static void refuse_by_argument(program *p) {
    refuse_argument(p, SYS_socket, 0, BPF_JEQ, AF_UNIX, false);
    refuse_argument(p, SYS_clone, 0, BPF_JSET, NEW_NAME_SPACES, true);
    refuse_argument(p, SYS_kill, 0, BPF_JEQ, UINT32_MAX, true);  /* all processes */
    refuse_argument(p, SYS_ioctl, 1, BPF_JEQ, TIOCSTI, true);    /* words typed into the terminal */
    refuse_argument(p, SYS_ioctl, 1, BPF_JEQ, TIOCLINUX, true);
}

int gk_isolate_seccomp(void) {
    program p = {.len = 0};
    refuse_foreign(&p);
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) refuse(&p, refused[i], EPERM);
    refuse(&p, NR_CLONE3, ENOSYS); /* its flags cannot be seen; the C library goes back to clone */
    refuse_by_argument(&p);
    answer(&p, SECCOMP_RET_ALLOW);
    struct sock_fprog filter = {.len = p.len, .filter = p.at};
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter, 0, 0) == 0 ? 0 : errno;
}

#else

int gk_isolate_seccomp(void) { return ENOSYS; }

#endif
