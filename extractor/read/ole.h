/* Compound files (OLE, [MS-CFB]): a file system in a file, in which Word and Excel kept their streams until 2007.
 *
 * Sectors of a file are chained by a table (FAT), whose own sectors are listed in the header and, past 109, in a chain
 * of their own (DIFAT). Small streams are cut into small sectors inside one stream (mini stream). Nothing is allocated
 * for any of it: each step looks its next sector up, and no chain is followed for more steps than there are sectors.
 */
#ifndef GK_READ_OLE_H
#define GK_READ_OLE_H

#include "base/err.h"

typedef struct gk_ole {
    gk_str bytes;
    uint32_t sector, mini;            /* bytes of a sector and of a small one */
    uint32_t sectors;                 /* in the file */
    uint32_t directory, mini_fat;     /* first sectors */
    uint32_t difat;                   /* first sector of the chain that goes on from the header */
    uint32_t cutoff;                  /* streams below this size are small */
    uint32_t mini_first;              /* first sector of the mini stream */
    uint64_t mini_bytes;
} gk_ole;

/* Whether bytes begin as a compound file does. */
bool gk_ole_is(gk_str bytes);
/* Whether the file is a compound file with a stream of this name (ASCII) at the top. Allocates nothing. */
bool gk_ole_has(gk_str bytes, const char *name);
/* Reads the header. GK_E_FORMAT where it is damaged. */
gk_code gk_ole_open(gk_str bytes, gk_ole *out, gk_err *err);
/* Whether there is such a stream. */
bool gk_ole_find(const gk_ole *ole, const char *name);
/* Reads a stream whole into `out` (emptied first). GK_E_FORMAT where it is missing or its chain is broken; what was read
 * up to there stands in `out`. */
gk_code gk_ole_read(const gk_ole *ole, const char *name, gk_buf *out, gk_err *err);

/* Little-endian numbers of binary formats; 0 where they would reach past the end. */
static inline uint32_t gk_u8(gk_str s, size_t at) { return at < s.len ? (unsigned char)s.ptr[at] : 0; }
static inline uint32_t gk_u16(gk_str s, size_t at) { return gk_u8(s, at) | gk_u8(s, at + 1) << 8; }
static inline uint32_t gk_u32(gk_str s, size_t at) { return gk_u16(s, at) | gk_u16(s, at + 2) << 16; }

#endif
