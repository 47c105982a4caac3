#include "read/office_xml.h"

#include <libxml/xmlreader.h>

static void be_silent(void *user, xmlErrorPtr error) { (void)user, (void)error; }

static void damaged(gk_xml *x) {
    xmlErrorPtr last = xmlGetLastError();
    const char *why = last && last->message ? last->message : "it is not well-formed";
    gk_str reason = gk_str_trim(gk_str_of(why));
    x->code = gk_err_set(x->err, GK_E_FORMAT, "%s is damaged: %.*s", x->part, GK_STR_ARG(reason));
}

void gk_xml_open(gk_xml *x, gk_str data, const char *part, gk_err *err) {
    *x = (gk_xml){.part = part, .err = err};
    if (!data.len) return;
    if (gk_str_find(data, GK_STR("<!DOCTYPE")) != SIZE_MAX) {
        x->code = gk_err_set(err, GK_E_FORMAT, "%s declares a document type, which no Office file does", part);
        return;
    }
    xmlInitParser();
    xmlResetLastError();
    int options = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_COMPACT;
    xmlTextReaderPtr reader = xmlReaderForMemory(data.ptr, (int)data.len, NULL, NULL, options);
    if (!reader) gk_oom(data.len);
    xmlTextReaderSetStructuredErrorHandler(reader, be_silent, NULL);
    x->reader = reader;
}

static gk_str borrowed(const xmlChar *s) { return gk_str_of((const char *)s); }

/* Whether the reader's node is one the caller sees. */
static bool describe(gk_xml *x) {
    xmlTextReaderPtr reader = x->reader;
    switch (xmlTextReaderNodeType(reader)) {
    case XML_READER_TYPE_ELEMENT:
        x->kind = GK_XML_START;
        x->empty = xmlTextReaderIsEmptyElement(reader) == 1;
        break;
    case XML_READER_TYPE_END_ELEMENT: x->kind = GK_XML_END; break;
    case XML_READER_TYPE_TEXT:
    case XML_READER_TYPE_CDATA:
    case XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
    case XML_READER_TYPE_WHITESPACE:
        x->kind = GK_XML_TEXT;
        x->text = borrowed(xmlTextReaderConstValue(reader));
        return x->text.len > 0;
    case XML_READER_TYPE_DOCUMENT_TYPE:
        x->code = gk_err_set(x->err, GK_E_FORMAT, "%s declares a document type, which no Office file does", x->part);
        return true;
    default: return false;
    }
    x->name = borrowed(xmlTextReaderConstLocalName(reader));
    x->depth = xmlTextReaderDepth(reader);
    return true;
}

bool gk_xml_next(gk_xml *x) {
    if (x->code != GK_OK || !x->reader) return false;
    if (x->kept) xmlFree(x->kept), x->kept = NULL;
    if (x->empty) {
        x->empty = false;
        x->kind = GK_XML_END;
        return true;
    }
    for (;;) {
        int status = xmlTextReaderRead(x->reader);
        if (status < 0) damaged(x);
        if (status != 1) return false;
        if (describe(x)) return x->code == GK_OK;
    }
}

gk_str gk_xml_attr(gk_xml *x, const char *name) {
    xmlNodePtr node = x->reader && x->kind == GK_XML_START ? xmlTextReaderCurrentNode(x->reader) : NULL;
    if (!node || node->type != XML_ELEMENT_NODE) return GK_STR_NONE;
    for (xmlAttrPtr a = node->properties; a; a = a->next) {
        if (strcmp((const char *)a->name, name) != 0) continue;
        xmlNodePtr value = a->children;
        if (!value) return GK_STR("");
        if (!value->next && value->type == XML_TEXT_NODE) return borrowed(value->content);
        if (x->kept) xmlFree(x->kept);
        x->kept = (char *)xmlNodeListGetString(node->doc, value, 1);
        return x->kept ? gk_str_of(x->kept) : GK_STR("");
    }
    return GK_STR_NONE;
}

bool gk_parse_number(gk_str s, uint32_t most, uint32_t *out) {
    uint64_t n = 0;
    size_t i = 0;
    for (; i < s.len && s.ptr[i] >= '0' && s.ptr[i] <= '9'; i++) {
        n = n * 10 + (uint64_t)(s.ptr[i] - '0');
        if (n > most) return false;
    }
    if (i) *out = (uint32_t)n;
    return i > 0;
}

uint32_t gk_xml_number(gk_xml *x, const char *name, uint32_t most, uint32_t otherwise) {
    uint32_t n;
    return gk_parse_number(gk_xml_attr(x, name), most, &n) ? n : otherwise;
}

bool gk_xml_flag(gk_xml *x, const char *name, bool otherwise) {
    gk_str s = gk_xml_attr(x, name);
    if (!s.ptr) return otherwise;
    return !gk_str_eqz(s, "0") && !gk_str_eqz(s, "false") && !gk_str_eqz(s, "off");
}

void gk_xml_skip(gk_xml *x) {
    int depth = x->depth;
    while (gk_xml_next(x))
        if (x->kind == GK_XML_END && x->depth == depth) return;
}

gk_code gk_xml_close(gk_xml *x) {
    if (x->kept) xmlFree(x->kept);
    if (x->reader) xmlFreeTextReader(x->reader);
    x->reader = NULL;
    x->kept = NULL;
    return x->code;
}
