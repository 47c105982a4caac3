/* Prose: what the numbers of running text say. The inside of prose*.c. */
#ifndef GK_EXTRACT_PROSE_H
#define GK_EXTRACT_PROSE_H

#include "extract/engine.h"

enum { GK_PROSE_DEPTH = 8, GK_PROSE_LIST = 12, GK_PROSE_UNITS = 6 };

/* The year of a figure that belongs to several years, or to none that is told. */
enum { GK_PROSE_NO_YEAR = -1 };

/* What one number was found to say; the next number of a list may repeat it. */
typedef struct gk_reading {
    gk_range subject;  /* empty: none */
    gk_str measure;
    int year;          /* 0: none */
    bool of_date;      /* it is that of a date which the paragraph told before */
    bool negative;     /* the word says so */
    gk_str rule;
    gk_str against_measure;
    int against_year;
    gk_range whole;    /* what a share is a share of; empty: none */
    gk_number_kind kind;
    bool from;         /* "from 5", what another figure follows */
    bool aside;        /* only the next rate speaks of it: "which is 3% of the spending of 5" */
} gk_reading;

/* A part of a list that shares what only another part prints: "town and country incomes" (prose_shared.c). */
typedef struct gk_joint {
    gk_range part;   /* "town" */
    gk_range whole;  /* the part that prints all: "country incomes" */
    gk_range shared; /* what it shares: "incomes" */
    bool before;     /* which stands before its own word */
} gk_joint;

/* The measure of the figures that follow what a verb or a stage spoke of (prose_govern.c). */
typedef struct gk_governing {
    gk_str measure; /* absent: nothing governs */
    bool negative;
    bool goes_on; /* behind the end of the sentence, too */
    bool commas;  /* commas join what it governs as well */
    bool passed;  /* the figure that was read last is listed, but its label says itself what it is */
} gk_governing;

/* What holds behind a bracket again when it closes. */
typedef struct gk_outside {
    gk_range carry;
    int year;
    gk_str part_measure;
    bool part_named, has_last;
    gk_governing govern;
    gk_reading last, amount;
} gk_outside;

/* State of the block being read. */
struct gk_prose_state {
    gk_range block;
    const char *where;
    uint32_t behind;                 /* end of the previous mention, or the start of the block */
    uint32_t next_open, next_close;  /* the next brackets of the block, its end: none; those before are on the stack */
    gk_range topic;                  /* what the paragraph says it speaks of; empty: nothing */
    gk_str counts;                   /* the measure of quantities that it says nothing else of; absent: they are counted */
    gk_str counts_here;              /* the same, of a list in the sentence that a rule began */
    gk_range carry;                  /* the subject that a bare "increased by" speaks of */
    gk_range head;                   /* what the parts listed in this sentence are of; empty: none, or they told changes */
    gk_range whole;                  /* that of the sentence before */
    bool joined;                     /* the figure before is a part that a list joins to another one */
    gk_range first;                  /* the subject of the first figure */
    gk_range flow;                   /* the last subject of a budgeted or spent figure */
    gk_range counted;                /* the last subject of a quantity */
    gk_range units[GK_PROSE_UNITS];  /* the printed units of the quantities of this block, each once */
    gk_range counted_in[GK_PROSE_UNITS]; /* the last subject of each */
    size_t units_len;
    gk_outside stack[GK_PROSE_DEPTH]; /* what holds outside the open brackets */
    gk_reading enclosed;             /* the last figure of the bracket that closed last */
    size_t depth;
    uint32_t opened;                 /* end of the text before the innermost bracket that was opened last */
    gk_range list[GK_PROSE_LIST];    /* subjects of a "respectively" list not used yet */
    size_t list_len, list_next;
    gk_joint joints[GK_PROSE_LIST];  /* those of its parts that share words with another one */
    size_t joints_len;
    size_t alike;                    /* how many figures such a list told of one subject, 0: none did */
    gk_range alike_of;
    int years[GK_PROSE_LIST];        /* the years of such a list, printed before it */
    size_t years_len, years_next;
    gk_range recent[GK_PROSE_LIST];  /* subjects of this sentence in order, none twice in a row */
    size_t recent_len;
    gk_reading last;
    uint32_t cut_at;                 /* the amount that the verb before a count speaks of; 0: none does */
    gk_range cut;                    /* what it is called */
    bool cut_negative;
    gk_reading plan;                 /* the last amount that was planned; without a subject: none */
    gk_number last_number;
    size_t last_record;
    bool has_last;
    gk_str part_measure;             /* measure of the parts behind "of which"; absent: the plain one */
    bool part_named;                 /* a word says that they are parts */
    bool part_negative;              /* they are parts of a fall */
    int part_year;                   /* earlier year of the stock that they are parts of; 0: it is of this year, or none */
    gk_reading amount;               /* the last amount that this sentence told and that is no change; of no amount: none */
    gk_governing govern;
    int year;                        /* year printed in this sentence, 0: none; or GK_PROSE_NO_YEAR */
    int listed;                      /* year of the list whose item this block is, 0: none */
    int dated;                       /* year of the date on which the paragraph takes stock, 0: none */
    int passed;                      /* year of which a part is told, which has passed; 0: none */
    int planned;                     /* year of the last amount that was planned, 0: none */
    int latest;                      /* latest year that this sentence told a plain figure of `latest_of` of, 0: none */
    gk_range latest_of;
};

/* The text between the previous number and this one. */
typedef struct gk_lead {
    gk_range all;       /* from the previous mention to the number */
    gk_range sentence;  /* the part after the last sentence end */
    bool crosses;       /* all holds a sentence end */
    struct gk_told *told; /* what was found out about the text of the sentence (prose_lead.c); NULL: it is empty */
} gk_lead;

/* prose_lead.c */
/* The memory of leads: lead text, kind of number and kind of report -> what the text says by itself. */
gk_memo *gk_prose_leads(void);
/* The lead of a number of the block that is being read; good until the next call. */
gk_lead gk_lead_of(gk_extractor *x, const gk_number *n);
/* The lead rule that speaks; false: none does. The offsets of *out are view offsets. */
bool gk_lead_rule(gk_extractor *x, const gk_number *n, const gk_lead *lead, gk_match *out);
/* Whether a word says that parts of the figure before follow. */
bool gk_lead_names_parts(gk_extractor *x, const gk_lead *lead);
/* Whether a bracket opens right behind the figure before and holds this one. */
bool gk_lead_opens_bracket(gk_extractor *x, const gk_lead *lead);
/* What the rule of the lead (NULL: none speaks) asks for: its subject, else the clause before its match; empty: nothing. */
gk_range gk_lead_subject(gk_extractor *x, const gk_lead *lead, const gk_match *m);
/* The last word for a year (上年 ...) that belongs to the clause which ends `head`, the part of the lead before the match of
 * its rule; empty: none. */
gk_str gk_lead_year(gk_extractor *x, const gk_lead *lead, gk_range head);
/* Whether a rule speaks of this kind of number in this kind of report. */
bool gk_prose_speaks(const gk_extractor *x, const gk_match *m, gk_number_kind kind);

/* prose_choose.c */
/* The subject by what the rule `m` asks for (NULL: none speaks): what is named beside the number, else what is carried. A goal
 * and what is named like the figure before get their measure with it. */
void gk_prose_choose_subject(gk_extractor *x, const gk_number *n, const gk_match *m, const gk_lead *before, gk_reading *r);
/* The next part of a list whose numbers come in its order, if one is left. */
void gk_prose_next_of_list(gk_extractor *x, gk_reading *r);
/* Whether a sentence begins with what it compares with: "A 5, B 6. Compared with last year up by 1 and 2 respectively". */
bool gk_prose_compares(const gk_extractor *x, const gk_lead *lead);

/* prose_count.c */
/* Keeps what a quantity counted. */
void gk_prose_keep_counted(gk_extractor *x, const gk_number *n, const gk_reading *r);
/* What was counted before with the unit of a number whose label only says that so many were done; else the label. */
gk_range gk_prose_counted_done(const gk_extractor *x, const gk_number *n, gk_range label);
/* Whether what a rule told of a list of counts ends before a number: at another count that a rule says more of than what stands
 * behind it, or that was reached, or at a semicolon. `m`: the rule that speaks of the number, NULL: none. */
bool gk_prose_ends_counts(gk_extractor *x, const gk_number *n, const gk_lead *lead, const gk_match *m);
/* What the last quantity of this block counted that has the unit of this one; empty: none has. */
gk_range gk_prose_counted_alike(const gk_extractor *x, const gk_number *n);

/* "Cut the budgets of 18 works by 5": where the verb before number `index`, a count, speaks of the money behind what is
 * counted, it is a count, and the money is what changed. */
void gk_prose_counted_money(gk_extractor *x, size_t index, const gk_match *m, gk_reading *r);

/* prose_part.c */
/* "Ceiling 5, of which city level 2": parts share the measure of the whole where it is no plain one, or where a rule said
 * it against the label. In mere brackets only those do whose own label is weak. */
void gk_prose_part_measure(gk_extractor *x, const gk_lead *lead);

/* The measure where the lead leaves it open: that of a price, what the subject's label says, else that of the whole, else the
 * plain one of the report. Before a label rule of mode `weak` the whole goes first. */
gk_str gk_prose_open_measure(gk_extractor *x, const gk_number *n, gk_range subject, int year);

/* Keeps the amount whose parts may follow: not what its execution is measured by, nor what it is compared with, nor what is
 * left of it. */
void gk_prose_keep_amount(gk_extractor *x, const gk_reading *r);

/* prose_against.c */
/* Says of a change or an execution rate what it is compared with, where its rule did not. `head` is the lead before the match
 * of that rule. */
void gk_prose_against(gk_extractor *x, const gk_lead *lead, gk_range head, gk_reading *r);
/* Keeps an amount that was planned for the rates that follow. */
void gk_prose_keep_plan(gk_extractor *x, const gk_reading *r);

/* prose_subject.c */
/* The last clause of a text that names something: cut at clause marks and open brackets, trimmed. */
gk_range gk_prose_clause(gk_extractor *x, gk_range text);
/* The last clause of a text as it stands, whether it names anything or not. */
gk_range gk_prose_last_clause(const gk_extractor *x, gk_range text);
/* The same of the sentence of a lead, without the words of its rule (NULL: none speaks) where more stands before them. */
gk_range gk_prose_clause_before(gk_extractor *x, const gk_lead *lead, const gk_match *m);
/* The part of a lead that can hold the time word of its last clause: that clause, and clauses before it that say nothing
 * but a time. A semicolon or a note in brackets ends the look, and so does a clause that says more: *said, else empty. */
gk_range gk_prose_time(gk_extractor *x, gk_range text, gk_range *said);
/* Splits an enumeration `A、B和C` into its parts by the words of the map `and`; returns how many. Where that makes more than
 * are asked for, by the marks of a list alone, if that makes as many: names may hold a word that joins. The last of as many
 * parts as are asked for ends where it goes on to say something of all. */
size_t gk_prose_split(gk_extractor *x, gk_range text, size_t asked, gk_range *parts, size_t cap);
/* Of a label that is a path of items the last that has a mark: "A(class)B(group)C(item)" gives "C(item)". A name that is too
 * short to tell anything keeps the path. The label itself where it is none. */
gk_range gk_prose_item(gk_extractor *x, gk_range label);
/* "Roads, as a bridge was built, spending less by 5": the label before the reason, where the label in front of the figure
 * says no more than that money was spent or came in; else that label itself. */
gk_range gk_prose_caused(gk_extractor *x, gk_range sentence, gk_range own);
/* "At the start of the year": no label of money by itself. */
bool gk_prose_is_time(const gk_extractor *x, gk_range label);
/* The words of a rule as a label, without what only joins them to the figure. */
gk_range gk_prose_words(gk_extractor *x, const gk_match *m);
/* The money that the nearest heading names which names any ("5. How the spending of culture was executed" gives "the
 * spending of culture"); empty: none does. */
gk_range gk_prose_headed(gk_extractor *x);
/* Whether a label names nothing by itself. */
bool gk_prose_is_generic(const gk_extractor *x, gk_range subject);
/* What the paragraph says it speaks of, where `own`, the label of a number, names nothing, or where there is none and money
 * is planned behind what was counted ("travel: 2 people will go, 5 arranged"); else `own`. */
gk_range gk_prose_by_topic(const gk_extractor *x, const gk_number *n, const gk_match *m, gk_range own);
/* "2 groups, 9 people": empty where the clause before a quantity is what the one before it counts; else the clause. */
gk_range gk_prose_uncounted(const gk_extractor *x, gk_range clause);
/* "Fees of 5, the guests being fewer, less than the year before by 1": whether the clause `own` before the match of the rule
 * tells why: it ends with how something moved, and a comma parts it from a comparison. What is carried is the subject. */
bool gk_prose_tells_why(gk_extractor *x, const gk_match *m, const gk_lead *lead, gk_range own);
/* The subject behind a number, by the `tail` rules; empty where there is none. */
gk_range gk_prose_tail(gk_extractor *x, const gk_number *n);
/* What the money of a bare verb is for, by the `purpose` rules on the text behind the number; empty where it says nothing. */
gk_range gk_prose_purpose(gk_extractor *x, const gk_number *n);
/* The subject that stands behind the figure for the modes that look for one there; empty where none does. */
gk_range gk_prose_named_behind(gk_extractor *x, const gk_number *n, gk_str mode, gk_reading *r);
/* "Paid out 5 of road funds, 3 of school funds": the next of such a list, named and measured alike. */
bool gk_prose_named_alike(gk_extractor *x, const gk_number *n, gk_reading *r);
/* "Supporting jobs. Paid out 5, ...": the same, where a verb `m` begins the sentence and a short one that tells a purpose, a
 * heading that runs on, stands before it. */
gk_range gk_prose_purpose_before(gk_extractor *x, const gk_match *m, const gk_lead *lead);
/* "6 receptions, spending of 5", "reserves of 6 are planned, spent 5": whether the words `own` before the figure name nothing
 * but that it was spent on what was counted, or planned, before. */
bool gk_prose_spends_on_last(const gk_extractor *x, const gk_number *n, const gk_lead *lead, gk_range own);
/* "Of the first plan 5 was not assigned": the words of a stage that stand alone before the rule name it, where nothing else
 * does. */
void gk_prose_name_by_stage(gk_extractor *x, const gk_match *m, const gk_lead *lead, gk_reading *r);
/* Looks for the first brackets of a block that begins. */
void gk_prose_brackets_open(gk_extractor *x);
/* Keeps the carried subject in step with the brackets of the text up to `to`. */
void gk_prose_brackets(gk_extractor *x, uint32_t to);

/* prose_shared.c */
/* Trims the parts of a "respectively" list and finds out what they share. */
void gk_prose_share(gk_extractor *x, gk_range *parts, size_t n);
/* "Exports of A, B are down by 5%、up by 8% respectively": the next of the list moved another way than the first. */
bool gk_prose_goes_on_in_list(const gk_extractor *x, const gk_lead *lead, const gk_reading *r);
/* What a subject shares with another part of its list; NULL: it says all by itself. */
const gk_joint *gk_prose_joint(const gk_extractor *x, gk_range subject);
/* The label of a subject as it is printed, with what it shares. */
gk_str gk_prose_named(gk_extractor *x, gk_range subject);

/* prose_bare.c */
/* A bare number between figures of one unit has it too: "8.52万、职业年金4.26、医疗3.17万", "2 posts, 0 vacant, 3 posts". */
void gk_prose_guess_bare(gk_extractor *x, size_t i);
/* A bare number behind words that ask for a figure ("completed of the budget" without a percent sign) is that figure:
 * the rule says of which kind, and a quantity has the unit of the number before it. */
void gk_prose_asked_bare(gk_extractor *x, gk_number *n);

/* prose.c */
/* The index of the first number of the block behind one of them, which is never the first of all. */
size_t gk_prose_next_number(const gk_extractor *x, const gk_number *n);

/* The plain measure of the report; what is spent in a year after the document's own is planned. */
gk_str gk_prose_plain(const gk_extractor *x, gk_number_kind kind, int year);
/* How many numbers of one kind stand in a row from one on, with nothing between them but list marks, each with one of the words
 * behind it at most (NULL: none). */
size_t gk_prose_run(gk_extractor *x, const gk_number *n, const gk_map *words);

/* prose_year.c */
/* The year that "this year" means: that of the text, or the later one that the sentence is about. */
int gk_prose_present(const gk_extractor *x);
/* Sets the year of number `index`, whose lead rule (NULL: none) speaks: by the rule, the dates and words of the lead, the
 * sentence, the paragraph. */
void gk_prose_year(gk_extractor *x, size_t index, const gk_match *m, const gk_lead *lead, gk_reading *r);
/* Keeps the year of a plain amount, which a change told behind it may be of. */
void gk_prose_keep_latest(gk_extractor *x, const gk_reading *r);
/* The year that the end of a block tells for what follows it, 0: none; *dated: it is that of a date on which stock is taken. */
int gk_prose_year_behind(gk_extractor *x, bool *dated);
/* "In 2021, 2022 and 2023 5, 6 and 7": a year each, for the first of the figures and for the next of them. */
void gk_prose_each_year(gk_extractor *x, const gk_number *n, gk_reading *r);
void gk_prose_next_year(const gk_extractor *x, gk_reading *r);
/* Corrects a year that was taken from a date before, once the measure is known. */
void gk_prose_settle_year(const gk_extractor *x, gk_reading *r);

/* prose_list.c */
/* Tells a block that begins whether it is an item of a list which a paragraph above announced. */
void gk_prose_list_item(gk_extractor *x);
/* Tells what the block that was read announces, or that it ends the list. */
void gk_prose_list_announced(gk_extractor *x);

/* prose_govern.c */
/* Whether the figure is one of those that a verb or a stage before it governs, by its lead, which no rule speaks of: sets
 * its measure and sign. Its subject must be known. */
bool gk_prose_governed(gk_extractor *x, const gk_number *n, const gk_lead *lead, gk_reading *r);
/* Tells what a figure that was read governs, by its rule (NULL: none), or that it ends what governed. */
void gk_prose_govern(gk_extractor *x, const gk_lead *lead, const gk_match *m, const gk_reading *r, bool governed);
/* Rules that look at the figure before: "raised from 5 to 6" (mode `same`), "103% of the budget of 5" (mode `of`). */
void gk_prose_measure_of_last(const gk_extractor *x, gk_str mode, gk_reading *r);
/* "Spending is arranged at 5" in a plan of adjustments: as adjusted, where no word says that it was planned at first. */
bool gk_prose_plans_anew(gk_extractor *x, const gk_lead *lead, const gk_reading *r);
/* Behind "from 5" of one label: a figure that is the adjusted budget tells that the 5 was the budget. */
void gk_prose_raised(gk_extractor *x, const gk_reading *r);

#endif
