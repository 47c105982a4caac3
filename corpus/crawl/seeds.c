#include "corpus/crawl/seeds.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/limits.h"
#include "text/charset.h"

enum { URL, REGION, DIVISION_CODE, AGENCY, LABEL, COLUMNS, DIVISION_DIGITS = 6 };

static const char *const names[COLUMNS] = {"url", "region", "division_code", "agency", "label"};

typedef struct reader {
    gk_str text, file;
    gk_err *err;
    size_t at;              /* behind the line that was read */
    uint32_t line;
    int columns[COLUMNS];   /* what each cell of a line is */
    size_t count;
    gk_str cells[COLUMNS];
} reader;

static gk_code refuse(const reader *r, gk_str where) {
    gk_err_place(r->err, r->file, r->text, (size_t)(where.ptr - r->text.ptr));
    return GK_E_FORMAT;
}

static bool next_line(reader *r, gk_str *line) {
    if (r->at >= r->text.len) return false;
    gk_str rest = gk_str_slice(r->text, r->at, r->text.len);
    size_t end = gk_str_find(rest, GK_STR("\n"));
    *line = gk_str_slice(rest, 0, end == SIZE_MAX ? rest.len : end);
    r->at += line->len + 1;
    r->line++;
    if (gk_str_ends(*line, GK_STR("\r"))) line->len--;
    return true;
}

/* Takes the first cell off the line; false when it was the last one. */
static bool next_cell(gk_str *line, gk_str *cell) {
    size_t tab = gk_str_find(*line, GK_STR("\t"));
    *cell = gk_str_slice(*line, 0, tab == SIZE_MAX ? line->len : tab);
    if (tab == SIZE_MAX) return false;
    *line = gk_str_slice(*line, tab + 1, line->len);
    return true;
}

static gk_code read_name(reader *r, gk_str cell) {
    gk_str name = gk_str_trim(cell);
    for (int c = 0; c < COLUMNS; c++) {
        if (!gk_str_eqz(name, names[c])) continue;
        for (size_t i = 0; i < r->count; i++)
            if (r->columns[i] == c) {
                gk_err_set(r->err, GK_E_FORMAT, "the column \"%s\" comes twice", names[c]);
                return refuse(r, cell);
            }
        r->columns[r->count++] = c;
        return GK_OK;
    }
    gk_err_set(r->err, GK_E_FORMAT, "\"%.*s\" is no column of seeds; these are: url, region, division_code, agency, label",
               GK_STR_ARG(gk_str_slice(name, 0, 60)));
    return refuse(r, cell);
}

static gk_code read_head(reader *r, gk_str line) {
    gk_str rest = line, cell;
    for (bool more = true; more;) {
        more = next_cell(&rest, &cell);
        gk_code code = read_name(r, cell);
        if (code != GK_OK) return code;
    }
    for (size_t i = 0; i < r->count; i++)
        if (r->columns[i] == URL) return GK_OK;
    gk_err_set(r->err, GK_E_FORMAT, "the first line names the columns, and there is no column \"url\"");
    return refuse(r, line);
}

static gk_code read_cells(reader *r, gk_str line) {
    gk_str rest = line, cell;
    size_t n = 0;
    bool more = true;
    memset(r->cells, 0, sizeof r->cells);
    for (; more && n < r->count; n++) {
        more = next_cell(&rest, &cell);
        r->cells[r->columns[n]] = gk_str_trim(cell);
    }
    if (!more && n == r->count) return GK_OK;
    gk_err_set(r->err, GK_E_FORMAT, "%s cells than the %zu columns of the first line", more ? "more" : "fewer", r->count);
    return refuse(r, more ? rest : gk_str_slice(line, line.len, line.len));
}

static bool is_division(gk_str s) {
    if (s.len != DIVISION_DIGITS) return false;
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] < '0' || s.ptr[i] > '9') return false;
    return true;
}

static gk_str keep(gk_seeds *out, gk_str cell) { return cell.len ? gk_arena_dup(&out->arena, cell) : GK_STR_NONE; }

static gk_code read_url(reader *r, gk_seeds *out, gk_url *url) {
    gk_err why = {0};
    gk_str cell = r->cells[URL];
    if (cell.len && gk_url_read(cell, NULL, &out->arena, url, &why) == GK_OK) return GK_OK;
    gk_err_set(r->err, GK_E_FORMAT, "%s", cell.len ? why.message : "a seed needs a URL");
    return refuse(r, gk_str_slice(cell, (size_t)why.offset, cell.len));
}

static gk_code read_seed(reader *r, gk_seeds *out) {
    gk_seed seed = {.line = r->line};
    gk_code code = read_url(r, out, &seed.url);
    if (code != GK_OK) return code;
    if (r->cells[DIVISION_CODE].len && !is_division(r->cells[DIVISION_CODE])) {
        gk_err_set(r->err, GK_E_FORMAT, "a division code has six digits");
        return refuse(r, r->cells[DIVISION_CODE]);
    }
    seed.region = keep(out, r->cells[REGION]);
    seed.division_code = keep(out, r->cells[DIVISION_CODE]);
    seed.agency = keep(out, r->cells[AGENCY]);
    seed.label = keep(out, r->cells[LABEL]);
    *gk_vec_push(&out->list) = seed;
    return GK_OK;
}

/* A set of the URLs so far: open addressing, at most half full, of numbers of seeds from 1. */
typedef struct known {
    uint32_t *at;
    size_t cap;
} known;

static uint32_t *slot_of(const known *k, const gk_seeds *seeds, gk_str url) {
    size_t i = gk_str_hash(url) & (k->cap - 1);
    while (k->at[i] && !gk_str_eq(seeds->list.at[k->at[i] - 1].url.text, url)) i = (i + 1) & (k->cap - 1);
    return &k->at[i];
}

static void enlarge(known *k, const gk_seeds *seeds) {
    if (k->cap > 2 * seeds->list.len) return;
    k->cap = k->cap ? 4 * k->cap : 64;
    free(k->at);
    k->at = gk_alloc_zero(k->cap, sizeof *k->at);
    for (size_t i = 0; i + 1 < seeds->list.len; i++) *slot_of(k, seeds, seeds->list.at[i].url.text) = (uint32_t)i + 1;
}

static gk_code check_new(reader *r, known *k, const gk_seeds *seeds) {
    enlarge(k, seeds);
    uint32_t *slot = slot_of(k, seeds, seeds->list.at[seeds->list.len - 1].url.text);
    if (*slot == 0) {
        *slot = (uint32_t)seeds->list.len;
        return GK_OK;
    }
    gk_err_set(r->err, GK_E_FORMAT, "this URL stands on line %u already", seeds->list.at[*slot - 1].line);
    return refuse(r, r->cells[URL]);
}

static gk_code read_lines(reader *r, gk_seeds *out) {
    known k = {0};
    gk_str line;
    gk_code code = GK_OK;
    while (code == GK_OK && next_line(r, &line)) {
        if (gk_str_trim(line).len == 0 || line.ptr[0] == '#') continue;
        if (r->count == 0) {
            code = read_head(r, line);
            continue;
        }
        code = read_cells(r, line);
        if (code == GK_OK) code = read_seed(r, out);
        if (code == GK_OK) code = check_new(r, &k, out);
    }
    free(k.at);
    return code;
}

gk_code gk_seeds_read(gk_str bytes, gk_str file, gk_seeds *out, gk_err *err) {
    gk_err none;
    reader r = {.text = bytes, .file = file, .err = err ? err : &none};
    size_t fault;
    if (!gk_utf8_valid(bytes, &fault)) {
        gk_err_set(r.err, GK_E_FORMAT, "seeds are UTF-8, and byte %zu is not", fault + 1);
        gk_err_file(r.err, file);
        return GK_E_FORMAT;
    }
    if (gk_str_starts(bytes, GK_STR("\xEF\xBB\xBF"))) r.at = 3;
    gk_code code = read_lines(&r, out);
    if (code != GK_OK || r.count) return code;
    gk_err_set(r.err, GK_E_FORMAT, "there is no first line that names the columns");
    gk_err_file(r.err, file);
    return GK_E_FORMAT;
}

static gk_code load(FILE *in, gk_buf *bytes, gk_err *err) {
    bytes->max = GK_MAX_INPUT_BYTES;
    if (!gk_buf_read(bytes, in)) return gk_err_set(err, GK_E_OPEN, "%s", strerror(errno));
    if (bytes->over) return gk_err_set(err, GK_E_LIMIT, "more than %u bytes (GK_MAX_INPUT_BYTES)", GK_MAX_INPUT_BYTES);
    return GK_OK;
}

gk_code gk_seeds_load(const char *path, gk_seeds *out, gk_err *err) {
    bool standard = strcmp(path, "-") == 0;
    FILE *in = standard ? stdin : fopen(path, "rb");
    gk_buf bytes = {0};
    gk_code code = in ? load(in, &bytes, err) : gk_err_set(err, GK_E_OPEN, "%s", strerror(errno));
    if (in && !standard) fclose(in);
    if (code != GK_OK) gk_err_file(err, gk_str_of(path));
    else code = gk_seeds_read(gk_buf_str(&bytes), gk_str_of(standard ? "standard input" : path), out, err);
    gk_buf_free(&bytes);
    return code;
}

void gk_seeds_free(gk_seeds *seeds) {
    gk_vec_free(&seeds->list);
    gk_arena_free(&seeds->arena);
}
