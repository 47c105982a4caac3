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

static bool ends_with(gk_str s, const char *tail) {
    size_t n = strlen(tail);
    if (s.len < n) return false;
    for (size_t i = 0; i < n; i++)
        if (small(s.ptr[s.len - n + i]) != tail[i]) return false;
    return true;
}

/* Whether a link leads to a file: by the end of its path, or by the download pages of content systems. */
static bool is_attachment(gk_str target) {
    static const char *const ends[] = {".pdf", ".doc", ".docx", ".xls", ".xlsx", ".wps", ".et", ".ofd",
                                       ".zip", ".rar", ".7z",   ".ppt", ".pptx", ".csv"};
    static const char *const pages[] = {"download.jsp?", "downfile.jsp?", "DownloadAttachUrl"};
    gk_str path = gk_str_slice(target, 0, gk_str_find(target, GK_STR("?")));
    path = gk_str_slice(path, 0, gk_str_find(path, GK_STR("#")));
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (ends_with(path, ends[i])) return true;
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
        if (gk_str_find(target, gk_str_of(pages[i])) != SIZE_MAX) return true;
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

gk_code ht_write_attachments(ht_writer *w, ht_tree *t, const uint32_t *roots, size_t count) {
    gk_code code = GK_OK;
    (void)roots, (void)count;
    for (uint32_t i = 1; i < t->nodes.len && code == GK_OK; i++) {
        const ht_node *n = &t->nodes.at[i];
        if (n->tag != HT_A) continue;
        gk_str target = gk_str_trim(ht_attr_of(t, i, HT_ATTR_HREF));
        if (is_attachment(target) && !is_known(w->doc, target)) code = write_attachment(w, t, i, target);
    }
    return code;
}
