#include "read/office_props.h"

#include <stdlib.h>

#include "read/office_out.h"
#include "read/office_xml.h"

void gk_props_read(const gk_zip *zip, gk_doc *doc) {
    gk_xml x;
    gk_buf title = {.max = 4096};
    gk_err ignored;
    bool inside = false;
    gk_xml_open(&x, gk_zip_part(zip, GK_STR("docProps/core.xml")), "the properties", &ignored);
    while (gk_xml_next(&x)) {
        if (x.kind == GK_XML_TEXT && inside) gk_buf_put(&title, x.text);
        if (x.kind != GK_XML_TEXT) inside = gk_xml_is(&x, GK_XML_START, "title");
    }
    gk_code code = gk_xml_close(&x);
    gk_str text = gk_out_trim(gk_buf_str(&title));
    if (code == GK_OK && text.len)
        *gk_vec_push(&doc->metas) = (gk_meta){GK_STR("core:title"), gk_arena_dup(&doc->arena, text)};
    gk_buf_free(&title);
}
