/* What the set points to goes into one pool for each type, so that a pointer is the name of a pool and a number:
 *
 *     {.id = {bytes + 112, 27}, .source = {bytes + 139, 60}, ...}
 *
 * The structs are written behind the pools, with what does not stand in them.
 */
#include "prepare.h"

#include <stdlib.h>

#include "pattern/private.h"
#include "pool.h"
#include "text/fold.h"

/* A gk_str whose bytes are in the pool. */
typedef struct text {
    uint32_t at, len; /* at UINT32_MAX: absent */
} text;

typedef struct writer {
    const gk_set *set;
    FILE *out;
    gk_buf body; /* the structs */
    gk_pool bytes, texts, nodes, outputs, numbers, words, pages;
} writer;

/* --- strings --- */

static text keep_text(writer *w, gk_str s) {
    if (!s.ptr) return (text){UINT32_MAX, 0};
    return (text){(uint32_t)gk_pool_add(&w->bytes, s.ptr, s.len), (uint32_t)s.len};
}

static void put_text(writer *w, const char *field, gk_str s) {
    if (s.ptr) gk_buf_printf(&w->body, "%s = {bytes + %u, %zu}, ", field, keep_text(w, s).at, s.len);
}

/* The place of strings that stand behind each other. */
static size_t keep_texts(writer *w, const gk_str *s, size_t count) {
    text *kept = gk_alloc((count + 1) * sizeof *kept);
    for (size_t i = 0; i < count; i++) kept[i] = keep_text(w, s[i]);
    size_t at = gk_pool_add(&w->texts, kept, count);
    free(kept);
    return at;
}

static void write_texts(const writer *w) {
    const text *t = (const text *)(const void *)w->texts.bytes.ptr;
    fputs("static const gk_str text[] = {\n", w->out);
    for (size_t i = 0; i < w->texts.bytes.len / sizeof *t; i++) {
        if (t[i].at == UINT32_MAX) fputs("    {NULL, 0},\n", w->out);
        else fprintf(w->out, "    {bytes + %u, %u},\n", t[i].at, t[i].len);
    }
    fputs("};\n", w->out);
}

/* Octal escapes of three digits never run into what follows. */
static void write_bytes(const writer *w) {
    fputs("static const char bytes[] =\n    \"", w->out);
    for (size_t i = 0; i < w->bytes.bytes.len; i++) {
        unsigned char c = (unsigned char)w->bytes.bytes.ptr[i];
        if (i && i % 100 == 0) fputs("\"\n    \"", w->out);
        if (c >= ' ' && c < 127 && c != '"' && c != '\\' && c != '?') fputc(c, w->out);
        else fprintf(w->out, "\\%03o", (unsigned)c);
    }
    fputs("\";\n", w->out);
}

/* --- tries --- */

static size_t count_nodes(const gk_trie *t) {
    size_t count = 2; /* none, and the root; behind them one for each edge */
    for (size_t i = 1; i < count; i++) count += t->node[i].edges;
    return count;
}

static size_t count_pages(const gk_trie *t) {
    size_t most = 0;
    for (size_t i = 0; i < 256; i++)
        if (t->page_of[i] > most) most = t->page_of[i];
    return most + 1;
}

static size_t count_values(const gk_trie *t) {
    gk_trie_output last = t->output[t->outputs - 1];
    return last.first + last.count;
}

static void put_trie(writer *w, const char *field, const gk_trie *t) {
    enum { BITS = 64 };
    size_t nodes = count_nodes(t);
    gk_buf *b = &w->body;
    gk_buf_printf(b, "%s = {.node = node + %zu, ", field, gk_pool_add(&w->nodes, t->node, nodes));
    gk_buf_printf(b, ".code = number + %zu, ", gk_pool_add(&w->numbers, t->code, nodes - 2));
    gk_buf_printf(b, ".output = output + %zu, ", gk_pool_add(&w->outputs, t->output, t->outputs));
    gk_buf_printf(b, ".value = number + %zu, ", gk_pool_add(&w->numbers, t->value, count_values(t)));
    gk_buf_printf(b, ".starts = word + %zu, ", gk_pool_add(&w->words, t->starts, BITS));
    if (t->opens) gk_buf_printf(b, ".opens = word + %zu, ", gk_pool_add(&w->words, t->opens, BITS));
    if (t->page_of) {
        gk_buf_printf(b, ".page_of = page + %zu, ", gk_pool_add(&w->pages, t->page_of, 256));
        gk_buf_printf(b, ".page = (const uint32_t(*)[256])(number + %zu), ",
                      gk_pool_add(&w->numbers, t->page, 256 * count_pages(t)));
    }
    gk_buf_printf(b, ".outputs = %u, .reversed = %d}, ", t->outputs, t->reversed);
}

static void write_outputs(const writer *w) {
    const gk_trie_output *o = (const gk_trie_output *)(const void *)w->outputs.bytes.ptr;
    fputs("static const gk_trie_output output[] = {\n", w->out);
    for (size_t i = 0; i < w->outputs.bytes.len / sizeof *o; i++) fprintf(w->out, "    {%u, %u},\n", o[i].first, o[i].count);
    fputs("};\n", w->out);
}

static void write_nodes(const writer *w) {
    const gk_trie_node *n = (const gk_trie_node *)(const void *)w->nodes.bytes.ptr;
    fputs("static const gk_trie_node node[] = {\n", w->out);
    for (size_t i = 0; i < w->nodes.bytes.len / sizeof *n; i++)
        fprintf(w->out, "    {0x%llxu, %u, %u, %u},\n", (unsigned long long)n[i].mask, n[i].edge, n[i].edges, n[i].output);
    fputs("};\n", w->out);
}

/* --- rules --- */

static void put_rule(writer *w, const gk_rule *r) {
    char field[32];
    gk_buf *b = &w->body;
    gk_buf_put(b, GK_STR("    {"));
    put_text(w, ".id", r->id);
    put_text(w, ".file", r->file);
    put_text(w, ".source", r->source);
    put_text(w, ".expanded", r->expanded);
    for (int k = 0; k < GK_KEY_COUNT; k++) {
        snprintf(field, sizeof field, ".constant[%d]", k);
        put_text(w, field, r->constant[k]);
        if (r->group_of[k]) gk_buf_printf(b, ".group_of[%d] = %u, ", k, r->group_of[k]);
    }
    gk_buf_printf(b, ".line = %u, .scope = %d, .priority = %d, .order = %u, .groups = %u},\n", r->line, (int)r->scope,
                  r->priority, r->order, r->groups);
}

static void put_list(writer *w, int which, gk_words list) {
    if (list.len)
        gk_buf_printf(&w->body, ".list[%d] = {text + %zu, %zu}, ", which, keep_texts(w, list.at, list.len), list.len);
}

static void put_more(writer *w, const gk_rule_more *m) {
    gk_buf *b = &w->body;
    gk_buf_put(b, GK_STR("    {"));
    for (int i = 0; i < GK_LISTS; i++)
        put_list(w, i, m->list[i]);
    for (int i = 0; i < m->aliases; i++)
        gk_buf_printf(b, ".alias[%d] = {%u, %u}, ", i, m->alias[i].group, m->alias[i].of);
    put_text(w, ".head", m->head);
    gk_buf_printf(b, ".aliases = %u, .least = %u},\n", m->aliases, m->least);
}

static void put_dispatch(writer *w, const gk_dispatch *d) {
    char field[32];
    gk_buf *b = &w->body;
    gk_buf_put(b, GK_STR("    {"));
    for (int i = 0; i < GK_LISTS; i++) {
        snprintf(field, sizeof field, ".trie[%d]", i);
        put_trie(w, field, &d->trie[i]);
        gk_buf_printf(b, ".none[%d] = word + %zu, ", i, gk_pool_add(&w->words, d->none[i], d->words));
    }
    for (int i = 0; i < GK_LEASTS; i++)
        if (d->least[i]) gk_buf_printf(b, ".least[%d] = word + %zu, ", i, gk_pool_add(&w->words, d->least[i], d->words));
    gk_buf_printf(b, ".rule = number + %zu, .len = %zu, .words = %zu},\n", gk_pool_add(&w->numbers, d->rule, d->len), d->len,
                  d->words);
}

static void put_entry(writer *w, const gk_entry *e) {
    gk_buf *b = &w->body;
    gk_buf_put(b, GK_STR("    {"));
    put_text(w, ".name", e->name);
    gk_buf_printf(b, ".kind = %d, ", (int)e->kind);
    if (e->kind != GK_WORD_DEFINE) {
        gk_buf_printf(b, ".map = {.entry = (const gk_str(*)[2])(text + %zu), .len = %zu, ",
                      keep_texts(w, e->map.entry[0], 2 * e->map.len), e->map.len);
        put_trie(w, ".forward", &e->map.forward);
        put_trie(w, ".backward", &e->map.backward);
        gk_buf_put(b, GK_STR("}"));
    }
    gk_buf_put(b, GK_STR("},\n"));
}

/* --- the fold table --- */

static void write_items(const writer *w) {
    const gk_fold *f = w->set->fold;
    fputs("static const gk_fold_item item[] = {\n", w->out);
    for (size_t i = 0; i < f->items.len; i++) {
        const gk_fold_item *item = &f->items.at[i];
        fprintf(w->out, "    {%u, %u, {", item->kind, item->len);
        for (int k = 0; k < GK_FOLD_TEXT_BYTES; k++) fprintf(w->out, "(char)%u,", (unsigned)(unsigned char)item->text[k]);
        fputs("}},\n", w->out);
    }
    fputs("};\n", w->out);
}

static void put_fold(writer *w) {
    const gk_fold *f = w->set->fold;
    gk_buf *b = &w->body;
    gk_buf_put(b, GK_STR("static const gk_fold fold = {.skip = {"));
    for (size_t i = 0; i < sizeof f->skip; i++) gk_buf_printf(b, "%u,", f->skip[i]);
    gk_buf_put(b, GK_STR("}, .index = {"));
    for (size_t i = 0; i < GK_FOLD_PAGES; i++) gk_buf_printf(b, "%u,", f->index[i]);
    gk_buf_printf(b, "}, .pages = {(gk_fold_page *)(page + %zu), %zu, %zu}, ",
                  gk_pool_add(&w->pages, f->pages.at, f->pages.len * GK_FOLD_PAGE), f->pages.len, f->pages.len);
    gk_buf_printf(b, ".items = {(gk_fold_item *)item, %zu, %zu}};\n", f->items.len, f->items.len);
}

/* --- the whole --- */

static void put_structs(writer *w) {
    const gk_set *set = w->set;
    gk_buf *b = &w->body;
    gk_buf_put(b, GK_STR("static const gk_rule rule[] = {\n"));
    for (size_t i = 0; i < set->rules; i++) put_rule(w, &set->rule[i]);
    gk_buf_put(b, GK_STR("};\nstatic const gk_rule_more more[] = {\n"));
    for (size_t i = 0; i < set->rules; i++) put_more(w, &set->more[i]);
    gk_buf_put(b, GK_STR("};\nstatic const gk_dispatch dispatch[] = {\n"));
    for (size_t i = 0; i < GK_SCOPE_COUNT; i++) put_dispatch(w, &set->dispatch[i]);
    gk_buf_put(b, GK_STR("};\nstatic const gk_entry entry[] = {\n"));
    for (size_t i = 0; i < set->vocab.len; i++) put_entry(w, &set->vocab.at[i]);
    size_t slots = gk_pool_add(&w->numbers, set->vocab.slot, set->vocab.slots);
    gk_buf_printf(b, "};\n\nconst gk_prepared gk_builtin_set = {rule, more, %zu, ", set->rules);
    gk_buf_printf(b, "{entry, %zu, %zu, number + %zu, %zu}, dispatch, &fold};\n", set->vocab.len, set->vocab.len, slots,
                  set->vocab.slots);
}

void prepare_write(const gk_set *set, FILE *out) {
    writer w = {.set = set,
                .out = out,
                .bytes.size = 1,
                .texts.size = sizeof(text),
                .nodes.size = sizeof(gk_trie_node),
                .outputs.size = sizeof(gk_trie_output),
                .numbers.size = sizeof(uint32_t),
                .words.size = sizeof(uint64_t),
                .pages.size = sizeof(uint16_t)};
    put_fold(&w);
    put_structs(&w);
    write_bytes(&w);
    write_texts(&w);
    write_nodes(&w);
    write_outputs(&w);
    write_items(&w);
    gk_pool_write(&w.numbers, out, "uint32_t", "number");
    gk_pool_write(&w.words, out, "uint64_t", "word");
    gk_pool_write(&w.pages, out, "uint16_t", "page");
    fwrite(w.body.ptr, 1, w.body.len, out);
    gk_buf_free(&w.body);
    gk_pool *pools[] = {&w.bytes, &w.texts, &w.nodes, &w.outputs, &w.numbers, &w.words, &w.pages};
    for (size_t i = 0; i < sizeof pools / sizeof *pools; i++) gk_pool_free(pools[i]);
}
