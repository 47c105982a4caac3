/* The inside of the extraction room: one worker's state, and what its parts offer each other.
 *
 * The way of a document through this room:
 *   layout.c   builds the view: every block and every cell folded, each with its view range; finds every digit group
 *   opening.c  title, agency, year and kind of report of a document
 *   context.c  what holds at a point: year, report, money unit, section path, caption; read from blocks as they pass
 *   number.c   numbers of a view range, with unit and exact value, or with an exclusion class
 *   prose.c    what the numbers of a sentence say: lead rules, carried subject, measure, sign, year
 *   table*.c   header paths, roles, row labels -> facts
 *   goal*.c    indicators from tables, target cells and prose
 *   account.c  claims and exclusions; what is left is unexplained
 * All offsets called "view" are bytes of x->view->text; spans in records are canonical (gk_view_source).
 */
#ifndef GK_EXTRACT_ENGINE_H
#define GK_EXTRACT_ENGINE_H

#include "base/decimal.h"
#include "extract/extract.h"
#include "extract/memo.h"

/* A half-open range of view offsets. */
typedef struct gk_range {
    uint32_t start, end;
} gk_range;

static inline bool gk_is_empty(gk_range r) { return r.start >= r.end; }

/* What holds at a point of the document. Texts live in the arena of the result. */
/* The list that a paragraph announces with a colon at its end (prose_list.c). */
typedef struct gk_announced {
    int year;        /* what its head says of its items; 0: nothing, no list is open */
    char kind, head; /* how its items are marked, how the head is; 0: not at all */
    bool waits;      /* no item was seen yet */
    bool dated;      /* the year is that of a date on which stock is taken */
} gk_announced;

typedef struct gk_context {
    int year;            /* fiscal year, 0: unknown */
    gk_str report;       /* budget, final_account ... */
    gk_str genre;        /* what the opening says more closely: audit, adjustment; absent: nothing */
    gk_str measure;      /* measure of a plain figure: "budget" or "actual" by the report */
    gk_str counts;       /* measure of a count, by the section; absent: by the report */
    int unit;            /* power of ten of yuan of a bare money figure (万元: 4); GK_UNIT_UNKNOWN */
    gk_str section;      /* headings above, joined with '\x1f' */
    gk_str heading;      /* the innermost heading without its number */
    unsigned caption_parts; /* which parts of a caption are known */
    uint32_t caption_at; /* where its name ends */
    gk_range caption_head; /* the line right before, where it may be the first half of a caption; empty: it is none */
    gk_str form;         /* its form number alone */
    bool caption_near;   /* a caption only where a table follows at once */
    int noted_year;      /* of the date that a note says the coming table takes stock on; 0: none */
    gk_str caption;      /* form number and caption of the coming table: "公开05表 ..." */
    gk_str folded, folded_of; /* what the caption that was folded last became, and that caption */
    gk_str project;      /* project of a performance section, absent: none */
    bool heading_near;   /* nothing but notes stands between it and here: it may be the title of a table */
    gk_range heading_at; /* its view range, list mark stripped; empty: none */
    gk_range told_at;    /* what the first figure of the paragraph above speaks of; empty: nothing, or a heading follows */
    gk_announced list;
    gk_range topic_at;   /* what the heading says the text below it speaks of; empty: nothing */
    bool silent;         /* inside a table of contents or a glossary: no records */
    gk_str silent_class; /* the exclusion class of numbers there */
} gk_context;

enum { GK_UNIT_UNKNOWN = -100 };

typedef enum gk_number_kind {
    GK_NUMBER_BARE,     /* digits alone: what they are follows from their place */
    GK_NUMBER_AMOUNT,   /* value in yuan */
    GK_NUMBER_PERCENT,  /* value in percent points */
    GK_NUMBER_QUANTITY, /* value in its classifier */
    GK_NUMBER_EXCLUDED  /* no figure: class and rule say why */
} gk_number_kind;

typedef struct gk_number {
    gk_number_kind kind;
    gk_range at;        /* the mention: sign, digits, scale, unit */
    gk_range digits;    /* the digits alone */
    gk_decimal value;   /* in base units; BARE: as printed */
    gk_str unit;        /* "CNY", "%", the classifier as printed, absent for BARE */
    gk_str qualifier;   /* 约, 近, 以上 ... as printed, absent: none */
    gk_range whole;     /* `at` with the qualifiers before and behind it */
    int power;          /* the printed figure times 10^power is the value */
    gk_str class;       /* EXCLUDED */
    const gk_rule *rule; /* the rule that excluded it */
    bool chinese;       /* a Chinese numeral */
    bool ranged;        /* the second number of a range: subject, unit and measure are those of the first */
} gk_number;

typedef GK_VEC(gk_number) gk_numbers;

enum { GK_OUTLINE_LEVELS = 10 };

/* One level of the headings above: what it is called and what it changes for the text below it. */
typedef struct gk_outline_level {
    gk_str name;
    gk_range at;    /* where it stands; empty: nowhere in the text */
    int year;       /* 0: as above */
    gk_str measure; /* absent: as above */
    gk_str counts;  /* the measure of counts; absent: as above */
    bool silent;
    gk_str silent_class;
} gk_outline_level;

/* X(field, name of the words or map in pattern files): what the engine asks for by name. NULL: the set has none. */
#define GK_ENGINE_MAPS(X)                                                                                              \
    X(units, "units")                                                                                                  \
    X(digit_units, "digit-units")                                                                                      \
    X(scales, "scales")                                                                                                \
    X(money_units, "money-units")                                                                                      \
    X(numeral_units, "numeral-units")                                                                                  \
    X(built_units, "built-units")                                                                                      \
    X(built, "built")                                                                                                  \
    X(came_in, "came-in")                                                                                              \
    X(counted_things, "counted-things")                                                                                \
    X(whole_units, "whole-units")                                                                                      \
    X(percent_words, "percent-words")                                                                                  \
    X(before, "qualifiers-before")                                                                                     \
    X(after, "qualifiers-after")                                                                                       \
    X(ranges, "range-marks")                                                                                           \
    X(scaled, "scaled-things")                                                                                         \
    X(sources, "source-notes")                                                                                         \
    X(as_of, "as-of")                                                                                                  \
    X(telling, "telling")                                                                                              \
    X(of_marks, "of-marks")                                                                                            \
    X(heading_ends, "heading-ends")                                                                                    \
    X(first_plans, "first-plans")                                                                                      \
    X(founded, "founded")                                                                                              \
    X(since, "since")                                                                                                  \
    X(founded_in, "founded-in")                                                                                        \
    X(due_in, "due-in")                                                                                                \
    X(due_done, "due-done")                                                                                            \
    X(year_ends, "year-ends")                                                                                          \
    X(year_parts, "year-parts")                                                                                        \
    X(enclosing, "enclosing")                                                                                          \
    X(year_spans, "year-spans")                                                                                        \
    X(year_lists, "year-lists")                                                                                        \
    X(years, "years")                                                                                                  \
    X(directions, "directions")                                                                                        \
    X(bases, "bases")                                                                                                  \
    X(label_marks, "label-marks")                                                                                      \
    X(label_openers, "label-openers")                                                                                  \
    X(office_ends, "office-ends")                                                                                      \
    X(no_divisions, "no-divisions")                                                                                    \
    X(and, "and")                                                                                                      \
    X(list_marks, "list-marks")                                                                                        \
    X(list_more, "list-more")                                                                                          \
    X(list_joins, "list-joins")                                                                                        \
    X(ordinal_marks, "ordinal-marks")                                                                                  \
    X(alike, "alike-words")                                                                                            \
    X(shared_heads, "shared-heads")                                                                                    \
    X(head_ends, "head-ends")                                                                                          \
    X(and_words, "and-words")                                                                                          \
    X(counts_done, "counts-done")                                                                                      \
    X(counts_reached, "counts-reached")                                                                                \
    X(money_sources, "money-sources")                                                                                  \
    X(counters, "counters")                                                                                            \
    X(dated_behind, "dated-behind")                                                                                    \
    X(compare, "compare")                                                                                              \
    X(reasons, "reasons")                                                                                              \
    X(causes, "causes")                                                                                                \
    X(basis_words, "basis-words")                                                                                      \
    X(uses, "use-words")                                                                                               \
    X(generic, "generic")                                                                                              \
    X(levels, "levels-of-government")                                                                                  \
    X(spent, "bare-spending")                                                                                          \
    X(parts, "part-words")                                                                                             \
    X(item_marks, "item-marks")                                                                                        \
    X(item_ends, "item-ends")                                                                                          \
    X(opposites, "opposites")                                                                                          \
    X(plainly, "plainly")                                                                                              \
    X(stage_times, "stage-times")                                                                                      \
    X(blank_cells, "blank-cells")                                                                                      \
    X(none_cells, "none-cells")                                                                                        \
    X(goal_seconds, "goal-seconds")                                                                                    \
    X(goal_defaults, "goal-defaults")                                                                                  \
    X(goal_heads, "goal-heads")                                                                                        \
    X(goal_results, "goal-results")                                                                                    \
    X(goal_scores, "goal-scores")                                                                                      \
    X(goal_places, "goal-places")                                                                                      \
    X(goal_grades, "goal-grades")                                                                                      \
    X(goal_measures, "goal-measures")                                                                                  \
    X(goal_verbs, "goal-verbs")                                                                                        \
    X(goal_planned, "goal-planned")                                                                                    \
    X(goal_rates, "goal-rates")                                                                                        \
    X(marks, "marks-behind")                                                                                           \
    X(goal_behind, "goal-behind")                                                                                      \
    X(goal_wanted, "goal-wanted")                                                                                      \
    X(goal_done_cells, "goal-done-cells")                                                                              \
    X(goal_set_cells, "goal-set-cells")                                                                                \
    X(goal_above, "goal-above")                                                                                        \
    X(bare_verbs, "bare-verbs")                                                                                        \
    X(given_money, "given-money")                                                                                      \
    X(listed_money, "listed-money")                                                                                    \
    X(caption_ends, "caption-ends")                                                                                    \
    X(nought_money, "nought-money")                                                                                    \
    X(nought_verbs, "nought-verbs")                                                                                    \
    X(counted_money, "counted-money")                                                                                  \
    X(income_ends, "income-ends")                                                                                      \
    X(on_base, "on-base")                                                                                              \
    X(effects, "effects")                                                                                              \
    X(goal_tails, "goal-tails")                                                                                        \
    X(goal_particles, "goal-particles")                                                                                \
    X(goal_inner_ops, "goal-inner-ops")                                                                                \
    X(goal_open, "goal-open")                                                                                          \
    X(form_headers, "form-headers")                                                                                    \
    X(form_mark, "form-mark")                                                                                          \
    X(form_levels, "form-levels")                                                                                      \
    X(goal_deeds, "goal-deeds")                                                                                        \
    X(goal_around, "goal-around")                                                                                      \
    X(goal_at, "goal-at")                                                                                              \
    X(goal_shares, "goal-shares")                                                                                      \
    X(goal_dates, "goal-dates")                                                                                        \
    X(target_ops, "target-ops")                                                                                        \
    X(report_measures, "report-measures")                                                                              \
    X(count_measures, "count-measures")

typedef struct gk_engine_maps {
#define X(field, name) const gk_map *field;
    GK_ENGINE_MAPS(X)
#undef X
} gk_engine_maps;

enum { GK_AGAINST_KEPT = 4 };

struct gk_extractor {
    const gk_set *set;
    gk_engine_maps maps;
    struct gk_knowledge *knowledge; /* known.h */
    gk_memo *names;              /* printed name and code -> official name where it is another (enrich.c) */
    struct gk_gaps *gaps;        /* gap.h */
    struct gk_answers *answers;  /* exclusion.h */
    GK_VEC(struct gk_gap_at) gap_at; /* the gaps of the range of the view that was scanned last */
    size_t gap_near;             /* the gap that was looked for last */
    uint32_t round;              /* how often the memory of leads was emptied, and one */
    gk_memo *leads;              /* lead text and kind of number -> gk_lead_answer */
    gk_matcher *matcher;
    gk_trace *trace;
    void *trace_user;

    const gk_doc *doc;
    gk_result *out;
    gk_view *view;               /* &out->view */
    GK_VEC(gk_range) block_at;   /* view range of each block (tables: of all their cells) */
    GK_VEC(gk_range) cell_at;    /* view range of each cell of doc->cells */
    uint32_t cell_first, cell_end, cell_near; /* those of the table that is read, and the one that was looked for last */
    GK_VEC(gk_range) digit_at;   /* view range of each entry of out->digits */
    size_t digit_near;           /* the entry that was looked for last (account.c) */
    gk_context now;
    gk_range agency_at;          /* where the document names its agency; empty: nowhere */
    uint32_t agency_cut;         /* how often it was cut off a subject */
    uint64_t agency_starts[4];   /* which characters an end of that name starts with (subject.c) */
    gk_outline_level outline[GK_OUTLINE_LEVELS]; /* [0]: the document itself */
    size_t depth;                                /* levels in use */
    bool year_told;                              /* by a title or a line, and not only by the way in a sentence */
    bool part_waits;                             /* the heading before was a number without a name */
    int year;                    /* the year that was printed last, 0: none, and its text */
    gk_str year_text;
    struct {
        gk_str measure, text;
        int year;
    } against[GK_AGAINST_KEPT]; /* what changes were compared with last, and as it is printed; text absent: nothing */
    unsigned against_next;       /* the place of the next one */
    gk_numbers numbers;          /* scratch of the prose reader */
    bool note_scanned;           /* the numbers are those of the note that is being read (context.c) */
    struct gk_reference *reference;
    struct gk_prose_state *prose;
    struct gk_goal_state *goal;
    struct gk_table_state *table;
};

/* ---- layout.c */
static inline gk_str gk_view_text(const gk_extractor *x, uint32_t start, uint32_t end) {
    return (gk_str){x->view->text.ptr + start, end - start};
}

/* The beginning of a view range: at most `most` bytes, cut between characters. */
static inline gk_range gk_view_opening(const gk_extractor *x, gk_range at, uint32_t most) {
    if (at.end - at.start <= most) return at;
    uint32_t end = at.start + most;
    while (end > at.start && ((unsigned char)x->view->text.ptr[end] & 0xC0) == 0x80) end--;
    return (gk_range){at.start, end};
}

/* ---- account.c */
/* All digit groups that begin inside the view range become claimed by record id / excluded by class, unless they have a
 * fate already. Strings are kept as they are: they must live as long as the result or the set. */
void gk_account_claim(gk_extractor *x, gk_range at, gk_str id, gk_str rule);
void gk_account_exclude(gk_extractor *x, gk_range at, gk_str class, gk_str rule);
/* The first entry of x->digit_at that starts at or behind a view offset. */
size_t gk_account_first(gk_extractor *x, uint32_t at);
/* Whether any digit group that begins in the range has no fate yet. */
bool gk_account_open(gk_extractor *x, gk_range at);

/* ---- emit.c: new records. The pointer is good until the next record is made. */
/* A record with kind, span, raw, id, page, section, table, where and (rule) filled in; claims the digits of `at`. `rule`
 * is a rule id ("prose:change-amount") or a fixed word ("fallback"). Fields not known yet stay absent. */
gk_record *gk_new_record(gk_extractor *x, gk_kind kind, gk_range at, gk_str rule, const char *where);
/* A mention from a number: kind, value, unit, qualifier set as well. BARE numbers must be given a kind by the caller. */
gk_record *gk_new_mention(gk_extractor *x, const gk_number *n, gk_str rule, const char *where);
void gk_set_year(gk_extractor *x, gk_record *r, int year); /* 0: none */
/* `against` as JSON from its parts; any may be absent / 0. */
void gk_set_against(gk_extractor *x, gk_record *r, gk_str measure, int year, gk_str subject);
/* The printed text of a view range (source characters, blanks removed), in the arena of the result. */
gk_str gk_printed(gk_extractor *x, gk_range at);

/* ---- number.c */
/* All numbers of a view range in order, with exclusion classes; appended to out. Nothing is accounted yet. */
void gk_numbers_scan(gk_extractor *x, gk_range at, gk_numbers *out);
/* Excludes the EXCLUDED ones of a list. */
void gk_numbers_account(gk_extractor *x, const gk_numbers *list);
/* The bytes of the qualifier that a text ends with: what stands before a number. 0: none. */
size_t gk_qualifier_before(const gk_extractor *x, gk_str text);
/* The bytes of the qualifier that a text begins with, 0: none. */
size_t gk_qualifier_after(const gk_engine_maps *m, gk_str text);
/* Gives a bare number the unit of another: kind, power and unit are copied and the value is scaled. */
void gk_number_like(gk_number *n, const gk_number *model);

/* ---- known.c: offsets of the matches are view offsets */
/* gk_match_all of a FIND scope on a view range. */
size_t gk_find_all(gk_extractor *x, gk_scope scope, gk_range at, gk_match *out, size_t cap);
/* gk_match_best of a FIND or WHOLE scope on a view range. */
bool gk_find_best(gk_extractor *x, gk_scope scope, gk_range at, gk_match *out);
/* The same of a text that is not in the view but lives as long as the result; offsets are relative to it. */
size_t gk_find_in(gk_extractor *x, gk_scope scope, gk_str text, gk_match *out, size_t cap);
bool gk_find_best_in(gk_extractor *x, gk_scope scope, gk_str text, gk_match *out);

/* ---- subject.c */
/* A subject from the text of a view range: list marks, lead words and tails stripped by the trim-head and trim-tail
 * rules. May come back empty. */
gk_range gk_subject_trim(gk_extractor *x, gk_range at);
/* Takes what the document calls its agency (empty: nothing): a subject is trimmed of that name and of ends of it. */
void gk_subject_agency(gk_extractor *x, gk_range at);
/* Whether a text begins with that name or an end of it and goes on, so that it would be cut off. */
bool gk_subject_names_agency(const gk_extractor *x, gk_range at);
/* What a paragraph that opens like this, or what stands below such a heading, speaks of by the `topic` rules; empty:
 * they know of nothing. *counts, if not NULL: the measure that they say its quantities are of, absent where they say none.
 * *year, if not NULL: the year that the opening tells, else what it was. */
gk_range gk_subject_topic(gk_extractor *x, gk_range opening, gk_str *counts, int *year);
/* What a label says of its figures by the `label` rules (measure, kind, year ...): false where no rule speaks. Offsets in
 * *says are view offsets. */
bool gk_label_says(gk_extractor *x, gk_range label, gk_match *says);
/* Whether a rule speaks in documents of this kind. */
bool gk_speaks_in_report(const gk_extractor *x, const gk_match *m);
/* Moves the offsets of a match that was made on a slice to where the slice stands. */
void gk_match_move(gk_match *m, uint32_t by);
/* Where the group of a key stands, {0, 0} where it took no part. */
static inline gk_range gk_match_range(const gk_match *m, gk_key key) {
    uint8_t g = m->rule->group_of[key];
    if (!g || m->group[g].start == UINT32_MAX) return (gk_range){0, 0};
    return (gk_range){m->group[g].start, m->group[g].end};
}

/* ---- opening.c */
/* Reads the opening of the document for title, agency, year, kind of report; sets x->now and the document record. */
void gk_context_open(gk_extractor *x);

/* ---- context.c */
/* Reads a block or a preamble cell of a table for headings, captions, unit notes, years; updates x->now. Returns true
 * where the text is nothing but such a note (its numbers are accounted). */
bool gk_context_read(gk_extractor *x, gk_range at, gk_block_kind kind, uint8_t level);
/* Bytes of the longest text that is read as a note, a heading or a title. */
enum { GK_NOTE_BYTES = 330 };
/* What holds in the section that is open: its path, year and measure, by the headings above it. */
void gk_context_path(gk_extractor *x);
/* Caption, form and heading carry end here: called when prose or a table has used them. */
void gk_context_caption_used(gk_extractor *x);
/* Text that is no note: what stood above it is no longer right above a table. */
void gk_context_text_passed(gk_extractor *x);
/* A caption that is printed again on each page was taken for a running head: gives it to the table below it, in front of
 * the form number that is known; false where the line is no caption, or the name that is known stands below it. */
bool gk_context_caption_page(gk_extractor *x, gk_range at);
/* A table without a caption takes the heading right above it, notes apart, for one. */
void gk_context_caption_above(gk_extractor *x);
/* The caption as rules read it, folded; absent where there is none. */
gk_str gk_context_caption(gk_extractor *x);
/* Year and measure that the caption states hold for its table alone: from here to gk_context_caption_used. */
void gk_context_caption_facts(gk_extractor *x);
/* The year a time word or a printed year means here (上年 -> year - 1, 2023年 -> 2023): 0 where it says none. */
int gk_context_year(gk_extractor *x, gk_str word);
/* The same where another year than that of the text is the present one. */
int gk_context_year_from(gk_extractor *x, gk_str word, int now);
/* The plain measure of the kind of report that is given ("budget" ...); absent where it has none. */
gk_str gk_context_measure(const gk_extractor *x, gk_str report);

static inline bool gk_is_change(gk_str measure) {
    return gk_str_eqz(measure, "change") || gk_str_eqz(measure, "change_rate");
}

static inline bool gk_is_planned(gk_str measure) {
    return gk_str_eqz(measure, "budget") || gk_str_eqz(measure, "adjusted_budget");
}

/* ---- enrich.c: what the tables of codes and divisions add */
struct gk_reference *gk_reference_new(const gk_set *set);
void gk_reference_free(struct gk_reference *r);
/* Region and division of the document, from its agency, its title or its first lines. */
void gk_enrich_document(gk_extractor *x);
/* `code_name` on records whose printed name is not the official one of their code. */
void gk_enrich_records(gk_extractor *x);

/* ---- meta.c */
/* Fills the document record from the meta tags of the page: when and where it was published, and its title where the
 * text gave none. */
void gk_meta_read(gk_extractor *x);
/* The division code that the site's code begins with, absent where the page has no such code. Borrowed from doc. */
gk_str gk_meta_division(const gk_doc *doc);

/* ---- prose.c */
/* Reads the sentences of a view range and makes mention records of all numbers that have no fate yet. */
void gk_prose_read(gk_extractor *x, gk_range at, const char *where);
/* The same of a text that goes on about a label: a figure without a subject of its own is of `about`. */
void gk_prose_read_about(gk_extractor *x, gk_range at, const char *where, gk_range about);

/* ---- table.c */
/* Reads one table block: facts, indicators (through goal_table.c), notes in cells. */
void gk_table_read(gk_extractor *x, const gk_block *block);

/* ---- goal.c */
/* Whether a statement of indicators is going on, so that blocks without figures matter too. */
bool gk_goal_open(const gk_extractor *x);
/* Forgets what the document before left. */
void gk_goal_reset(gk_extractor *x);
struct gk_goal_state *gk_goal_state_new(void);
void gk_goal_state_free(struct gk_goal_state *g);
struct gk_table_state *gk_table_state_new(void);
void gk_table_state_free(struct gk_table_state *t);
/* Reads a prose block for indicators (产出指标：...≥...); returns true where the whole block is an indicator statement;
 * digits are claimed or excluded. Keeps project and level from block to block. */
bool gk_goal_read(gk_extractor *x, gk_range at);
/* A new heading was met: the state of prose indicators follows (project, levels). */
void gk_goal_heading(gk_extractor *x, gk_range at);

#endif
