/* Meta tags, and the links to attachments that stand outside of the article. */
#include "read/html.h"

static void add_meta(gk_doc *doc, gk_str name, gk_str content) {
    name = gk_str_trim(name);
    content = gk_str_trim(content);
    if (!name.len || !content.len) return;
    *gk_vec_push(&doc->metas) = (gk_meta){gk_arena_dup(&doc->arena, name), gk_arena_dup(&doc->arena, content)};
}

void ht_read_metas(const ht_tree *t, gk_doc *doc) {
    enum { MOST_TITLE = 1000 };
    bool titled = false;
    for (uint32_t i = 1; i < t->nodes.len; i++) {
        const ht_node *n = &t->nodes.at[i];
        if (n->tag == HT_META) add_meta(doc, ht_attr_of(t, i, HT_ATTR_NAME), ht_attr_of(t, i, HT_ATTR_CONTENT));
        if (n->tag != HT_TITLE || titled) continue;
        add_meta(doc, GK_STR("title"), ht_text_of(t, i, MOST_TITLE, &doc->arena));
        titled = true;
    }
}

static char small(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c; }
static bool is_letter(char c) { return (small(c) >= 'a' && small(c) <= 'z') || (c >= '0' && c <= '9'); }

/* Whether the name of a kind of file ends at `at`, which is behind a dot. */
static bool is_file_end(gk_str s, size_t at) {
    static const char *const kinds[] = {"pdf", "doc", "docx", "xls", "xlsx", "wps", "et",  "ofd",
                                        "zip", "rar", "7z",   "ppt", "pptx", "csv", "rtf", "txt"};
    size_t end = at;
    while (end < s.len && is_letter(s.ptr[end])) end++;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        size_t n = strlen(kinds[i]), same = 0;
        while (same < n && at + same < end && small(s.ptr[at + same]) == kinds[i][same]) same++;
        if (same == n && end == at + n) return true;
    }
    return false;
}

/* By the end of its path or of a value of its query, or by the download pages of content systems. What stands in the name
 * of a host does not count. */
bool ht_is_file(gk_str target) {
    static const char *const pages[] = {"download.jsp?", "downfile.jsp?", "DownloadAttachUrl"};
    enum { MOST_BYTES = 4096 };
    if (target.len > MOST_BYTES) return false;
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
        if (gk_str_find(target, gk_str_of(pages[i])) != SIZE_MAX) return true;
    size_t from = gk_str_find(target, GK_STR("://"));
    from = from == SIZE_MAX ? 0 : from + 3;
    while (from && from < target.len && target.ptr[from] != '/') from++;
    for (size_t i = from; i < target.len; i++)
        if (target.ptr[i] == '.' && is_file_end(target, i + 1)) return true;
    return false;
}

static bool is_known(const gk_doc *doc, gk_str target) {
    enum { LOOK_BACK = 200 };
    size_t n = doc->links.len, first = n > LOOK_BACK ? n - LOOK_BACK : 0;
    for (size_t i = first; i < n; i++)
        if (gk_str_eq(doc->links.at[i].target, target)) return true;
    return false;
}

static gk_code write_attachment(ht_writer *w, ht_tree *t, uint32_t node, gk_str target) {
    enum { MOST_NAME = 600 };
    gk_str name = ht_text_of(t, node, MOST_NAME, &w->doc->arena);
    if (!name.len) name = gk_str_trim(ht_attr_of(t, node, HT_ATTR_TITLE));
    uint32_t start = (uint32_t)w->text.len;
    gk_buf_put(&w->text, name);
    gk_span at = {start, (uint32_t)w->text.len};
    if (name.len) {
        gk_buf_putc(&w->text, '\n');
        gk_doc_add_block(w->doc, GK_BLOCK_ASIDE, at);
        gk_doc_add_seg(w->doc, at);
    }
    w->line = (uint32_t)w->text.len;
    *gk_vec_push(&w->doc->links) = (gk_link){at, gk_arena_dup(&w->doc->arena, target)};
    return GK_OK;
}

/* A page may show a file that says all it has to say. */
static void note_frame(ht_writer *w, ht_tree *t, uint32_t node) {
    enum { MOST_SHOWN = 300 };
    gk_str target = gk_str_trim(ht_attr_of(t, node, HT_ATTR_SRC));
    if (!ht_is_file(target)) return;
    gk_str shown = target.len > MOST_SHOWN ? gk_str_slice(target, target.len - MOST_SHOWN, target.len) : target;
    gk_doc_note(w->doc, GK_E_OPEN, "the page shows a file, which is not read: %.*s", GK_STR_ARG(shown));
    uint32_t at = (uint32_t)w->text.len;
    if (!is_known(w->doc, target)) *gk_vec_push(&w->doc->links) = (gk_link){{at, at}, gk_arena_dup(&w->doc->arena, target)};
}

gk_code ht_write_attachments(ht_writer *w, ht_tree *t) {
    gk_code code = GK_OK;
    for (uint32_t i = 1; i < t->nodes.len && code == GK_OK; i++) {
        const ht_node *n = &t->nodes.at[i];
        if (n->tag == HT_FRAME) note_frame(w, t, i);
        if (n->tag != HT_A) continue;
        gk_str target = gk_str_trim(ht_attr_of(t, i, HT_ATTR_HREF));
        if (ht_is_file(target) && !is_known(w->doc, target)) code = write_attachment(w, t, i, target);
    }
    return code;
}
