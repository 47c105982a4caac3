/* What the prose says of a project against the row of all its money in a table.
 *
 * Worked example: "the fair: budget of the year 258, spent 275.94" stands above a table whose header path begins with "the
 * fair" and whose row of all money says 258 and 257.94: the budget shows that both speak of one project, so 275.94 is wrong.
 * The prose may speak of a part of a project: it is told only what it says of one thing in one value, and only where another
 * of its figures is that of the table.
 */
#include <stdlib.h>

#include "check/place.h"

typedef struct stating {
    uint64_t project; /* with the year */
    uint32_t record;
    bool prose, spent; /* spent, or budgeted: first or adjusted */
} stating;

typedef GK_VEC(stating) statings;

enum { MOST_YEAR = 4 /* digits */, BEGIN = 6 /* bytes of a name */, MOST_STATINGS = 100 /* of one project */ };

/* The name of a project, without the year before it and the word behind it that some print and others do not. */
static gk_str bare_project(const gk_checker *c, gk_str s) {
    size_t digits = 0;
    while (digits < s.len && s.ptr[digits] >= '0' && s.ptr[digits] <= '9') digits++;
    gk_str rest = gk_str_slice(s, digits, s.len);
    size_t year = digits == MOST_YEAR ? gk_map_prefix(c->maps.year_words, rest, NULL) : 0;
    if (year) s = gk_str_slice(rest, year, rest.len);
    size_t tail = gk_map_suffix(c->maps.project_tails, s, NULL);
    return tail < s.len ? gk_str_slice(s, 0, s.len - tail) : s;
}

/* The projects of a document, and a bit for each beginning of a name: most amounts of the prose are of none of them. */
typedef struct projects {
    statings list;
    uint64_t begins;
} projects;

static uint64_t begin_of(gk_str name) {
    return (uint64_t)1 << (gk_text_key(gk_str_slice(name, 0, name.len < BEGIN ? name.len : BEGIN)) & 63);
}

static void add(gk_checker *c, projects *in, uint32_t i, gk_str project, bool prose) {
    const gk_brief *b = &c->briefs.at[i];
    if (!gk_class_in(b->class, GK_CLASSES_PLAIN) || !project.len || !c->figures.at[i].known || c->figures.at[i].vague) return;
    bool dated = project.ptr[0] >= '0' && project.ptr[0] <= '9';
    if (prose && !dated && !(in->begins & begin_of(project))) return;
    gk_str bare = bare_project(c, project);
    if (!prose) in->begins |= begin_of(bare);
    uint64_t name = gk_subject_number(c, bare);
    *gk_vec_push(&in->list) = (stating){name * 0x9E3779B97F4A7C15u + b->year_key, i, prose, b->class == 'a'};
}

/* The rows of all money of the tables, by the project that their header paths begin with. */
static void add_tables(gk_checker *c, projects *in) {
    uint32_t all = gk_name_number(c, GK_STR("fund_all"));
    for (const gk_place *p = c->places.at, *end = p + c->places.len; p < end && p->table != GK_NO_TABLE; p++) {
        if (p->label != all && p->header != all) continue;
        gk_str path = gk_record_at(c, p->record)->field[GK_F_COLUMN];
        const char *slash = path.len ? memchr(path.ptr, '/', path.len) : NULL;
        if (slash) add(c, in, p->record, gk_str_slice(path, 0, (size_t)(slash - path.ptr)), false);
    }
}

static void add_prose(gk_checker *c, projects *in) {
    for (const gk_amount *a = c->amounts.at, *end = a + c->amounts.len; a < end; a++)
        if (c->briefs.at[a->record].where == GK_IN_TEXT)
            add(c, in, a->record, gk_record_at(c, a->record)->field[GK_F_SUBJECT], true);
}

static int by_project(const void *a, const void *b) {
    const stating *x = a, *y = b;
    if (x->project != y->project) return x->project < y->project ? -1 : 1;
    return (x->record > y->record) - (x->record < y->record);
}

static bool meet(const gk_checker *c, const stating *a, const stating *b) {
    return gk_interval_meet(gk_figure_wide(c->figures.at[a->record]), gk_figure_wide(c->figures.at[b->record]));
}

/* What a figure of the prose finds in the tables: one that it is, or else one that it should be. */
typedef struct finding {
    const stating *equal, *other;
    bool alone; /* the prose says no other value of it */
} finding;

static finding look(const gk_checker *c, const stating *at, const stating *from, const stating *to) {
    finding f = {.alone = true};
    for (const stating *s = from; s < to; s++) {
        if (s->spent != at->spent || s == at) continue;
        if (s->prose) f.alone = f.alone && meet(c, s, at);
        else if (meet(c, s, at)) f.equal = s;
        else f.other = s;
    }
    return f;
}

static void tell(gk_checker *c, const stating *said, const stating *printed) {
    uint32_t terms[2] = {said->record, printed->record};
    gk_verdict v = gk_verdict_on(c, said->record, GK_STR("same_fact"), GK_STR("checks:project"), GK_CONTRADICTS);
    v.formula = GK_STR("the row of all money of the project");
    v.has_expected = true;
    v.expected = gk_figure_interval(c->figures.at[printed->record]);
    v.hint = gk_slip(c, c->figures.at[said->record], v.expected);
    v.terms = terms, v.term_count = 2;
    gk_verdict_add(c, &v);
}

static void judge(gk_checker *c, const stating *from, const stating *to) {
    size_t right = 0;
    for (const stating *s = from; s < to; s++) right += s->prose && look(c, s, from, to).equal;
    for (const stating *s = from; s < to; s++) {
        finding f = s->prose ? look(c, s, from, to) : (finding){0};
        if (f.equal || !f.other) continue;
        if (right && f.alone) tell(c, s, f.other);
        else gk_not_run(c, f.alone ? GK_REASON_EVIDENCE : GK_REASON_AMBIGUOUS);
    }
}

void gk_check_projects(gk_checker *c) {
    projects in = {.begins = 0};
    if (c->indicators.len) add_tables(c, &in);
    if (in.list.len) add_prose(c, &in);
    if (in.list.len) qsort(in.list.at, in.list.len, sizeof *in.list.at, by_project);
    c->steps += in.list.len;
    const stating *at = in.list.at, *end = at + in.list.len;
    for (const stating *to; at < end; at = to) {
        for (to = at; to < end && to->project == at->project;) to++;
        if (to - at > MOST_STATINGS) gk_not_run(c, GK_REASON_LONG);
        else if (to - at > 1) judge(c, at, to);
    }
    gk_vec_free(&in.list);
}
