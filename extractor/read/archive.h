/* Archives: ZIP, TAR and gzip, whose members are documents of their own. (Office files are ZIP files too, but documents.)
 *
 * A member is called ARCHIVE!MEMBER, a member of an archive inside it ARCHIVE!MEMBER!MEMBER, at most GK_MAX_NESTING
 * deep. Names that are no UTF-8 are read as GB18030, which is what the compression programs of Chinese systems write.
 * GK_MAX_DECODED_BYTES, GK_MAX_DECODED_RATIO and GK_MAX_MEMBERS hold for an archive with everything inside it.
 */
#ifndef GK_READ_ARCHIVE_H
#define GK_READ_ARCHIVE_H

#include "base/err.h"

/* Whether bytes are an archive whose members are to be read one by one. Allocates nothing. */
bool gk_archive_is(gk_str bytes);

/* Takes a member. `failed`: NULL, or why `source` cannot be read: a member, of which there are no bytes, or an archive,
 * whose bytes are given. The strings live as long as the call. Anything but GK_OK ends the walk. */
typedef gk_code gk_archive_take(void *user, gk_str bytes, gk_str source, const gk_err *failed);

/* Hands over the members in the order of the archive; folders and the droppings of file managers are left out. What
 * cannot be read is handed over with its reason, so the result is what `take` returned last. Thread safe. */
gk_code gk_archive_each(gk_str bytes, gk_str source, gk_archive_take *take, void *user);

#endif
