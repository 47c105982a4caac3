/* The list of entry pages: a table of tab-separated values whose first line names the columns.
 *
 *     url <TAB> region <TAB> division_code <TAB> agency <TAB> label
 *     http://www.wangxi.gov.cn/czj/yjs/ <TAB> 望汐县 <TAB> 990123 <TAB> 望汐县财政局 <TAB> 预决算公开
 *
 * `url` is needed, the other columns are optional and come in any order; a cell may be empty. Lines are UTF-8 (a BOM is
 * passed over) and end with LF or CRLF; empty lines and lines that begin with '#' are no seeds. Everything else is refused
 * with its place: a column that is not known or comes twice, a line with more or fewer cells than columns, a URL that
 * url.h refuses, a division code that is not six digits (GB/T 2260), and the same URL on two lines.
 */
#ifndef GK_CORPUS_CRAWL_SEEDS_H
#define GK_CORPUS_CRAWL_SEEDS_H

#include "corpus/crawl/url.h"

typedef struct gk_seed {
    gk_url url;
    gk_str region, division_code, agency, label; /* absent: none */
    uint32_t line;                               /* from 1 */
} gk_seed;

typedef struct gk_seeds {
    GK_VEC(gk_seed) list;
    gk_arena arena; /* of all texts */
} gk_seeds;

/* Adds the seeds of `bytes`; `file` names it in errors. GK_E_FORMAT with file, line, column and the line itself; nothing
 * of `out` is to be used then but gk_seeds_free. */
gk_code gk_seeds_read(gk_str bytes, gk_str file, gk_seeds *out, gk_err *err);
/* The same from a file of that path, at most GK_MAX_INPUT_BYTES; GK_E_OPEN where it cannot be read. */
gk_code gk_seeds_load(const char *path, gk_seeds *out, gk_err *err);
void gk_seeds_free(gk_seeds *seeds);

#endif
