/* Places in pattern files: from the lines and columns libyaml counts to byte offsets. */
#ifndef GK_PATTERN_PLACE_H
#define GK_PATTERN_PLACE_H

#include "base/str.h"

/* The byte offset of a 1-based line and column (in characters); clamped to the end of the line. YAML 1.1 breaks lines
 * at LF, CR, CR LF, U+0085, U+2028 and U+2029 (YAML 1.1, 4.2); a byte order mark at the start counts for nothing. */
size_t gk_place_offset(gk_str source, uint32_t line, size_t column);
/* The line that starts at byte `start`, without its break; *next is where the next one starts. */
gk_str gk_place_line(gk_str source, size_t start, size_t *next);

#endif
