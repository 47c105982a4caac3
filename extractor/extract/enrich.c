/* Reference data: the region of the document, and the official name of a code where the printed one differs. */
#include <stdlib.h>

#include "extract/codes.h"
#include "extract/division.h"
#include "extract/engine.h"

typedef struct gk_place {
    bool known;
    gk_division division;
} gk_place;

enum { PLACES = 256 };

struct gk_reference {
    gk_codes *codes;
    gk_divisions *divisions;
    gk_memo *places; /* text and year -> gk_place */
};

struct gk_reference *gk_reference_new(const gk_set *set) {
    struct gk_reference *r = gk_alloc(sizeof *r);
    r->codes =
        gk_codes_new(gk_set_table(set, GK_STR("function-codes.tsv")), gk_set_table(set, GK_STR("economic-codes.tsv")));
    r->places = gk_memo_new(sizeof(gk_place), PLACES);
    r->divisions = gk_divisions_new(gk_set_table(set, GK_STR("divisions.tsv")));
    return r;
}

void gk_reference_free(struct gk_reference *r) {
    if (!r) return;
    gk_codes_free(r->codes);
    gk_divisions_free(r->divisions);
    gk_memo_free(r->places);
    free(r);
}

static void set_region(gk_extractor *x, const gk_division *found) {
    gk_record *d = &x->out->document;
    gk_buf path = {0};
    for (size_t i = 0; i < found->count; i++) {
        if (i) gk_buf_putc(&path, '\x1f');
        gk_buf_put(&path, found->name[i]);
    }
    gk_put(d, GK_F_REGION, gk_arena_dup(&x->out->arena, gk_buf_str(&path)), &x->out->arena);
    gk_put(d, GK_F_DIVISION, found->code, &x->out->arena);
    gk_buf_free(&path);
}

static bool read_region(gk_extractor *x, gk_str text) {
    if (!text.len) return false;
    bool fresh;
    gk_place *place = gk_memo_at(x->reference->places, text, (uint32_t)x->now.year, &fresh, NULL);
    if (fresh) place->known = gk_division_find(x->reference->divisions, text, x->now.year, &place->division);
    if (place->known) set_region(x, &place->division);
    return place->known;
}

/* A text that names no place is of the place of its site. */
static void read_site_region(gk_extractor *x) {
    gk_division found;
    gk_str code = gk_meta_division(x->doc);
    if (code.len && gk_division_by_code(x->reference->divisions, code, x->now.year, &found)) set_region(x, &found);
}

enum { REGION_BLOCKS = 6, REGION_BYTES = 600 };

static void find_region(gk_extractor *x) {
    const gk_record *d = &x->out->document;
    if (read_region(x, gk_get(d, GK_F_TITLE))) return;
    for (size_t i = 0; i < x->doc->blocks.len && i < REGION_BLOCKS; i++) {
        if (x->doc->blocks.at[i].kind == GK_BLOCK_TABLE) continue;
        gk_range opening = gk_view_opening(x, x->block_at.at[i], REGION_BYTES);
        if (read_region(x, gk_view_text(x, opening.start, opening.end))) return;
    }
    read_site_region(x);
}

/* "The bureau of finance of the city": an agency that names no place is that of the document's, which is called so. */
static void complete_agency(gk_extractor *x) {
    enum { CHARACTER = 3, KIND_MOST = 9 }; /* bytes: 市, 自治区 */
    gk_record *d = &x->out->document;
    gk_str agency = gk_get(d, GK_F_AGENCY), region = gk_get(d, GK_F_REGION);
    if (!region.len || gk_map_prefix(x->maps.no_divisions, agency, NULL)) return;
    for (size_t n = KIND_MOST; n >= CHARACTER; n -= CHARACTER) {
        gk_str kind = gk_str_slice(agency, 0, n);
        for (gk_str rest = region; agency.len > n && rest.len;) { /* from the smallest place on */
            size_t at = gk_str_rfind(rest, GK_STR("\x1f"));
            gk_str name = at == SIZE_MAX ? rest : gk_str_slice(rest, at + 1, rest.len);
            rest.len = at == SIZE_MAX ? 0 : at;
            if (name.len <= n || !gk_str_ends(name, kind)) continue;
            gk_put(d, GK_F_AGENCY, GK_JOIN(&x->out->arena, name, gk_str_slice(agency, n, agency.len)), &x->out->arena);
            return;
        }
    }
}

void gk_enrich_document(gk_extractor *x) {
    gk_memo_tidy(x->reference->places);
    const gk_record *d = &x->out->document;
    if (gk_get(d, GK_F_DIVISION).len || read_region(x, gk_get(d, GK_F_AGENCY))) return;
    find_region(x);
    if (gk_get(d, GK_F_AGENCY).len) complete_agency(x);
}

/* The official name of a code where the printed one is another; remembered by code and name. */
static gk_str other_name(gk_extractor *x, gk_str code, gk_str printed) {
    bool fresh;
    uint32_t salt = 0;
    for (size_t i = 0; i < code.len && i < 9; i++) salt = salt * 10 + (uint32_t)(code.ptr[i] - '0');
    gk_str *name = gk_memo_at(x->names, printed, salt * 128 + (uint32_t)(x->now.year & 127), &fresh, NULL);
    if (fresh && gk_codes_agrees(x->reference->codes, code, printed) == GK_FIT_DIFFERS)
        *name = gk_codes_name_in(x->reference->codes, code, x->now.year);
    return *name;
}

static bool same_text(gk_str a, gk_str b) { return a.ptr == b.ptr && a.len == b.len; }

/* The figures of one row share the very texts of its code and its label. */
void gk_enrich_records(gk_extractor *x) {
    gk_str code = GK_STR_NONE, subject = GK_STR_NONE, name = GK_STR_NONE;
    for (size_t i = 0; i < x->out->records.len; i++) {
        gk_record *r = &x->out->records.at[i];
        if (!r->field[GK_F_CODE].len || !r->field[GK_F_SUBJECT].len) continue;
        if (!same_text(code, r->field[GK_F_CODE]) || !same_text(subject, r->field[GK_F_SUBJECT])) {
            code = r->field[GK_F_CODE];
            subject = r->field[GK_F_SUBJECT];
            name = other_name(x, code, subject);
        }
        gk_put(r, GK_F_CODE_NAME, name, &x->out->arena);
    }
}
