/* The XML parts of Office files, as a stream of starts, ends and texts.
 *
 * libxml2's reader with its traps closed: a document type is refused before anything is parsed, nothing is fetched, and
 * libxml2's own maxima for depth and size hold. Names are local names: w:p is "p". Memory stays small whatever the part
 * holds.
 */
#ifndef GK_READ_OFFICE_XML_H
#define GK_READ_OFFICE_XML_H

#include "base/err.h"

typedef enum gk_xml_kind { GK_XML_START, GK_XML_END, GK_XML_TEXT } gk_xml_kind;

typedef struct gk_xml {
    void *reader;
    const char *part; /* named in messages */
    gk_err *err;
    gk_code code;     /* GK_OK, or why the stream stopped */
    gk_xml_kind kind;
    gk_str name;      /* local name of a start or end; good until the next step */
    gk_str text;      /* of a text */
    int depth;        /* of the element: the root has 0 */
    bool empty;       /* the start stands for its end as well, which is given next */
    char *kept;       /* an attribute that had to be put together */
} gk_xml;

/* Starts reading a part. `data` must outlive the reader; an absent part is an empty stream. */
void gk_xml_open(gk_xml *x, gk_str data, const char *part, gk_err *err);
/* The next start, end or text. False at the end and where the part is damaged: x->code tells which. */
bool gk_xml_next(gk_xml *x);
/* The value of an attribute of the start at hand by its local name, absent where there is none. Good until the next call
 * of any function with x. */
gk_str gk_xml_attr(gk_xml *x, const char *name);
/* The attribute as a number within 0 .. most; `otherwise` where it is absent or no such number. */
uint32_t gk_xml_number(gk_xml *x, const char *name, uint32_t most, uint32_t otherwise);
/* An on-off attribute of Office: absent is `otherwise`; "0", "false" and "off" are false. */
bool gk_xml_flag(gk_xml *x, const char *name, bool otherwise);
/* Passes over the element whose start is at hand, up to and with its end. */
void gk_xml_skip(gk_xml *x);
/* Closes and returns x->code. */
gk_code gk_xml_close(gk_xml *x);

static inline bool gk_xml_is(const gk_xml *x, gk_xml_kind kind, const char *name) {
    return x->kind == kind && gk_str_eqz(x->name, name);
}

/* A whole unsigned number at the start of s within 0 .. most; false where there is none. */
bool gk_parse_number(gk_str s, uint32_t most, uint32_t *out);

#endif
