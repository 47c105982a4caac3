/* The plain-text reader: text that other tools lifted out of PDF and Word files. See plain.h for its parts. */
#include "read/plain.h"

#include <stdlib.h>

#include "base/limits.h"
#include "read/read.h"
#include "text/charset.h"

static gk_code add_run(plain *p, size_t line, size_t *next) {
    const pl_line *l = &p->lines.at[line];
    switch ((pl_kind)l->kind) {
    case PL_ROW:
    case PL_PIPE: return pl_add_rows(p, line, next);
    case PL_CELL: return pl_add_cells(p, line, next);
    case PL_TORN: return pl_add_torn(p, line, next);
    case PL_COLUMNS: return pl_add_columns(p, line, next);
    case PL_BARE: return pl_add_bare(p, line, next);
    case PL_ASIDE: pl_emit_aside(p, l); break;
    default: *next = pl_add_prose(p, line); return GK_OK;
    }
    *next = line + 1;
    return GK_OK;
}

static gk_code read_lines(plain *p) {
    gk_code code = pl_scan(p);
    if (code != GK_OK) return code;
    pl_mark_bare(p); /* figures alone on their lines are no pages there */
    pl_find_asides(p);
    pl_mark_columns(p);
    pl_measure(p);
    for (size_t line = 0; line < p->lines.len && code == GK_OK;) code = add_run(p, line, &line);
    return code;
}

static gk_code read_plain(gk_str bytes, gk_doc *doc, gk_err *err) {
    gk_decoded decoded;
    gk_code code = gk_decode(bytes, &doc->arena, &decoded, err);
    if (code != GK_OK) return code;
    doc->text = decoded.text;
    doc->charset = decoded.charset;
    doc->damaged = decoded.damaged;
    plain p = {.doc = doc, .err = err, .text = decoded.text.ptr, .len = decoded.text.len};
    p.tally = gk_alloc_zero(GK_MAX_TABLE_COLS + 2, sizeof *p.tally);
    code = read_lines(&p);
    gk_vec_free(&p.lines);
    gk_vec_free(&p.numbers);
    gk_vec_free(&p.heads);
    gk_vec_free(&p.wraps);
    gk_vec_free(&p.rows);
    gk_vec_free(&p.cells);
    gk_vec_free(&p.pieces);
    gk_vec_free(&p.asides);
    gk_vec_free(&p.runs);
    gk_vec_free(&p.bares);
    free(p.tally);
    return code;
}

/* Text is what is left when no other reader knows the bytes; the gate refuses what is no text. */
static int recognise(gk_str bytes) {
    (void)bytes;
    return 1;
}

const gk_reader gk_reader_plain = {"text/plain", recognise, read_plain};
