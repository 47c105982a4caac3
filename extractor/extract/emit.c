/* New records, with the fields that every record carries. */
#include "extract/engine.h"

gk_str gk_printed(gk_extractor *x, gk_range at) {
    return gk_view_raw(x->view, at.start, at.end, &x->out->arena);
}

/* "a120-133": the first letter of the kind and the span. Two records of one kind on one span are told apart at the end
 * (extract.c). */
static gk_str make_id(gk_extractor *x, gk_kind kind, gk_span span) {
    char text[40], *at = text;
    *at++ = gk_kind_name(kind)[0];
    at = gk_put_number(at, span.start);
    *at++ = '-';
    at = gk_put_number(at, span.end);
    return gk_arena_dup(&x->out->arena, (gk_str){text, (size_t)(at - text)});
}

static uint32_t page_of(const gk_extractor *x, uint32_t view) {
    if (!x->doc->pages) return 0;
    size_t lo = 0, hi = x->block_at.len;
    while (hi - lo > 1) {
        size_t mid = lo + (hi - lo) / 2;
        if (x->block_at.at[mid].start <= view) lo = mid;
        else hi = mid;
    }
    return lo < x->doc->blocks.len ? x->doc->blocks.at[lo].page : 0;
}

/* The cell of the table that is read that a place of the view stands in: mostly the one of the last record, or one of the
 * next. */
static uint32_t cell_at(gk_extractor *x, uint32_t view) {
    const gk_range *at = x->cell_at.at;
    uint32_t lo = x->cell_first, hi = x->cell_end;
    if (lo == hi) return GK_NO_CELL;
    if (at[x->cell_near].start <= view) lo = x->cell_near;
    for (uint32_t step = 1; hi - lo > step; step *= 2) {
        if (at[lo + step].start <= view) lo += step;
        else hi = lo + step;
    }
    while (hi - lo > 1) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (at[mid].start <= view) lo = mid;
        else hi = mid;
    }
    x->cell_near = lo;
    return at[lo].start <= view && view < at[lo].end ? lo : GK_NO_CELL;
}

/* The printed address of the cell a place of the view stands in; absent outside of spreadsheets. */
static gk_str cell_name_of(gk_extractor *x, uint32_t view) {
    uint32_t cell = x->doc->names.len > 1 ? cell_at(x, view) : GK_NO_CELL;
    uint32_t name = cell != GK_NO_CELL ? x->doc->cells.at[cell].name : 0;
    return name ? x->doc->names.at[name] : GK_STR_NONE;
}

/* "0.93" where the characters were recognised in a picture. */
static void set_confidence(gk_extractor *x, gk_record *r) {
    unsigned sure = x->doc->boxes.len ? gk_doc_sure(x->doc, r->span) : 0;
    if (!sure) return;
    char text[] = {(char)('0' + sure / 100), '.', (char)('0' + sure / 10 % 10), (char)('0' + sure % 10)};
    gk_put(r, GK_F_CONFIDENCE, gk_arena_dup(&x->out->arena, (gk_str){text, sizeof text}), &x->out->arena);
}

gk_record *gk_new_record(gk_extractor *x, gk_kind kind, gk_range at, gk_str rule, const char *where) {
    gk_record *r = gk_result_add(x->out, kind, gk_view_source(x->view, at.start, at.end));
    r->id = make_id(x, kind, r->span);
    if (!gk_record_place(r, x->doc, &x->out->arena)) r->page = page_of(x, at.start);
    r->cell = cell_name_of(x, at.start);
    set_confidence(x, r);
    r->field[GK_F_RAW] = gk_printed(x, at);
    r->field[GK_F_SECTION] = x->now.section;
    r->field[GK_F_WHERE] = gk_str_of(where);
    r->field[GK_F_RULE] = rule;
    gk_account_claim(x, at, r->id, rule);
    return r;
}

/* The digits as one number; false where they are too many. */
static bool one_number(const gk_decimal *d, uint64_t *out) {
    uint32_t more = 0;
    for (int i = 2; i < GK_DECIMAL_LIMBS; i++) more |= d->limb[i];
    *out = (uint64_t)d->limb[1] * GK_DECIMAL_BASE + d->limb[0];
    return !more;
}

static void keep_sight(gk_extractor *x, const gk_number *n, gk_record *r) {
    gk_sight *s = gk_vec_push(&x->out->sights);
    int decimals = n->value.scale + n->power;
    *s = (gk_sight){.start = n->at.start, .end = n->at.end, .negative = n->value.negative};
    s->cell = cell_at(x, n->at.start);
    s->plain = one_number(&n->value, &s->digits) && !n->chinese && decimals >= 0 && decimals <= UINT8_MAX;
    s->power = (int8_t)n->power;
    s->decimals = (uint8_t)decimals;
    r->sight = (uint32_t)x->out->sights.len & 0xFFFFFF; /* GK_MAX_RECORDS are less */
}

gk_record *gk_new_mention(gk_extractor *x, const gk_number *n, gk_str rule, const char *where) {
    static const gk_kind kinds[] = {[GK_NUMBER_BARE] = GK_KIND_QUANTITY,
                                    [GK_NUMBER_AMOUNT] = GK_KIND_AMOUNT,
                                    [GK_NUMBER_PERCENT] = GK_KIND_PERCENTAGE,
                                    [GK_NUMBER_QUANTITY] = GK_KIND_QUANTITY,
                                    [GK_NUMBER_EXCLUDED] = GK_KIND_QUANTITY};
    gk_record *r = gk_new_record(x, kinds[n->kind], n->at, rule, where);
    r->field[GK_F_VALUE] = gk_decimal_text(&n->value, &x->out->arena);
    r->field[GK_F_UNIT] = n->unit;
    gk_put(r, GK_F_QUALIFIER, n->qualifier, &x->out->arena);
    keep_sight(x, n, r);
    return r;
}

/* Most records have the year of the one before, and then its text too. */
static gk_str year_text(gk_extractor *x, int year) {
    if (year == x->year) return x->year_text;
    char text[16];
    x->year = year;
    return x->year_text = gk_arena_dup(&x->out->arena, (gk_str){text, (size_t)(gk_put_number(text, (uint32_t)year) - text)});
}

void gk_set_year(gk_extractor *x, gk_record *r, int year) {
    if (year <= 0) {
        r->field[GK_F_YEAR] = GK_STR_NONE;
        return;
    }
    r->field[GK_F_YEAR] = year_text(x, year);
}

static void json_string(gk_buf *b, gk_str s) {
    gk_buf_putc(b, '"');
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        if (c == '"' || c == '\\') gk_buf_putc(b, '\\');
        if (c < 0x20) gk_buf_printf(b, "\\u%04x", c);
        else gk_buf_putc(b, (char)c);
    }
    gk_buf_putc(b, '"');
}

static void member(gk_buf *b, const char *name, gk_str value, bool quoted) {
    if (!value.len) return;
    if (b->len > 1) gk_buf_putc(b, ',');
    gk_buf_putc(b, '"');
    gk_buf_put(b, gk_str_of(name));
    gk_buf_put(b, GK_STR("\":"));
    if (quoted) json_string(b, value);
    else gk_buf_put(b, value);
}

static gk_str against_text(gk_extractor *x, gk_str measure, int year, gk_str subject) {
    gk_buf b = {0};
    gk_buf_putc(&b, '{');
    member(&b, "measure", measure, true);
    if (year > 0) member(&b, "year", year_text(x, year), false);
    member(&b, "subject", subject, true);
    gk_buf_putc(&b, '}');
    gk_str text = gk_arena_dup(&x->out->arena, gk_buf_str(&b));
    gk_buf_free(&b);
    return text;
}

/* Most changes are compared with the same measure of the same year. */
static gk_str kept_against(gk_extractor *x, gk_str measure, int year) {
    for (unsigned i = 0; i < GK_AGAINST_KEPT; i++)
        if (x->against[i].text.ptr && x->against[i].year == year && x->against[i].measure.ptr == measure.ptr &&
            x->against[i].measure.len == measure.len)
            return x->against[i].text;
    unsigned next = x->against_next++ % GK_AGAINST_KEPT;
    x->against[next].measure = measure;
    x->against[next].year = year;
    return x->against[next].text = against_text(x, measure, year, GK_STR_NONE);
}

void gk_set_against(gk_extractor *x, gk_record *r, gk_str measure, int year, gk_str subject) {
    if (!measure.len && year <= 0 && !subject.len) return;
    gk_str text = subject.len ? against_text(x, measure, year, subject) : kept_against(x, measure, year);
    gk_put(r, GK_F_AGAINST, text, &x->out->arena);
}
