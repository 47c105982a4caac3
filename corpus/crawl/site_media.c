/* Media types by the first bytes: what a server declares is not asked. */
#include "corpus/crawl/site_private.h"

static const struct signature {
    const char *bytes, *type;
    size_t len;
} signatures[] = {
    {"%PDF-", "application/pdf", 5},
    {"PK\x03\x04", "application/zip", 4},
    {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "application/x-ole-storage", 8},
    {"Rar!\x1A\x07", "application/vnd.rar", 6},
    {"7z\xBC\xAF\x27\x1C", "application/x-7z-compressed", 6},
    {"{\\rtf", "application/rtf", 5},
    {"\x1F\x8B", "application/gzip", 2},
    {"\xFF\xD8\xFF", "image/jpeg", 3},
    {"\x89PNG\r\n\x1A\n", "image/png", 8},
    {"GIF8", "image/gif", 4},
    {"BM", "image/bmp", 2},
};

/* Containers of Office name their main part among the first members. */
static const char *zip_type(gk_str body) {
    static const struct part {
        const char *name, *type;
    } parts[] = {
        {"word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
        {"xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
        {"ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"},
        {"OFD.xml", "application/ofd"},
    };
    enum { LOOK = 65536 };
    gk_str head = gk_str_slice(body, 0, LOOK);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (gk_str_find(head, gk_str_of(parts[i].name)) != SIZE_MAX) return parts[i].type;
    return "application/zip";
}

static gk_str without_blanks(gk_str s) {
    if (gk_str_starts(s, GK_STR("\xEF\xBB\xBF"))) s = gk_str_slice(s, 3, s.len);
    return gk_str_trim(gk_str_slice(s, 0, 4096));
}

const char *st_media_type(gk_str body, bool *file) {
    *file = true;
    for (size_t i = 0; i < sizeof signatures / sizeof *signatures; i++) {
        const struct signature *s = &signatures[i];
        if (body.len < s->len || memcmp(body.ptr, s->bytes, s->len) != 0) continue;
        return strcmp(s->type, "application/zip") == 0 ? zip_type(body) : s->type;
    }
    *file = false;
    gk_str head = without_blanks(body);
    if (head.len && (head.ptr[0] == '{' || head.ptr[0] == '[')) return "application/json";
    if (gk_str_starts(head, GK_STR("<?xml")) && st_find(head, "<html") == SIZE_MAX) return "text/xml";
    if (head.len && (head.ptr[0] == '<' || st_find(head, "<html") != SIZE_MAX)) return "text/html";
    return "text/plain";
}
