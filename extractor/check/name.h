/* What printed texts are called, and what else is known of a text alone: found out once, and kept between documents.
 *
 * A rule of the scope `check-name` says what a label of a row, a header path, a caption or a heading is called in the
 * relations of the scope `check-table`: many printed forms, one name. The figures of a row share the text of their label, those
 * of a column their header path, and the documents of one place most of both, so that what is asked of the rules is asked of
 * texts, not of figures.
 */
#ifndef GK_CHECK_NAME_H
#define GK_CHECK_NAME_H

#include "check/engine.h"

enum { GK_NO_NAME = 0 };

/* What a text is the label of; X(symbol, what rules match it behind). */
#define GK_LABEL_ROLES(X)                                                                                              \
    X(ROW, "row")                                                                                                      \
    X(TABLE, "table")                                                                                                  \
    X(COLUMN, "column")                                                                                                \
    X(UNDER, "under")                                                                                                  \
    X(SECTION, "section")

typedef enum gk_label_role {
#define X(symbol, name) GK_LABEL_##symbol,
    GK_LABEL_ROLES(X)
#undef X
    GK_LABEL_ROLE_COUNT
} gk_label_role;

struct gk_spoken;

/* What few labels are asked for. */
typedef struct gk_label_more {
    bool divided;                      /* `part` and `path` were asked for */
    uint64_t part, path, last;         /* of key.c */
    const struct gk_spoken *spoken[2]; /* of table.c; NULL: not asked yet */
    gk_str families;                   /* of family.c; absent: not asked yet */
    size_t family_tail;                /* bytes of the word that tells them, at its end */
} gk_label_more;

/* Maps that say nothing of most labels: a bit for each that was asked. */
enum { GK_LABEL_NO_FAMILY = 1, GK_LABEL_NOT_SHORT = 2 };

/* Its text stands behind it, so that both take two lines of the cache: labels are looked up for most figures. */
typedef struct gk_label {
    uint64_t key;                       /* gk_text_key of its text */
    gk_label_more *more;                /* NULL: nothing was asked for yet */
    uint32_t len;                       /* of the text */
    uint32_t next;                      /* name.c: the label that was looked up behind it the last time */
    uint32_t document, subject;         /* skeleton.c: its number among the subjects of that document (of the checker) */
    uint16_t name[GK_LABEL_ROLE_COUNT]; /* of gk_label_name */
    uint16_t heading;                   /* of gk_label_heading */
    uint8_t asked;                      /* a bit for each role in which the name was asked for */
    bool headed : 1;                    /* `heading` was asked for */
    bool kept : 1;                      /* it lasts longer than its document */
    bool percent : 1;                   /* a `%` stands in it */
    bool total : 1;                     /* it is a word for a total */
    bool quoted : 1;                    /* skeleton.c: a quote or a blank may stand in it */
    bool apart : 1;                     /* its text is borrowed from the document, and what stands behind it is where it is */
    uint8_t lacks;                      /* of the bits above */
} gk_label;

static inline gk_str gk_label_text(const gk_label *l) {
    const char *text = (const char *)(l + 1);
    if (l->apart) memcpy(&text, l + 1, sizeof text);
    return (gk_str){text, l->len};
}

/* The text of a subject, by its number. */
static inline gk_str gk_subject_text(const gk_checker *c, uint32_t number) { return gk_label_text(c->subjects.at[number]); }

/* The label with this text, which must not change before the next document. Good until gk_labels_tidy. Of an absent or empty
 * text, too: it has no name. */
gk_label *gk_label_of(gk_checker *c, gk_str text);
gk_label_more *gk_label_rest(const gk_checker *c, gk_label *l);
/* Memory that lives as long as a label; of one that is not kept, as long as the result of its document. */
gk_arena *gk_label_parts(const gk_checker *c, const gk_label *l);
/* Between two documents, which it counts: forgets where the labels of the last one stood, and all of them when there are
 * many. */
void gk_labels_tidy(gk_checker *c);
/* NULL is allowed. */
void gk_naming_free(struct gk_naming *n);

/* Asks the rules. */
uint16_t gk_label_ask(gk_checker *c, gk_label *l, gk_label_role role);
/* What a rule of the scope `check-name` calls "role:text"; GK_NO_NAME: nothing does, the text is too long, or the rules have
 * more than 65535 names. */
static inline uint16_t gk_label_name(gk_checker *c, gk_label *l, gk_label_role role) {
    return l->asked >> role & 1 ? l->name[role] : gk_label_ask(c, l, role);
}
/* The name of the innermost heading that has one, of a label that is a path of headings ("one\x1ftwo"). */
uint16_t gk_label_heading(gk_checker *c, gk_label *l);
/* What the map check-figures calls the names of a caption or section, a row and a column together; GK_NO_NAME: nothing. */
uint16_t gk_figure_name(gk_checker *c, uint32_t form, uint32_t row, uint32_t column);
/* The number of a name that has this text. */
uint32_t gk_name_number(gk_checker *c, gk_str text);
/* The text of a name. */
gk_str gk_name_text(const gk_checker *c, uint32_t name);

/* "role:text", folded: what rules of the scopes `check-name` and `check-table` are matched on. The caller frees it. */
gk_buf gk_role_text(gk_checker *c, const char *role, gk_str text);

#endif
