/* ZIP containers of Office files: their members by name.
 *
 * The list of members at the end of a ZIP file (APPNOTE.TXT 4.3.12, the central directory) says what kind of file it is
 * without decoding anything; libarchive decodes the members that are wanted, within GK_MAX_DECODED_BYTES,
 * GK_MAX_DECODED_RATIO and GK_MAX_MEMBERS.
 */
#ifndef GK_READ_ZIP_H
#define GK_READ_ZIP_H

#include "doc/doc.h"

typedef struct gk_part {
    gk_str name; /* with '/' between folders, without a leading one */
    gk_str data; /* decoded */
} gk_part;

typedef struct gk_zip {
    gk_arena names;
    GK_VEC(gk_part) parts;
    bool cut;     /* the list of members is missing, or a member could not be decoded; those before it stand in parts */
    gk_err fault; /* of the latter; class GK_OK where there is none */
} gk_zip;

/* Whether bytes begin as a ZIP file does. */
bool gk_zip_is(gk_str bytes);
/* Whether a member's name begins with `head` (case is ignored, '\' counts as '/'). Looks at the central directory or,
 * where that is cut off, at the heads of the members. Allocates nothing; linear in the bytes. */
bool gk_zip_has(gk_str bytes, const char *head);

/* Decodes every member whose name `want` accepts, up to the first that is damaged (out->cut). GK_E_FORMAT where none could
 * be decoded, GK_E_ENCRYPTED, GK_E_LIMIT past a maximum. After an error `out` needs no gk_zip_close. */
gk_code gk_zip_open(gk_str bytes, bool (*want)(gk_str name), gk_zip *out, gk_err *err);
/* The data of a member, absent where there is none (case of the name is ignored). */
gk_str gk_zip_part(const gk_zip *zip, gk_str name);
/* The error of a file that cannot do without a member it lacks: "the file has no WHAT", or what damaged the file. */
gk_code gk_zip_lacks(const gk_zip *zip, const char *what, gk_err *err);
/* Notes what is wrong with a file that was read all the same. */
void gk_zip_note(const gk_zip *zip, gk_doc *doc);
void gk_zip_close(gk_zip *zip);

/* Whether two names are the same but for ASCII case. */
bool gk_zip_same(gk_str a, gk_str b);
/* The message of libarchive's last failure as an error of class format. */
struct archive;
gk_code gk_zip_fault(struct archive *a, gk_err *err);
/* Decodes the member the archive stands at; appends to *out and adds to *total, which is held against the maxima for a
 * container of `packed` bytes. */
gk_code gk_zip_decode(struct archive *a, size_t packed, uint64_t *total, gk_buf *out, gk_err *err);

#endif
