/* Formulas over intervals: what is computed often is read once.
 *
 * Worked example: "change * 100 / (this - change)" becomes the steps: change, 100, *, this, change, -, / of a machine with a
 * stack, so that each sign stands behind the two values that it takes.
 */
#ifndef GK_CHECK_PROGRAM_H
#define GK_CHECK_PROGRAM_H

#include "base/limits.h"
#include "check/interval.h"

/* Values on the stack: two before each bracket, and three of a sum of products. */
enum { GK_PROGRAM_DEPTH = 2 * GK_MAX_FORMULA_BRACKETS + 4 };

typedef enum gk_step_kind { GK_STEP_NAME, GK_STEP_NUMBER, GK_STEP_ADD, GK_STEP_LESS, GK_STEP_TIMES, GK_STEP_OVER } gk_step_kind;

typedef struct gk_step {
    uint16_t kind;   /* gk_step_kind */
    uint16_t len;    /* of a name */
    uint32_t number; /* a whole one; of a name: where it stands in the text, or what its reader makes of it */
} gk_step;

typedef struct gk_program {
    gk_str text;   /* borrowed: "change * 100 / (this - change)" */
    size_t count;  /* 0: it cannot be read */
    gk_step step[GK_MAX_FORMULA_STEPS];
} gk_program;

/* Reads names, whole numbers, + - * / and brackets; beyond the limits of a formula (base/limits.h) it cannot be read. */
void gk_program_read(gk_program *p, gk_str text);

/* The value of a name of a program; false: it has none. */
typedef bool gk_program_value(void *user, const gk_program *p, const gk_step *name, gk_interval *out);

/* *divisor becomes what was divided by last, and stays where nothing was. Values are asked for in the order of the text. */
gk_calc gk_program_run(const gk_program *p, gk_program_value *value, void *user, gk_interval *out, gk_interval *divisor);

#endif
