/* What a worker process gives up before it sees a document.
 *
 * A document is written by strangers, and so may be whatever a defect in a reader makes of it. A worker therefore keeps
 * what it needs to turn bytes that it was given into records, and nothing else:
 *   limits      memory, open files, no core files; time on the processor for each document (gk_isolate_document);
 *   privileges  no program it starts gains any (PR_SET_NO_NEW_PRIVS);
 *   landlock    it reads what programs are made of (libraries, fonts, data of the reading programs), starts the reading
 *               programs, and writes /dev/null only; inputs reach it as open descriptors; no TCP, no signals to others;
 *   seccomp     no sockets of the network, no connections, no tracing, mounting, name spaces, keys, kernel modules.
 * The programs that readers start inherit all of it. Each measure is taken as far as the system has it; what it refused
 * is told by gk_isolation_print.
 */
#ifndef GK_RUN_ISOLATE_H
#define GK_RUN_ISOLATE_H

#include <sys/types.h>

#include "base/buf.h"

/* Which measures hold. For the last two: why not, an errno, 0 where the measure holds. */
typedef struct gk_isolation {
    bool limits;
    bool privileges;
    int landlock;       /* the ABI of the kernel that is used, 0: not active */
    int landlock_error;
    int seccomp_error;
} gk_isolation;

/* Takes all measures in this process, for good. Once a process; one thread. `memory` is in bytes of address space. */
void gk_isolate(uint64_t memory, gk_isolation *out);

/* Closes all files but `fd`, which gets the number that is returned, and the standard error; the standard input and output
 * become /dev/null. The output of the run and the sockets of other workers are not a worker's business. */
int gk_isolate_files(int fd);

/* Lets this process end with its parent: where the system can tell, at once. The handlers of the parent are none here. */
void gk_isolate_follow(pid_t parent);

/* Gives the next document of this process `seconds` on the processor; then SIGXCPU ends it. */
void gk_isolate_document(unsigned seconds);

/* Takes the measures in a process of their own, which ends again, to learn which would hold. */
void gk_isolation_probe(gk_isolation *out);

/* "processes, rlimits, no new privileges, seccomp, landlock (ABI 3)", and after a semicolon what does not hold and why. */
void gk_isolation_print(const gk_isolation *i, gk_buf *out);

/* The parts, each for gk_isolate. They return 0 or an errno. */
int gk_isolate_landlock(int *abi);
int gk_isolate_seccomp(void);

#endif
