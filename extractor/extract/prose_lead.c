/* The lead of a number: the text before it, back to the number before it, and what that text says by itself. */
#include "extract/gap.h"
#include "extract/prose.h"

enum { MATCHES = 24, LEADS = 2048 };

/* ---- where it stands */

/* A full stop of the Latin kind ends a sentence between two characters that are not Latin, or behind a percent sign. */
static bool is_foreign_stop(gk_str v, uint32_t p, uint32_t start) {
    if (v.ptr[p - 1] != '.' || p < 2 || p < start + 1) return false;
    if (!((unsigned char)v.ptr[p - 2] & 0x80) && v.ptr[p - 2] != '%') return false;
    return p == v.len || v.ptr[p] == '\n' || ((unsigned char)v.ptr[p] & 0x80);
}

/* Behind the byte before `p`. */
static bool ends_sentence(gk_str v, uint32_t p, uint32_t start) {
    const unsigned char *b = (const unsigned char *)v.ptr + p;
    if (b[-1] == 0x82) return p >= start + 3 && b[-3] == 0xE3 && b[-2] == 0x80; /* U+3002, the ideographic full stop */
    return b[-1] == '.' ? is_foreign_stop(v, p, start) : b[-1] == '!' || b[-1] == '?' || b[-1] == '\n';
}

/* The last sentence end in a range, `from` where there is none. */
static uint32_t last_sentence(gk_str v, uint32_t from, uint32_t to) {
    static const bool may_end[256] = {['!'] = true, ['?'] = true, ['\n'] = true, ['.'] = true, [0x82] = true};
    for (uint32_t p = to; p > from; p--)
        if (may_end[(unsigned char)v.ptr[p - 1]] && ends_sentence(v, p, from)) return p;
    return from;
}

/* ---- choosing the rule */

bool gk_speaks_in_report(const gk_extractor *x, const gk_match *m) {
    gk_str reports = m->rule->constant[GK_KEY_REPORT];
    if (!reports.len || gk_str_listed(reports, ' ', x->now.genre)) return true;
    /* rules of other reports speak of what was done, and not in a plan, or in what a section plans */
    bool planned = gk_is_planned(gk_context_measure(x, x->now.genre)) || gk_is_planned(x->now.measure);
    bool plan = gk_str_eqz(x->now.report, "other") && planned;
    return !plan && gk_str_listed(reports, ' ', x->now.report);
}

bool gk_prose_speaks(const gk_extractor *x, const gk_match *m, gk_number_kind kind) {
    static const char *const names[] = {[GK_NUMBER_BARE] = "bare",
                                        [GK_NUMBER_AMOUNT] = "amount",
                                        [GK_NUMBER_PERCENT] = "percentage",
                                        [GK_NUMBER_QUANTITY] = "quantity",
                                        [GK_NUMBER_EXCLUDED] = ""};
    gk_str kinds = m->rule->constant[GK_KEY_KIND];
    if (!gk_speaks_in_report(x, m)) return false;
    return !kinds.len || gk_str_find(kinds, gk_str_of(names[kind])) != SIZE_MAX;
}

static void tell(gk_extractor *x, const gk_number *n, const char *stage, gk_str rule, const char *outcome,
                 gk_str detail) {
    if (x->trace)
        x->trace(x->trace_user, gk_view_source(x->view, n->at.start, n->at.end), stage, rule, outcome, detail);
}

/* Whether a bracket that is open at an offset is closed behind it: "5 (city level included), spent 4". */
static bool is_closed_behind(gk_str text, size_t at) {
    int depth = 0;
    for (; at < text.len && depth >= 0; at++) depth += text.ptr[at] == '(' ? 1 : text.ptr[at] == ')' ? -1 : 0;
    return depth < 0;
}

/* Whether what a match names as its subject starts inside a bracket and goes on behind it: "surplus (not what was paid
 * out) of 5" says of no payment. */
static bool breaks_bracket(const gk_match *m, gk_str v) {
    gk_range own = gk_match_range(m, GK_KEY_SUBJECT);
    return own.start < own.end && is_closed_behind(gk_str_slice(v, own.start, own.end), 0);
}

/* The lead rule that speaks of this kind of number with the longest match, then priority, then order. */
static bool choose_lead_rule(gk_extractor *x, const gk_number *n, gk_str v, gk_match *out) {
    gk_match m[MATCHES];
    size_t count = gk_match_all(x->matcher, GK_SCOPE_LEAD, v, 0, (uint32_t)v.len, m, MATCHES), best = SIZE_MAX;
    for (size_t i = 0; i < count; i++) {
        if (!gk_prose_speaks(x, &m[i], n->kind)) {
            tell(x, n, "lead", m[i].rule->id, "lost", GK_STR("speaks of another kind of number"));
            continue;
        }
        if (breaks_bracket(&m[i], v)) continue;
        if (best == SIZE_MAX || m[i].start < m[best].start ||
            (m[i].start == m[best].start &&
             (m[i].rule->priority > m[best].rule->priority ||
              (m[i].rule->priority == m[best].rule->priority && m[i].rule->order < m[best].rule->order))))
            best = i;
    }
    for (size_t i = 0; i < count && x->trace; i++)
        if (gk_prose_speaks(x, &m[i], n->kind))
            tell(x, n, "lead", m[i].rule->id, i == best ? "won" : "lost", gk_str_slice(v, m[i].start, m[i].end));
    if (best == SIZE_MAX) return false;
    *out = m[best];
    return true;
}

/* What is kept of the text of a lead, for one kind of number and one kind of report. Ranges are relative to the lead. */
struct gk_told {
    bool asked, speaks;             /* by the lead rules */
    bool parts_asked, names_parts;
    bool subject_asked, year_asked;
    gk_match match;
    gk_range subject, year;
    gk_range before_year;           /* what ended the look for the year */
};

gk_memo *gk_prose_leads(void) { return gk_memo_new(sizeof(struct gk_told), LEADS); }

/* One question for each kind of number and each kind of report. */
static uint32_t lead_question(const gk_extractor *x, gk_number_kind kind) {
    uint32_t h = 2166136261u;
    for (size_t i = 0; i < x->now.report.len; i++) h = (h ^ (unsigned char)x->now.report.ptr[i]) * 16777619u;
    return h * 8 + kind;
}

/* What is known of the text of a lead; *kept: until the memory of leads is emptied. */
static struct gk_told *told_of(gk_extractor *x, gk_str text, uint32_t question, bool *kept) {
    bool fresh;
    gk_str key;
    struct gk_told *told = text.len ? gk_memo_at(x->leads, text, question, &fresh, &key) : NULL;
    *kept = !told || key.ptr != text.ptr;
    return told;
}

/* Fills the sentence of a lead and what was found out about it. */
static void read_lead(gk_extractor *x, uint32_t question, gk_lead *lead, bool *kept) {
    lead->sentence.start = last_sentence(gk_buf_str(&x->view->text), lead->all.start, lead->all.end);
    lead->told = told_of(x, gk_view_text(x, lead->sentence.start, lead->sentence.end), question, kept);
}

/* The same where the lead is a part of one gap, which remembers the lead that was asked for last. */
static void read_lead_in(gk_extractor *x, const gk_gap_at *at, uint32_t question, gk_lead *lead) {
    gk_gap *g = at->gap;
    uint32_t start = lead->all.start - at->start, end = lead->all.end - at->start;
    bool kept = false;
    if (g->round == x->round && g->question == question && g->lead_start == start && g->lead_end == end) {
        lead->sentence.start = at->start + g->sentence;
        lead->told = g->told;
        return;
    }
    read_lead(x, question, lead, &kept);
    if (!kept) return;
    g->round = x->round;
    g->question = question;
    g->lead_start = (uint16_t)start;
    g->lead_end = (uint16_t)end;
    g->sentence = (uint16_t)(lead->sentence.start - at->start);
    g->told = lead->told;
}

gk_lead gk_lead_of(gk_extractor *x, const gk_number *n) {
    const struct gk_prose_state *s = x->prose;
    const char *v = x->view->text.ptr;
    uint32_t end = n->whole.start, start = s->behind, question = lead_question(x, n->kind);
    if (start > end) start = end;
    if (end - start > GK_MAX_LEAD_BYTES) start = end - GK_MAX_LEAD_BYTES;
    while (start < end && ((unsigned char)v[start] & 0xC0) == 0x80) start++;
    gk_lead lead = {.all = {start, end}, .sentence = {start, end}};
    const gk_gap_at *gap = gk_gap_before(x, n->digits.start);
    bool kept;
    if (gap && start >= gap->start) read_lead_in(x, gap, question, &lead);
    else read_lead(x, question, &lead, &kept);
    lead.crosses = lead.sentence.start > start;
    return lead;
}

bool gk_lead_rule(gk_extractor *x, const gk_number *n, const gk_lead *lead, gk_match *out) {
    struct gk_told *t = lead->told;
    if (!t) return false;
    if (!t->asked || x->trace) {
        t->speaks = choose_lead_rule(x, n, gk_view_text(x, lead->sentence.start, lead->sentence.end), &t->match);
        t->asked = true;
    }
    if (!t->speaks) return false;
    *out = t->match;
    gk_match_move(out, lead->sentence.start);
    return true;
}

/* Words with the value `own` name the whole themselves: behind "income of 5; spending comprises" stand no parts of the 5. */
static bool names_parts(const gk_extractor *x, gk_str text) {
    gk_str value;
    size_t len = 0, at = 0;
    while ((at = gk_map_find(x->maps.parts, text, at, &len, &value)) != SIZE_MAX) {
        if (!gk_str_eqz(value, "own") && !is_closed_behind(text, at)) return true;
        at += len;
    }
    return false;
}

bool gk_lead_names_parts(gk_extractor *x, const gk_lead *lead) {
    struct gk_told *t = lead->told;
    if (!t) return false;
    if (!t->parts_asked) {
        gk_str text = gk_view_text(x, lead->sentence.start, lead->sentence.end);
        t->names_parts = names_parts(x, text);
        t->parts_asked = true;
    }
    return t->names_parts;
}

bool gk_lead_opens_bracket(gk_extractor *x, const gk_lead *lead) {
    gk_str text = gk_view_text(x, lead->sentence.start, lead->sentence.end);
    return gk_str_starts(text, GK_STR("(")) && !is_closed_behind(text, 1);
}

/* ---- what stands in it */

static gk_range within(const gk_lead *lead, gk_range r) {
    uint32_t by = lead->sentence.start;
    return gk_is_empty(r) ? (gk_range){0, 0} : (gk_range){r.start - by, r.end - by};
}

static gk_range placed(const gk_lead *lead, gk_range r) {
    uint32_t by = lead->sentence.start;
    return (gk_range){r.start + by, r.end + by};
}

static gk_range find_subject(gk_extractor *x, const gk_lead *lead, const gk_match *m) {
    gk_range all = lead->sentence, own = m ? gk_match_range(m, GK_KEY_SUBJECT) : (gk_range){0, 0};
    gk_str mode = m ? m->rule->constant[GK_KEY_MODE] : GK_STR_NONE;
    if (!gk_is_empty(own)) return gk_str_eqz(mode, "as-it-is") ? own : gk_subject_trim(x, own);
    gk_str carry = m ? m->rule->constant[GK_KEY_CARRY] : GK_STR_NONE;
    if (gk_str_eqz(carry, "always") || gk_str_eqz(carry, "counted")) return (gk_range){0, 0};
    bool keep = !m || gk_str_eqz(mode, "keep");
    return gk_prose_clause(x, (gk_range){all.start, keep ? all.end : m->start});
}

/* Only the name of the agency makes the same text another subject in another document, and it is looked for where a
 * subject begins: an answer without it holds until its subject begins with such a name. */
gk_range gk_lead_subject(gk_extractor *x, const gk_lead *lead, const gk_match *m) {
    struct gk_told *t = lead->told;
    if (!t) return find_subject(x, lead, m);
    gk_range known = placed(lead, t->subject);
    if (t->subject_asked && !gk_subject_names_agency(x, known)) return known;
    uint32_t cut = x->agency_cut;
    gk_range found = find_subject(x, lead, m);
    t->subject_asked = cut == x->agency_cut;
    t->subject = within(lead, found);
    return found;
}

/* The last word for a year in a text. */
static gk_range last_year(gk_extractor *x, gk_range text) {
    gk_range word = {0, 0};
    gk_str s = gk_view_text(x, text.start, text.end);
    size_t len = 0;
    for (size_t from = 0, at; (at = gk_map_find(x->maps.years, s, from, &len, NULL)) != SIZE_MAX; from = at + len)
        word = (gk_range){text.start + (uint32_t)at, text.start + (uint32_t)(at + len)};
    return word;
}

gk_str gk_lead_year(gk_extractor *x, const gk_lead *lead, gk_range head) {
    struct gk_told *t = lead->told;
    gk_range said, word;
    if (t && t->year_asked && !gk_subject_names_agency(x, placed(lead, t->before_year))) {
        word = placed(lead, t->year);
        return gk_view_text(x, word.start, word.end);
    }
    uint32_t cut = x->agency_cut;
    word = last_year(x, gk_prose_time(x, head, &said));
    if (t) {
        t->year_asked = cut == x->agency_cut;
        t->year = within(lead, word);
        t->before_year = within(lead, said);
    }
    return gk_view_text(x, word.start, word.end);
}
