/* What an Office file says of itself (docProps/core.xml): its title becomes a meta of the document. Writers start from
 * the file of another year and seldom change it, so it is not to be trusted like the title of a page. */
#ifndef GK_READ_OFFICE_PROPS_H
#define GK_READ_OFFICE_PROPS_H

#include "doc/doc.h"
#include "read/zip.h"

/* Adds the meta `core:title` where the file has one. A damaged part says nothing. */
void gk_props_read(const gk_zip *zip, gk_doc *doc);

#endif
