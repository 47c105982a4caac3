/* Formulas over intervals: what is computed often is read once.
 *
 * Worked example: "change * 100 / (this - change)" becomes the steps: change, 100, *, this, change, -, / of a machine with a
 * stack, so that each sign stands behind the two values that it takes.
 */
#ifndef GK_CHECK_PROGRAM_H
#define GK_CHECK_PROGRAM_H

#include "check/interval.h"

enum {
    GK_PROGRAM_STEPS = 128, /* of one formula: a longer one cannot be read */
    GK_PROGRAM_DEPTH = 36   /* values on the stack: two before each bracket, and three of a sum of products */
};

typedef enum gk_step_kind { GK_STEP_NAME, GK_STEP_NUMBER, GK_STEP_ADD, GK_STEP_LESS, GK_STEP_TIMES, GK_STEP_OVER } gk_step_kind;

typedef struct gk_step {
    uint16_t kind;   /* gk_step_kind */
    uint16_t len;    /* of a name */
    uint32_t number; /* a whole one; of a name: where it stands in the text, or what its reader makes of it */
} gk_step;

typedef struct gk_program {
    gk_str text;   /* borrowed: "change * 100 / (this - change)" */
    size_t count;  /* 0: it cannot be read */
    gk_step step[GK_PROGRAM_STEPS];
} gk_program;

/* Reads names, whole numbers of at most nine digits, + - * / and brackets, at most sixteen inside each other. */
void gk_program_read(gk_program *p, gk_str text);

/* The value of a name of a program; false: it has none. */
typedef bool gk_program_value(void *user, const gk_program *p, const gk_step *name, gk_interval *out);

/* *divisor becomes what was divided by last, and stays where nothing was. Values are asked for in the order of the text. */
gk_calc gk_program_run(const gk_program *p, gk_program_value *value, void *user, gk_interval *out, gk_interval *divisor);

#endif
