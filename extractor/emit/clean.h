/* Texts made safe for printers that want NUL terminated, well-formed UTF-8. */
#ifndef GK_EMIT_CLEAN_H
#define GK_EMIT_CLEAN_H

#include "base/mem.h"

/* A NUL terminated copy of s in the arena (never absent). Bytes that are no well-formed UTF-8 and U+0000 become U+FFFD,
 * one for each byte: the gate lets neither through, but a path of the file system may hold anything. */
gk_str gk_clean_text(gk_str s, gk_arena *arena);

#endif
