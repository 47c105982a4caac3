/* Between the types of the library and those of its public header. */
#ifndef GK_RUN_CONVERT_H
#define GK_RUN_CONVERT_H

#include "base/err.h"
#include "gongkai.h"
#include "text/view.h"

static inline gongkai_text gk_public_text(gk_str s) { return (gongkai_text){s.ptr, s.len}; }
static inline gk_str gk_private_text(gongkai_text s) { return (gk_str){s.ptr, s.len}; }
static inline gongkai_span gk_public_span(gk_span s) { return (gongkai_span){s.start, s.end}; }

/* Copies an error; `out` may be NULL. */
void gk_public_error(const gk_err *err, gongkai_error *out);

#endif
