/* The heap of a process that reads one document after the other.
 *
 * The C library takes memory from the system a little at a time and gives back what is free at the end of the heap; each
 * page that is had again costs a fault, a thousand of them before the first documents are read. A settled heap begins with
 * some megabytes of huge pages, as far as the system has them, and keeps them; large blocks still come and go alone. What
 * is not touched takes addresses, no memory.
 */
#ifndef GK_BASE_HEAP_H
#define GK_BASE_HEAP_H

/* For the whole process; one thread. Where the C library or the system has nothing of the kind, all stays as it was. */
void gk_heap_settle(void);

#endif
