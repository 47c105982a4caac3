/* The opening of a document: its title, agency, year and kind of report, by what its first blocks say. */
#include <string.h>

#include "extract/engine.h"

enum { MATCHES = 32, OPENING_BLOCKS = 100, LONG_OPENING_BYTES = 600 };

typedef struct gk_opening {
    int rank[GK_KEY_COUNT]; /* of what spoke for a key; 0: nothing yet */
    bool sentence;          /* what is read now is a sentence, which counts half as much as a line that may be a title */
    bool near;              /* it stands among the first blocks, which alone tell the genre */
    bool told_by_the_way;   /* a sentence told the genre, which gives way to a title */
    bool tabled;            /* a table stands before */
    bool titled;            /* a title told the kind of report */
    int published;          /* the year when it was put up; 0: not printed */
    bool recent;            /* tells of the months before */
    gk_range agency;        /* the best name so far */
    size_t seen;            /* how often it stands in the document */
    gk_range title;         /* the best title so far */
} gk_opening;

enum { SENTENCE_RANK = 2 }; /* that of a year which a sentence prints by the way */

enum { AGENCY_SEEN_MOST = 8, AGENCY_LOOK_BYTES = 1 << 18 };

/* Counted in the first part of the document, up to AGENCY_SEEN_MOST. */
static size_t times_seen(const gk_extractor *x, gk_range name) {
    gk_str v = gk_buf_str(&x->view->text), s = gk_view_text(x, name.start, name.end);
    size_t n = 0;
    if (v.len > AGENCY_LOOK_BYTES) v.len = AGENCY_LOOK_BYTES;
    for (size_t at; n < AGENCY_SEEN_MOST && (at = gk_str_find(v, s)) != SIZE_MAX; n++)
        v = gk_str_slice(v, at + s.len, v.len);
    return n;
}

/* A name that stands in the document several times beats one that a damaged title prints once; else the rank decides.
 */
static void take_agency(gk_extractor *x, gk_opening *o, const gk_match *m, gk_range name) {
    int rank = m->rule->priority + 1;
    name = gk_subject_trim(x, name);
    if (name.start >= name.end) return;
    gk_str s = gk_view_text(x, name.start, name.end);
    if (o->seen && gk_str_eq(s, gk_view_text(x, o->agency.start, o->agency.end))) return;
    bool known = o->seen > 0, outranks = rank > o->rank[GK_KEY_AGENCY];
    if (known && !outranks && o->seen > 1) return;
    size_t seen = times_seen(x, name);
    if (known && !(outranks && seen > 1) && !(o->seen == 1 && seen > 1)) return;
    o->rank[GK_KEY_AGENCY] = rank;
    o->agency = name;
    o->seen = seen;
}

static bool takes(gk_opening *o, gk_key key, const gk_match *m, gk_str value) {
    int rank = (o->sentence ? m->rule->priority : 2 * m->rule->priority) + 1;
    if (!value.len || rank <= o->rank[key]) return false;
    o->rank[key] = rank;
    return true;
}

/* A better title replaces one that it is read out of or is a part of; further below stand those of other parts, and behind a
 * table the captions of others. */
static void take_title(gk_extractor *x, gk_opening *o, const gk_match *m, gk_range title) {
    bool apart = o->title.end > o->title.start && (title.start >= o->title.end || title.end <= o->title.start);
    bool caption = o->tabled && gk_map_suffix(x->maps.caption_ends, gk_view_text(x, title.start, title.end), NULL);
    if (title.end <= title.start || apart || caption || !takes(o, GK_KEY_TITLE, m, GK_STR("title"))) return;
    o->title = title;
    gk_put(&x->out->document, GK_F_TITLE, gk_printed(x, title), &x->out->arena);
}

static void open_fact(gk_extractor *x, gk_opening *o, gk_str v, const gk_match *m) {
    if (gk_match_value(m, v, GK_KEY_MODE).len) return; /* speaks of a section or of a table */
    gk_record *d = &x->out->document;
    gk_str year = gk_match_value(m, v, GK_KEY_YEAR), report = gk_match_value(m, v, GK_KEY_REPORT);
    gk_str agency = gk_match_value(m, v, GK_KEY_AGENCY), measure = gk_match_value(m, v, GK_KEY_MEASURE);
    gk_str genre = gk_match_value(m, v, GK_KEY_CLASS);
    gk_str role = gk_match_value(m, v, GK_KEY_ROLE);
    int told = gk_context_year(x, year);
    if (o->sentence && o->titled && x->outline[0].year && told > x->outline[0].year) return; /* what is planned after it */
    if (gk_str_eqz(role, "recent")) o->recent = true;
    if (gk_str_eqz(role, "published")) {
        if (o->near && !o->published) o->published = told;
        return;
    }
    if (o->near && takes(o, GK_KEY_CLASS, m, genre)) x->now.genre = genre, o->told_by_the_way = o->sentence;
    if (told && takes(o, GK_KEY_YEAR, m, year)) x->outline[0].year = told;
    if (takes(o, GK_KEY_REPORT, m, report)) { /* a measure goes with the kind of report that it was told with */
        gk_put(d, GK_F_REPORT, report, &x->out->arena);
        o->titled = !o->sentence;
        x->outline[0].measure = measure;
    } else if (!report.len && takes(o, GK_KEY_MEASURE, m, measure)) {
        x->outline[0].measure = measure;
    }
    if (agency.len) take_agency(x, o, m, gk_match_range(m, GK_KEY_AGENCY));
    take_title(x, o, m, gk_match_range(m, GK_KEY_TITLE));
}

static void find_facts(gk_extractor *x, gk_opening *o, gk_range at) {
    gk_match m[MATCHES];
    gk_str v = gk_view_text(x, 0, at.end);
    size_t n = gk_find_all(x, GK_SCOPE_FACT, at, m, MATCHES);
    for (size_t i = 0; i < n; i++) open_fact(x, o, v, &m[i]);
}

/* Whether a text ends with a mark of a sentence: one that opens a list ends with a colon. */
static bool ends_sentence(gk_str s) {
    return gk_str_ends(s, GK_STR("\xE3\x80\x82")) || gk_str_ends(s, GK_STR(":")) || gk_str_ends(s, GK_STR(";"));
}

/* Whether a paragraph tells which other texts figures were taken from. */
static bool names_source(const gk_extractor *x, gk_range at) {
    return x->maps.sources && gk_map_prefix(x->maps.sources, gk_view_text(x, at.start, at.end), NULL);
}

static void read_fact(gk_extractor *x, gk_opening *o, gk_range at) {
    if (at.end - at.start > GK_NOTE_BYTES || at.start == at.end) return;
    if (names_source(x, at)) return;
    o->sentence = ends_sentence(gk_view_text(x, 0, at.end));
    find_facts(x, o, at);
}

/* A note without a title begins with a long paragraph: how it opens says what a sentence does. */
static void read_long_opening(gk_extractor *x, gk_opening *o, gk_range at) {
    if (at.end - at.start <= GK_NOTE_BYTES) return;
    o->sentence = true;
    find_facts(x, o, gk_view_opening(x, at, LONG_OPENING_BYTES));
}

/* A title broken over lines may print a character at the end of one line and again at the start of the next. Where the
 * name stands elsewhere with the character once, that is the name. */
static gk_range undoubled(gk_extractor *x, gk_range name) {
    gk_str v = gk_buf_str(&x->view->text), s = gk_view_text(x, name.start, name.end);
    if (v.len > AGENCY_LOOK_BYTES) v.len = AGENCY_LOOK_BYTES;
    for (size_t p = 0; p + 6 <= s.len; p += 3) {
        if (((unsigned char)s.ptr[p] & 0xF0) != 0xE0 || memcmp(s.ptr + p, s.ptr + p + 3, 3) != 0) continue;
        gk_str once = gk_arena_printf(&x->out->arena, "%.*s%.*s", (int)p, s.ptr, (int)(s.len - p - 3), s.ptr + p + 3);
        size_t at = gk_str_find(v, once);
        if (at != SIZE_MAX) return (gk_range){(uint32_t)at, (uint32_t)(at + once.len)};
    }
    return name;
}

enum { TITLE_BLOCKS = 8 };

/* A title may stand on several lines: the first blocks are read together with the next one and the next two as well. */
static void read_title(gk_extractor *x, gk_opening *o, size_t i) {
    gk_range at = x->block_at.at[i];
    for (size_t k = i + 1; k < i + 3 && k < x->doc->blocks.len; k++) {
        if (x->doc->blocks.at[k].kind == GK_BLOCK_TABLE || names_source(x, x->block_at.at[k])) return;
        at.end = x->block_at.at[k].end;
        read_fact(x, o, at);
    }
}

void gk_context_open(gk_extractor *x) {
    gk_opening o = {.seen = 0};
    memset(&x->now, 0, sizeof x->now);
    memset(x->outline, 0, sizeof x->outline);
    x->depth = 1;
    gk_subject_agency(x, (gk_range){0, 0});
    x->part_waits = false;
    x->now.unit = GK_UNIT_UNKNOWN;
    for (size_t i = 0; i < x->doc->blocks.len && i < OPENING_BLOCKS; i++) {
        const gk_block *b = &x->doc->blocks.at[i];
        o.near = i < TITLE_BLOCKS;
        if (b->kind != GK_BLOCK_TABLE && b->kind != GK_BLOCK_ASIDE) {
            read_fact(x, &o, x->block_at.at[i]);
            if (i < TITLE_BLOCKS) read_title(x, &o, i), read_long_opening(x, &o, x->block_at.at[i]);
        }
        if (b->kind != GK_BLOCK_TABLE) continue;
        o.tabled = true;
        const gk_table *t = &x->doc->tables.at[b->table];
        for (uint32_t c = 0; c < t->cell_count && c < 12; c++) read_fact(x, &o, x->cell_at.at[t->first_cell + c]);
    }
    gk_record *d = &x->out->document;
    gk_subject_agency(x, undoubled(x, o.agency));
    gk_put(d, GK_F_AGENCY, gk_printed(x, x->agency_at), &x->out->arena);
    if (!gk_get(d, GK_F_REPORT).len) gk_put(d, GK_F_REPORT, GK_STR("other"), &x->out->arena);
    if (o.told_by_the_way && o.titled) x->now.genre = GK_STR_NONE;
    if (!x->outline[0].year && o.recent) x->outline[0].year = o.published;
    gk_str plain = gk_context_measure(x, x->now.genre);
    if (plain.len) x->outline[0].measure = plain;
    if (!x->outline[0].measure.len) x->outline[0].measure = gk_context_measure(x, gk_get(d, GK_F_REPORT));
    x->year_told = x->outline[0].year && o.rank[GK_KEY_YEAR] > SENTENCE_RANK;
    x->now.report = gk_get(d, GK_F_REPORT);
    gk_context_path(x);
    gk_set_year(x, d, x->now.year);
}
