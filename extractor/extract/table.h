/* Tables: from a grid of cells to facts and indicators. The inside of table*.c, header*.c, cell.c and goal_*.c.
 *
 * A table is read in one walk from top to bottom. Rows of labels open a section: they say for each column what its cells
 * are. The rows below are read by the section until the next rows of labels. Performance tables are several small tables
 * in one grid, so a table may have many sections.
 *
 * Worked example (· is an empty cell, merging is not known):
 *     收入 · · 支出 · ·          two labels; the empty cells continue them
 *     项目 行次 金额 项目 行次 金额
 *     一、税收收入 1 5.00 一、教育支出 9 3.00
 * The columns have the paths 收入/项目, 收入/行次, 收入/金额, 支出/项目 ... and the roles label, line, value, label, line,
 * value. 5.00 belongs to the nearest label column on its left: subject 税收收入, column 收入/金额.
 */
#ifndef GK_EXTRACT_TABLE_H
#define GK_EXTRACT_TABLE_H

#include "extract/known.h"

enum { GK_PATH_DEPTH = 6, GK_LABEL_BYTES = 240, GK_NO_COLUMN = 0xffff };

/* X(symbol, word in pattern files): what a column, or a label cell, is. */
#define GK_ROLES(X)                                                                                                    \
    X(NONE, "")                                                                                                        \
    X(LABEL, "label")             /* names of the rows */                                                              \
    X(HOLDER, "holder")           /* names of units or places: the items stand in the header */                        \
    X(CODE, "code")               /* classification codes of the rows */                                               \
    X(LINE, "line")               /* line numbers */                                                                   \
    X(VALUE, "value")             /* figures */                                                                        \
    X(GROUP, "group")             /* a label over several columns */                                                   \
    X(PERIOD, "period")           /* figures of a month or quarter */                                                  \
    X(SIDE, "side")               /* cells that hold a label and a figure each */                                      \
    X(NOTE, "note")               /* remarks */                                                                        \
    X(PLAN, "plan")               /* a label column that names the figures of its rows */                              \
    X(LEVEL1, "level1")                                                                                                \
    X(LEVEL2, "level2")                                                                                                \
    X(NAME, "name")                                                                                                    \
    X(DESCRIPTION, "description")                                                                                      \
    X(OP, "op")                                                                                                        \
    X(TARGET, "target")                                                                                                \
    X(TARGET_UNIT, "target-unit")                                                                                      \
    X(ACTUAL, "actual")                                                                                                \
    X(WEIGHT, "weight")                                                                                                \
    X(SCORE, "score")                                                                                                  \
    X(DEVIATION, "deviation")                                                                                          \
    X(BASIS, "basis")                                                                                                  \
    X(PROJECT, "project")         /* key of a pair: the name of the project */                                         \
    X(KEY, "key")                 /* key of a pair: something else */                                                  \
    X(GOAL, "goal")               /* key of the overall goal */                                                        \
    X(EXPECTED, "expected")       /* header of the cell with the expected overall goal */                              \
    X(DONE, "done")               /* header of the cell with what was done */                                          \
    X(TOTAL, "total")             /* row label: the total of an indicator table */                                     \
    X(SLOT, "slot")               /* row label: a place for an indicator, and its name where it is filled */            \
    X(NUMBERING, "numbering")     /* row label: the cells number the columns */                                        \
    X(REMARK, "remark")           /* row label: a note below the table */                                              \
    X(CONTENTS, "contents")       /* row label: a table of contents begins */                                          \
    X(DATE, "date")               /* note above a table: the date its figures stand for */                             \
    X(PAGE, "page")               /* page numbers */                                                                   \
    X(FUND, "fund")               /* row label: continues the measure of the row above where it carries */

typedef enum gk_role {
#define X(symbol, word) GK_ROLE_##symbol,
    GK_ROLES(X)
#undef X
        GK_ROLE_COUNT
} gk_role;

/* What the rules of a scope say of a label cell, taken together: for each key the rule with the highest priority that
 * tells it. Texts live as long as the set or the view. */
typedef struct gk_says {
    const gk_rule *rule; /* the one that told the role; NULL: nothing knows this text */
    gk_role role;
    gk_str measure, kind, unit, year, class, mode, carry, code;
    gk_str base, base_year, whole; /* what a change, a rate or a share is compared with */
    gk_str sign;                   /* "-": its changes are falls */
    gk_range name; /* the text without decoration; empty: not told */
} gk_says;

typedef enum gk_shape {
    GK_SHAPE_EMPTY,
    GK_SHAPE_BLANK,   /* a dash or another sign that there is no figure */
    GK_SHAPE_NUMBER,
    GK_SHAPE_PERCENT, /* a number with a percent sign */
    GK_SHAPE_TEXT
} gk_shape;

typedef struct gk_tcell {
    gk_range at;
    uint32_t row, col;
    uint8_t shape;   /* gk_shape */
    bool integer;    /* NUMBER: digits alone */
    bool bracketed;  /* NUMBER: printed in brackets */
    bool marked;     /* NUMBER, PERCENT: with a decimal point or thousands marks */
    bool united;     /* a number, and behind it what may be a unit */
    bool states;     /* TEXT: it states a figure (one with decimals stands in it, it begins with a sign of comparison, or
                      * it is digits and a unit of money, with a note in brackets or not) and is the label of no column */
} gk_tcell;

/* What the shapes of the cells say of a row, counted once for every table. */
typedef struct gk_row_shape {
    uint32_t lead;    /* 1 + index of its first cell with anything in it, 0: none */
    uint32_t cells;   /* with anything in them, */
    uint32_t filled;  /* those that are not BLANK, */
    uint32_t amounts; /* and those that are marked */
    bool number;      /* a NUMBER or PERCENT stands in it, */
    bool figure;      /* one that is no year, or a text that states one */
} gk_row_shape;

typedef struct gk_column {
    gk_role role;
    uint8_t depth;
    uint32_t path[GK_PATH_DEPTH]; /* header cells, 1 + index, outermost first */
    gk_str text;       /* their texts as printed, joined with '/' */
    gk_str measure, kind, unit, year, class;
    gk_str base, base_year, whole; /* what its changes, rates or shares are compared with, as in gk_says */
    gk_str rule;       /* the rule that told the role, or "table" */
    gk_str carry, carry_year; /* a column of labels: the measure that FUND rows go on with, and their year */
    gk_range item;     /* the item that the path names, trimmed; empty: only measures or totals */
    bool item_total;   /* the item is no more than a total */
    bool falls;        /* its figures tell by how much something fell */
    bool weak;         /* its measure is that of a kind of debts: what a row says goes before */
    bool names;        /* its labels are names of what the row is of; */
    bool remarks;      /* its texts say more of the rows: by how much their figures rose, and why */
    bool sorts;        /* its labels tell the kind of what a column on the left names */
    bool economic;     /* its labels sort what the office spends, */
    bool economic_too; /* or are those of the government, which sort the same once more */
    uint16_t label;    /* the label column of its block, GK_NO_COLUMN: none */
    bool holder;       /* that label column holds units or places */
} gk_column;

/* What a label of a pair says of its figure ("planned | 5 | spent | 4"), for the labels below it that say nothing. */
enum { GK_PAIR_COLUMNS = 4 };
typedef struct gk_pair_column {
    uint32_t col;
    gk_str measure;
} gk_pair_column;

/* What the measure of a label is beside that of its column: one that every column goes before, one that plain figures of the
 * column go before, and one that goes before these. */
typedef enum gk_label_force { GK_LABEL_WEAK, GK_LABEL_PLAIN, GK_LABEL_STRONG } gk_label_force;

typedef enum gk_section_kind { GK_SECTION_NONE, GK_SECTION_FACT, GK_SECTION_GOAL, GK_SECTION_OVERALL } gk_section_kind;

typedef struct gk_section {
    gk_section_kind kind;
    gk_column *col;
    uint32_t cols;
    uint32_t first;      /* its first header row */
    uint32_t rows;       /* data rows read so far */
    uint16_t unit_column; /* the column with the unit of each row, GK_NO_COLUMN: none */
    uint16_t project;    /* the column with the names of projects, GK_NO_COLUMN: none */
    bool counts;         /* a column is said to hold counts: units of measure are theirs alone */
    bool by_project;     /* the columns are printed below the name of a project */
    struct gk_goal_block *block; /* GOAL: the blocks of its columns, NULL: not looked for yet */
    size_t blocks;
    gk_str unit;         /* unit told by a header over the labels, absent: none */
    gk_str measure, kind_word; /* the same */
    gk_range title;      /* that header, without its unit: the subject of rows without a label */
} gk_section;

/* The indicator being put together, and what carries down. */
typedef struct gk_goal_row {
    gk_str level1, level2;
    size_t record;       /* 1 + index of the newest indicator of the section, 0: none */
    bool complete;       /* it has a target, an actual value or a weight */
} gk_goal_row;

enum { GK_GOAL_BLOCKS = 4 };

/* What the table reader keeps: scratch for one table, and the section that a table cut in two goes on with. */
struct gk_table_state {
    gk_arena arena;      /* cells and columns of this table */
    gk_arena kept;       /* columns of the section before */
    size_t block;        /* 1 + index of the block it ended in, 0: none */
    gk_str caption;      /* of that table */
    const gk_table *t;
    gk_tcell *cells;
    gk_row_shape *shape; /* by row */
    const gk_says **header; /* by cell: what the header rules say of its text, NULL: not asked yet, or not kept */
    uint8_t *row_role;   /* by cell: 1 + the role that the row rules tell, 0: not asked yet */
    uint32_t **realigned; /* by row: a grid row of its own, or NULL */
    struct gk_profile *profile; /* by column, of the section that is opened (header_columns.c) */
    uint32_t profile_end;       /* the row behind the last one that they look at */
    gk_section section;
    bool performance;    /* the table has targets or goals */
    gk_str project;      /* as printed, absent: the whole */
    gk_range project_at;
    gk_range subject_at; /* the subject that was printed last, empty: none, and its text */
    gk_str subject;
    gk_range measure_at; /* the label whose measure was asked for last, empty: none, and what was said */
    gk_str measure;
    gk_label_force force;
    gk_goal_row goal[GK_GOAL_BLOCKS];
    bool goal_kept;      /* the table goes on with the indicators of the one before, below the same header */
    int year;            /* of the date a note above the table gives, 0: none */
    gk_str pair_unit;    /* money unit told by the first label of rows of pairs, absent: none */
    gk_pair_column pair[GK_PAIR_COLUMNS]; /* what labels of rows of pairs said of the figures behind them */
    size_t pairs;
    gk_str holder;       /* the unit or place of the figure being read, absent: none */
    gk_label_force label_force; /* of the measure that the label in hand says */
    gk_str whole;           /* what the caption says a total is of that stands in the header, absent: nothing */
    gk_str caption_measure; /* what the caption says of plain figures (a table of stocks), absent: nothing */
    gk_str carry;        /* measure that FUND rows go on with */
    gk_str carry_year;   /* and their year */
    gk_str head;         /* first rows of the table before, in the view */
    int last_unit;       /* last money unit of the document */
    gk_numbers numbers;
};

/* ---- cell.c */
/* Shape of the text of a cell. */
gk_shape gk_cell_shape(gk_extractor *x, gk_range at, gk_tcell *out);
/* The number of a NUMBER or PERCENT cell: value as printed (brackets and minus make it negative), kind BARE or PERCENT. */
bool gk_cell_number(gk_extractor *x, const gk_tcell *c, gk_number *out);
/* Whether the cell is a year (1949-2100) without unit. */
bool gk_cell_is_year(gk_extractor *x, const gk_tcell *c);

/* ---- table_grid.c */
/* Cells of the table with their shapes. */
void gk_grid_load(gk_extractor *x, const gk_table *t);
/* 1 + index of the cell at a place, 0: none. */
static inline uint32_t gk_grid_mark(const struct gk_table_state *s, uint32_t row, uint32_t col) {
    if (row >= s->t->rows || col >= s->t->cols) return 0;
    if (s->realigned[row]) return s->realigned[row][col];
    uint32_t mark = s->t->grid[(size_t)row * s->t->cols + col];
    return mark ? mark - s->t->first_cell : 0;
}

/* The cell at a place, NULL: none or empty. */
static inline const gk_tcell *gk_grid_at(const struct gk_table_state *s, uint32_t row, uint32_t col) {
    uint32_t mark = gk_grid_mark(s, row, col);
    return mark && s->cells[mark - 1].shape != GK_SHAPE_EMPTY ? &s->cells[mark - 1] : NULL;
}

/* The same, but only where the cell begins. */
static inline const gk_tcell *gk_grid_origin(const struct gk_table_state *s, uint32_t row, uint32_t col) {
    const gk_tcell *c = gk_grid_at(s, row, col);
    return c && c->row == row && c->col == col ? c : NULL;
}

/* How many places of a row hold a cell, empty cells included. */
uint32_t gk_grid_width(const struct gk_table_state *s, uint32_t row);
/* Whether the cells of the top header row stand where they belong, with the empty places that their labels run over. */
bool gk_grid_is_placed(const struct gk_table_state *s, uint32_t top, uint32_t below);
/* Spreads the cells of header row `row`, printed without their merged places, over the units of the row below. */
void gk_grid_realign(gk_extractor *x, uint32_t row, uint32_t below);

/* ---- header.c */
/* What is known of a label text: never NULL, good until the next question; `name` counts from the start of the text. */
const gk_says *gk_label_says_of(gk_extractor *x, gk_scope scope, gk_range at);
const gk_says *gk_label_told(gk_extractor *x, gk_scope scope, gk_str text); /* of a text made of several cells */
const gk_says *gk_header_says(gk_extractor *x, const gk_tcell *c);
/* The same to keep, with `name` in the view. An empty range stays one. */
gk_says gk_label_known(gk_extractor *x, gk_scope scope, gk_range at);
gk_says gk_header_known(gk_extractor *x, const gk_tcell *c);
/* The role that the row rules tell of a cell of the table. */
gk_role gk_row_role(gk_extractor *x, const gk_tcell *c);
/* The measure that the label rules say of an item, absent: none, and its force beside the measure of the column. What a weak
 * label of no stage (bonds) says holds in sentences alone: in a table the caption or the report tells the stage. */
gk_str gk_label_measure(gk_extractor *x, gk_range item, gk_label_force *force);
/* A label text without list marks, unit note and other decoration. */
gk_range gk_label_item(gk_extractor *x, gk_range at);
/* A label within `at` is taken as printed: of what was trimmed off before `item` only list marks and (where it has no
 * code) years go, not the words that a sentence would put before its subject: of "3. 组织事务" 组织事务 is left, not 事务. */
gk_range gk_label_head(gk_extractor *x, gk_range at, gk_range item, bool coded);

/* ---- header_rows.c */
/* How many header rows begin at `row`; 0: the row is none. `loose`: labels that no rule knows count too. */
uint32_t gk_header_rows(gk_extractor *x, uint32_t row, bool loose);
/* Whether the row below is one label, or two, and figures behind it: the texts of this row are then labels of columns,
 * known or not. In a row of pairs a text stands behind the first figure. */
bool gk_row_over_figures(const gk_extractor *x, uint32_t row);
/* Whether a row is a title that runs down a form, the key of a project's name, and the name. */
bool gk_row_entitled(gk_extractor *x, uint32_t row);

/* ---- header_columns.c */
/* Whether the same header cells stand over two columns. */
bool gk_columns_alike(const gk_column *a, const gk_column *b);
/* Opens the section that the header rows [row, row + count) describe. */
void gk_section_open(gk_extractor *x, uint32_t row, uint32_t count);
/* Opens a section for a table without header rows. */
void gk_section_plain(gk_extractor *x, uint32_t row);

/* ---- table_row.c */
typedef enum gk_row_kind {
    GK_ROW_EMPTY,
    GK_ROW_NUMBERING,
    GK_ROW_REMARK,
    GK_ROW_PAIRS,
    GK_ROW_CONTENTS,
    GK_ROW_TEXT,  /* one cell of running text */
    GK_ROW_DATA
} gk_row_kind;
gk_row_kind gk_row_classify(gk_extractor *x, uint32_t row);
/* Whether the row numbers the columns. */
bool gk_row_numbers_columns(gk_extractor *x, uint32_t row);
/* Reads a row of keys and their values. */
void gk_row_pairs(gk_extractor *x, uint32_t row);
/* Accounts the digits of a text that is no figure: exclusion rules first, then the class for the rest. */
void gk_row_exclude(gk_extractor *x, gk_range at, const char *class);

/* ---- table_fact.c */
void gk_fact_row(gk_extractor *x, uint32_t row);
/* One cell that may hold figures, read as belonging to a column with this label; used for pairs as well. */
void gk_fact_cell(gk_extractor *x, const gk_tcell *c, const gk_column *col, gk_range subject, gk_says label, gk_str code);

/* ---- goal.c */
/* The project that holds here: of the table, of the headings, else the word for the whole department. */
gk_str gk_goal_project(gk_extractor *x);

/* ---- goal_table.c */
void gk_goal_table_row(gk_extractor *x, uint32_t row);
/* An indicator record with project, year and levels. */
gk_record *gk_goal_record(gk_extractor *x, gk_range name, gk_str rule, const char *where);

/* ---- goal_target.c */
typedef struct gk_target {
    gk_str op;     /* ">=" ..., absent: a text or nothing */
    gk_str value;  /* decimal or text, as printed; absent: nothing */
    gk_str unit;   /* absent: none */
    bool number;
    bool qualified; /* a word or sign of comparison stood beside the number */
} gk_target;
gk_target gk_target_read(gk_extractor *x, gk_range at);
/* The sign of a comparison word; absent: none. */
gk_str gk_target_op(gk_extractor *x, gk_str word);
void gk_target_set(gk_extractor *x, gk_record *r, const gk_target *target);
void gk_target_set_actual(gk_extractor *x, gk_record *r, const gk_target *actual, gk_range at);

/* ---- goal_overall.c */
/* Drops words that end a name, and with `heads` those that begin a clause, and are no part of it. */
gk_range gk_goal_name(gk_extractor *x, gk_range at, bool heads);
/* Indicators of an overall goal: the expected text and what was done (either may be empty). */
void gk_goal_overall(gk_extractor *x, gk_range expected, gk_range done);

#endif
