/* Documents that ended their worker, known by their bytes.
 *
 * A worker that dies may have been killed for no fault of its document, so the document is read again, by a new worker.
 * Bytes that ended GK_MAX_ATTEMPTS workers are not read again, under whatever name they come: each gets the same error, so
 * that the output does not depend on which of them was read first.
 */
#ifndef GK_RUN_DEATHS_H
#define GK_RUN_DEATHS_H

#include "base/err.h"
#include "run/inputs.h"
#include "run/load.h"

typedef struct gk_death {
    uint64_t bytes;
    char digest[65];
    unsigned count;
    gk_err err; /* the last */
} gk_death;

typedef struct gk_deaths {
    GK_VEC(gk_death) list;
} gk_deaths;

/* Notes one more death and returns how many there were; UINT_MAX where the input is no file that can be read twice. */
unsigned gk_deaths_note(gk_deaths *d, const gk_input *input, const gk_err *err);
/* What the bytes of an opened file are refused with, NULL where they may be read. Costs nothing while no file of that size
 * is refused. */
const gk_err *gk_deaths_refuse(const gk_deaths *d, const gk_source *source);
void gk_deaths_free(gk_deaths *d);

#endif
