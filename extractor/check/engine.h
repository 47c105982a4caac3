/* The inside of the check room: one worker's state, and what its parts offer each other.
 *
 * The way of a document through this room:
 *   brief.c     what is asked of every record, read once; their figures
 *   skeleton.c  the text with each mention as a token that says what it is of: what check rules match
 *   found.c     what a rule found: figures by their roles; recall.c: what was found in a text before
 *   prose.c     check rules on the skeleton: comparisons, signs; formula.c: formulas (program.c); share.c: shares
 *   parts.c     parts against their head: columns of a list, completeness, slips; family.c: parts that are all there is
 *   head.c      what lists are of; listed.c: how many items or names a list has, and which did not change
 *   slip.c      slips of one figure of a list; twin.c: lists that tell the same items
 *   balance.c   lists that balance a budget, which are all there is, and what is left over of it
 *   total.c     totals behind what was added to make them; items.c: figures above the lines of their items; added.c: both
 *   each.c      averages, what is paid for each, and groups of people
 *   whole.c     shares of a whole that stands elsewhere, or nowhere
 *   base.c      rates against a base that is stated elsewhere
 *   grid.c      the cells of tables, their texts
 *   name.c      what rules call the texts of rows, columns, captions and headings
 *   place.c     the figures of tables by row and column
 *   key.c       key figures: what several tables and the prose about them state in common
 *   table.c     the rules of tables: code.c sums by code, columns.c and rows.c sums of columns and rows,
 *               numbered.c sums of numbered rows, outline.c of rows by the depth of their labels, stock.c stocks and what
 *               flows into them, letters.c what tables say of how they are computed, relate.c formulas over
 *               named figures, same.c key figures that differ
 *   flat.c      rows of tables that were lifted without their columns
 *   target.c    targets that goals in prose and rows tell by other words
 *   fact.c      the same fact stated twice; repeat.c: an amount that is told again with other digits
 *   ratio.c     columns of a table that say how two others differ, rates of execution among them
 *   goal.c      weights and scores of indicators; reached.c: scores of targets that were missed
 *   points.c    scores that the prose adds up
 *   project.c   what the prose says of a project, and the row of all its money
 *   unit.c      a figure without the unit of its neighbours; bare.c: the same in columns of tables
 *   cause.c     the figure that several contradictions share
 *   finding.c   verdicts become records; findings that one wrong figure explains are told once
 */
#ifndef GK_CHECK_ENGINE_H
#define GK_CHECK_ENGINE_H

#include "check/check.h"
#include "check/figure.h"

/* A mention in the skeleton: "<b0:012>" is a budget figure of the document's year on the 13th subject of its line. */
typedef struct gk_token {
    uint32_t at, end;           /* in the skeleton */
    uint32_t view_at, view_end; /* in the view */
    uint32_t record;
    uint32_t subject;
    int32_t depth;              /* brackets that are open before it in the skeleton, less those closed */
    char class;       /* b j a c l o: amounts by measure; R S E T: percentages; n d g: quantities, X: times */
    char year;        /* '0' the year of the document, '1' the year before ..., '+' later, '-' not known */
} gk_token;

/* Classes as bits, of those that are small letters: of what was planned or spent, of amounts, and of what parts may add up. */
#define GK_CLASS_BIT(class) ((uint32_t)1 << ((class) - 'a'))
#define GK_CLASSES_PLAIN (GK_CLASS_BIT('b') | GK_CLASS_BIT('j') | GK_CLASS_BIT('a'))
#define GK_CLASSES_AMOUNT                                                                                              \
    (GK_CLASSES_PLAIN | GK_CLASS_BIT('l') | GK_CLASS_BIT('o'))
#define GK_CLASSES_PART ((GK_CLASSES_AMOUNT & ~GK_CLASS_BIT('o')) | GK_CLASS_BIT('c') | GK_CLASS_BIT('n'))
static inline bool gk_class_in(char class, uint32_t classes) {
    return class >= 'a' && class <= 'z' && (classes & GK_CLASS_BIT(class)) != 0;
}

/* Of what is told of a subject (its number) by figures of one class and year (gk_text_key). */
static inline uint64_t gk_told_key(uint32_t subject, char class, uint64_t year) {
    uint64_t key = (year ^ ((uint64_t)subject << 8 | (unsigned char)class)) * 0x9E3779B97F4A7C15u;
    return key ^ key >> 32;
}

/* The last part of a header path, whose parts are joined by '/'. */
static inline gk_str gk_path_leaf(gk_str path) {
    const char *mark;
    while (path.len && (mark = memchr(path.ptr, '/', path.len)) != NULL)
        path = gk_str_slice(path, (size_t)(mark - path.ptr) + 1, path.len);
    return path;
}

typedef enum gk_where { GK_ELSEWHERE, GK_IN_TEXT, GK_IN_TABLE } gk_where;

/* What the passes over all records ask of each. A record is large: read once, it is not fetched again for each of them. */
typedef struct gk_brief {
    uint8_t kind;     /* gk_kind */
    uint8_t where;    /* gk_where; of an indicator GK_ELSEWHERE */
    char class, year; /* as in gk_token */
    uint32_t subject; /* its number; GK_NO_SUBJECT: not looked up yet */
    uint64_t measure_key, year_key; /* gk_text_key of their texts */
} gk_brief;

/* A plain amount: planned or executed, and not vague. */
typedef struct gk_amount {
    uint64_t value;  /* its low bits */
    uint32_t record;
    bool told;       /* the prose says it, above zero; later, with two significant digits or more */
    bool large;      /* ten times as much does not fit */
} gk_amount;

/* The number of a subject in the line or sentence where subjects were counted last. */
typedef struct gk_count {
    uint32_t counting, number;
} gk_count;

/* Of a token: where its number stands, and how many digits it has at least, so that texts of one template are equal. */
enum { GK_TOKEN_NUMBER = 4, GK_SUBJECT_DIGITS = 3 };

/* Lines of the skeleton that belong together: a section with its list. */
typedef struct gk_passage {
    uint32_t start, end;
} gk_passage;

typedef enum gk_status { GK_HOLDS, GK_ROUNDING, GK_CONTRADICTS, GK_UNDEFINED } gk_status;

enum { GK_NO_RECORD = 0xFFFFFFFFu, GK_NO_SUBJECT = 0xFFFFFFFFu };

/* What a figure was in the formulas that were tried: what they state, or another term; and in contradictions of sums. */
enum { GK_JUDGED = 1, GK_TOOK_PART = 2, GK_BLAMED = 4, GK_BLAMED_AGAIN = 8, GK_DOUBTED = 16 /* judged for nothing */ };

typedef struct gk_verdict {
    gk_str check;
    gk_status status;
    gk_str rule;
    gk_str formula;
    uint32_t stated;        /* record of the stated figure, or GK_NO_RECORD */
    gk_span span;           /* where it stands */
    gk_str raw, text;       /* as printed; its value */
    bool has_expected;
    gk_interval expected;
    const uint32_t *terms;  /* records; in the arena of the result */
    size_t term_count;
    gk_str hint;            /* absent: none */
    bool sum;               /* the stated figure is the sum of the other terms */
    bool settled;           /* the cause of it is found */
    bool dropped;           /* told with another */
    uint32_t explains;      /* contradictions told with this one */
    bool computed;          /* the formula can be computed again, from the records in `role` */
    const struct gk_program *program; /* as it was read; NULL: it is looked up */
    uint32_t role[7];       /* GK_NO_RECORD: none */
} gk_verdict;

/* X(symbol, name in not_run) */
#define GK_REASONS(X)                                                                                                  \
    X(TERM, "term missing")                                                                                            \
    X(AMBIGUOUS, "ambiguous")                                                                                          \
    X(UNIT, "unit unknown")                                                                                            \
    X(VAGUE, "approximate figure")                                                                                     \
    X(LARGE, "figure too large")                                                                                       \
    X(ZERO, "zero base")                                                                                               \
    X(NEGATIVE, "negative base")                                                                                       \
    X(COARSE, "figures too coarse")                                                                                    \
    X(INCOMPLETE, "list not known to be complete")                                                                     \
    X(EVIDENCE, "structure not confirmed")                                                                             \
    X(WIDE, "table too wide")                                                                                          \
    X(LONG, "list too long")

typedef enum gk_reason {
#define X(symbol, name) GK_REASON_##symbol,
    GK_REASONS(X)
#undef X
        GK_REASON_COUNT
} gk_reason;

/* X(field, name of the words or map in pattern files) */
#define GK_CHECK_MAPS(X)                                                                                               \
    X(comparisons, "check-comparisons")                                                                                \
    X(raised, "check-raised")                                                                                          \
    X(families, "check-families")                                                                                      \
    X(goal_tables, "check-goal-tables")                                                                                \
    X(changing, "check-changing-figures")                                                                              \
    X(unique, "check-unique-figures")                                                                                  \
    X(family_heads, "check-family-heads")                                                                              \
    X(wide, "check-wide-heads")                                                                                        \
    X(joint, "check-joint-totals")                                                                                     \
    X(balanced, "check-balanced-totals")                                                                               \
    X(year_money, "check-year-money")                                                                                  \
    X(left_money, "check-left-money")                                                                                  \
    X(closes, "check-list-closers")                                                                                    \
    X(moved, "check-moved-money")                                                                                      \
    X(received, "check-income-totals")                                                                                 \
    X(spent, "check-spending-totals")                                                                                  \
    X(breaks, "check-passage-starts")                                                                                  \
    X(totals, "check-total-labels")                                                                                    \
    X(sums, "check-total-headers")                                                                                     \
    X(weights, "check-weight-headers")                                                                                 \
    X(scores, "check-score-headers")                                                                                   \
    X(goals, "check-goal-totals")                                                                                      \
    X(rates, "check-rate-headers")                                                                                     \
    X(whole_costs, "check-whole-cost-names")                                                                           \
    X(costs, "check-cost-names")                                                                                       \
    X(money, "money-units")                                                                                            \
    X(tails, "check-name-tails")                                                                                       \
    X(rate_names, "check-rate-names")                                                                                  \
    X(scales, "scales")                                                                                                \
    X(units, "check-units")                                                                                            \
    X(rest, "check-rest-labels")                                                                                       \
    X(short_labels, "check-short-labels")                                                                              \
    X(other_base, "check-other-bases")                                                                                 \
    X(levels, "check-levels")                                                                                          \
    X(caption_tails, "check-caption-tails")                                                                            \
    X(told_rows, "check-told-rows")                                                                                    \
    X(summaries, "check-summary-titles")                                                                               \
    X(compared, "check-compared")                                                                                      \
    X(openers, "check-list-openers")                                                                                   \
    X(whole_heads, "check-whole-heads")                                                                                \
    X(said_totals, "check-said-totals")                                                                                \
    X(whole_tails, "check-whole-tails")                                                                                \
    X(carried, "check-carry-over")                                                                                     \
    X(item_marks, "item-marks")                                                                                        \
    X(item_tails, "check-item-tails")                                                                                  \
    X(figures, "check-figures")                                                                                        \
    X(ratios, "check-ratio-units")                                                                                     \
    X(more_better, "check-more-is-better")                                                                             \
    X(year_words, "check-year-words")                                                                                  \
    X(project_tails, "check-project-tails")                                                                            \
    X(score_words, "check-score-words")                                                                                \
    X(score_units, "check-score-units")                                                                                \
    X(score_wholes, "check-score-wholes")                                                                              \
    X(flows, "check-flows")                                                                                            \
    X(taken_off, "check-taken-off")                                                                                    \
    X(goes_on, "check-list-goes-on")                                                                                   \
    X(joins, "check-name-joins")                                                                                       \
    X(named_units, "check-named-units")                                                                                \
    X(counted, "check-counted-things")                                                                                  \
    X(executed, "check-executed-headers")                                                                              \
    X(score_marks, "check-score-marks")                                                                                \
    X(left_out, "check-left-out")                                                                                      \
    X(done_rules, "check-done-rules")                                                                                  \
    X(level, "check-level-words")                                                                                      \
    X(about, "check-about-words")                                                                                      \
    X(averages, "check-averages")                                                                                      \
    X(each, "check-each-units")

typedef struct gk_check_maps {
#define X(field, name) const gk_map *field;
    GK_CHECK_MAPS(X)
#undef X
} gk_check_maps;

/* A cell and where its text starts. */
typedef struct gk_cell_at {
    uint32_t start, cell;
} gk_cell_at;

/* A column of a table, as bare.c sees it. */
typedef struct gk_bare {
    uint64_t unit; /* the key of the unit, 0: none yet */
    uint32_t with, bare;
    uint32_t sample; /* a cell that prints it */
    bool mixed;
} gk_bare;

enum { GK_WAITING_ITEMS = 8 };

/* A list that does not add up and is not known to be complete; see twin.c. */
typedef struct gk_waiting {
    const gk_rule *rule;
    int64_t step;
    uint32_t head, item[GK_WAITING_ITEMS], subject[GK_WAITING_ITEMS];
    size_t count;
} gk_waiting;

struct gk_checker {
    const gk_set *set;
    gk_matcher *matcher;
    gk_check_maps maps;
    gk_starts score_heads;        /* of maps.weights and maps.scores */
    const gk_doc *doc;
    gk_result *out;
    bool all;
    size_t records;               /* records before findings were added */
    gk_buf skeleton;
    GK_VEC(gk_token) tokens;      /* by place */
    GK_VEC(gk_passage) passages;
    gk_passage passage;           /* the one that is checked */
    uint32_t line;                /* where the line begins that is checked */
    size_t near, beyond;          /* its first token: most that are asked for stand behind it; the first behind the passage */
    GK_VEC(gk_brief) briefs;      /* by record */
    GK_VEC(uint32_t) indicators;  /* the records that are one */
    GK_VEC(uint32_t) told_counts; /* the records of the prose that are no amount */
    GK_VEC(uint32_t) whole;       /* the amounts of the prose that print no decimals */
    GK_VEC(gk_amount) amounts;    /* fact.c: the plain ones, by record */
    GK_VEC(gk_figure) figures;    /* by record */
    GK_VEC(uint8_t) judged;       /* by record: its part in the formulas that were tried */
    GK_VEC(gk_verdict) verdicts;
    GK_VEC(struct gk_label *) subjects; /* by number */
    GK_VEC(uint32_t) slots;       /* subjects by hash, number + 1: for those whose labels are not kept */
    GK_VEC(gk_count) counts;      /* by subject */
    uint32_t counting, counted;   /* how often subjects were counted, how many by now */
    uint64_t plain_measure;       /* the key of the measure that figures of this document have unless they say another */
    GK_VEC(gk_match) matches;
    GK_VEC(struct gk_asking *) askings; /* found.c: the rules of the prose, kept between documents */
    GK_VEC(struct gk_found) found;      /* prose.c: in the line that is read */
    GK_VEC(struct gk_program *) programs; /* formula.c: formulas that were read, kept between documents */
    GK_VEC(gk_cell_at) cells;     /* those with text, by place, once they are indexed */
    bool indexed;
    GK_VEC(gk_bare) bare;         /* bare.c: the columns of the table that is read */
    size_t cell;                  /* where the last search among them ended */
    GK_VEC(struct gk_place) places; /* of the figures of tables */
    GK_VEC(struct gk_place) told; /* those of the prose, until they are put behind the others */
    GK_VEC(uint32_t) keyed;       /* the places that have a key */
    GK_VEC(uint32_t) by_key, key_start; /* table.c: the same by the name of their key, and where those of a name begin */
    GK_VEC(gk_str) names;         /* that rules give to rows, columns and tables */
    gk_view label_view;           /* scratch of name.c */
    gk_buf sentence;              /* scratch of prose.c and finding.c */
    struct gk_recall *recall;     /* prose.c: what check rules found, kept between documents */
    GK_VEC(struct gk_relation *) relations; /* table.c: the rules of tables, kept between documents */
    struct gk_naming *naming;     /* name.c: what labels are called, kept between documents */
    uint32_t document;            /* name.c: counts the documents, from 1 on */
    GK_VEC(uint32_t) flat;        /* amounts of tables that stand under no header */
    struct gk_list *list;         /* scratch of parts.c */
    GK_VEC(uint64_t) twins;       /* twin.c: the labels of lists that add up */
    GK_VEC(gk_waiting) waiting;   /* those that may */
    struct gk_shares *shares;     /* scratch of share.c */
    struct gk_summing *sheet;      /* scratch of columns.c */
    struct gk_coding *coding;      /* scratch of code.c */
    struct gk_claiming *claiming;  /* scratch of same.c */
    struct gk_adding *adding;      /* scratch of rows.c */
    struct gk_marking *marking; /* numbered.c */
    struct gk_relating *relating;  /* scratch of relate.c */
    struct gk_repeating *repeating; /* scratch of repeat.c */
    uint64_t not_run[GK_REASON_COUNT];
    uint64_t steps;               /* records, cells, tokens and terms looked at: what the growth of the work is measured by */
};

/* What a mention speaks of, with the names of the levels above it where the text prints them. */
static inline gk_str gk_told_subject(const gk_record *r) {
    gk_str path = gk_get(r, GK_F_PATH);
    return path.len ? path : r->field[GK_F_SUBJECT];
}

static inline const gk_record *gk_record_at(const gk_checker *c, uint32_t i) { return &c->out->records.at[i]; }
/* Fewer than eight bytes as a number; two halves may overlap. */
static inline uint64_t gk_text_rest(gk_str s) {
    uint32_t head, tail;
    if (s.len >= sizeof head) {
        memcpy(&head, s.ptr, sizeof head);
        memcpy(&tail, s.ptr + s.len - sizeof tail, sizeof tail);
        return (uint64_t)tail << 32 | head;
    }
    if (s.len == 0) return 0;
    const unsigned char *p = (const unsigned char *)s.ptr;
    return (uint64_t)p[s.len - 1] << 16 | (uint64_t)p[s.len / 2] << 8 | p[0];
}

/* A 64-bit key of a text, eight bytes at a time: equal texts have one. It orders nothing that is printed. */
static inline uint64_t gk_text_key(gk_str s) {
    uint64_t key = s.len * 0x9E3779B97F4A7C15u, part = 0;
    for (; s.len >= sizeof part; s.ptr += sizeof part, s.len -= sizeof part) {
        memcpy(&part, s.ptr, sizeof part);
        key = (key ^ part) * 0xFF51AFD7ED558CCDu;
        key ^= key >> 32;
    }
    part = gk_text_rest(s);
    key = (key ^ part) * 0xC4CEB9FE1A85EC53u;
    return key ^ key >> 29;
}
static inline void gk_not_run(gk_checker *c, gk_reason why) { c->not_run[why]++; }

/* ---- brief.c */
/* Fills c->briefs, c->figures and c->judged, lists c->indicators, c->told_counts and c->whole, and adds c->tokens and
 * c->places. */
void gk_briefs_read(gk_checker *c);

/* ---- skeleton.c */
/* For each record of the prose, with the label of its subject. */
struct gk_label;
void gk_token_add(gk_checker *c, uint32_t i, const gk_sight *s, struct gk_label *subject);
void gk_skeleton_build(gk_checker *c);
/* The tokens that begin in [start, end) of the skeleton: the first, and how many. */
const gk_token *gk_tokens_in(const gk_checker *c, uint32_t start, uint32_t end, size_t *count);
/* Counts subjects anew: the next one that is asked for is number 0. */
void gk_count_anew(gk_checker *c);
/* The number of a token's subject since then. */
uint32_t gk_count_of(gk_checker *c, uint32_t subject);
/* The canonical span of words of the skeleton that stand on a line with a token; empty where there is none. */
gk_span gk_skeleton_source(const gk_checker *c, uint32_t start, uint32_t end);
/* The number of a subject: the same for the same label, its quotes and blanks aside. */
uint32_t gk_subject_number(gk_checker *c, gk_str subject);
/* Whether a quote or a blank may stand in a label. */
bool gk_subject_quoted(gk_str s);
/* That of a record's subject; looked up once. */
uint32_t gk_record_subject(gk_checker *c, uint32_t record);

/* ---- the checks; each appends verdicts */
/* What is asked of what a check rule found, by the relation of the rule. */
struct gk_found;
typedef void gk_check_how(gk_checker *c, const struct gk_found *m);
gk_check_how gk_check_comparison, gk_check_signs, gk_check_missing, gk_check_parts, gk_check_total, gk_check_share;
gk_check_how gk_check_shares, gk_check_blank, gk_check_formula, gk_check_left, gk_check_items;
gk_check_how gk_check_average, gk_check_product, gk_check_groups, gk_check_named;
void gk_check_prose(gk_checker *c);
void gk_check_twins(gk_checker *c);
void gk_check_bases(gk_checker *c);
void gk_check_tables(gk_checker *c);
void gk_check_flat(gk_checker *c);
void gk_check_facts(gk_checker *c);
void gk_check_targets(gk_checker *c);
/* A name without the tails that only say that it is a number. */
gk_str gk_bare_name(const gk_checker *c, gk_str name);
/* Takes the power of ten off a unit (4: 10^4 people), and returns it. */
int gk_unit_power(const gk_checker *c, gk_str *unit);
void gk_check_repeats(gk_checker *c);
void gk_repeating_free(struct gk_repeating *s);
/* Notes an amount, for gk_check_facts. */
static inline void gk_amount_add(gk_checker *c, uint32_t i, const gk_brief *b, const gk_figure *f) {
    if (!gk_class_in(b->class, GK_CLASSES_PLAIN) || !f->known || f->vague) return;
    gk_amount *a = gk_vec_push(&c->amounts);
    a->value = (uint64_t)f->value;
    a->record = i;
    a->told = b->where == GK_IN_TEXT && f->value > 0;
    a->large = f->value > INT64_MAX / 10;
}
void gk_check_ratios(gk_checker *c);
void gk_check_goals(gk_checker *c);
void gk_check_points(gk_checker *c);
void gk_check_projects(gk_checker *c);
void gk_check_reached(gk_checker *c);
void gk_check_units(gk_checker *c);
void gk_check_bare(gk_checker *c);
/* What is printed behind the digits of a figure. */
gk_str gk_printed_unit(gk_str raw);

/* Which slip by a power of ten, of the stated figure or of a term, makes a computed verdict hold; absent: none. */
gk_str gk_formula_slip(gk_checker *c, const gk_verdict *v);
/* Whether a computed verdict would hold if the figure of `record` were in this interval. */
bool gk_holds_with(gk_checker *c, const gk_verdict *v, uint32_t record, gk_interval instead);

/* ---- items.c */
/* The mark that a line or a label begins with: of the kinds "I、", "(I)", "1." or "1、", "(1)", from rank 1 on; 0: none. */
typedef struct gk_mark {
    int rank;
    int64_t number;
} gk_mark;
gk_mark gk_mark_of(gk_str line);
/* Whether a text says that something did not change. */
bool gk_says_level(const gk_checker *c, gk_str text);

/* ---- finding.c */
/* Adds a verdict; `v` is copied, its terms are copied into the arena. */
void gk_verdict_add(gk_checker *c, const gk_verdict *v);
/* A verdict about the figure of a record. */
gk_verdict gk_verdict_on(const gk_checker *c, uint32_t record, gk_str check, gk_str rule, gk_status status);
/* That a figure is not what the figures of others add up to: terms[0], and the `count` behind it, which stay the caller's.
 * `rule` says the check. */
gk_verdict gk_verdict_of_sum(gk_checker *c, const gk_rule *rule, const uint32_t *terms, size_t count, gk_interval sum,
                             gk_status status);
/* Whether verdicts of this status are told at all: others need not be put together. */
static inline bool gk_is_told(const gk_checker *c, gk_status status) {
    return c->all || (status != GK_HOLDS && status != GK_ROUNDING);
}
/* Says where a status comes from: whether the stated point is the rounded expected one. */
gk_status gk_status_of(gk_interval stated, gk_interval expected, bool exact);
/* Which slip by a power of ten makes the figure meet the interval: "x10" ...; absent: none. */
gk_str gk_slip(const gk_checker *c, gk_figure f, gk_interval expected);
void gk_findings_emit(gk_checker *c);
/* cause.c: tells the contradictions of sums that one figure explains once, on it. Afterwards verdicts are in no order. */
void gk_causes_find(gk_checker *c);

#endif
