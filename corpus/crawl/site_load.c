/* A tree of YAML -> C structures, by the tables of site_schema.c. Each mistake has its place. */
#include <stdlib.h>

#include "corpus/crawl/site_schema.h"

typedef struct loading {
    gk_sites *s;
    const gk_tree *t;
    gk_err *err;
} loading;

typedef bool reader(loading *l, const st_field *f, uint32_t node, char *into);

static gk_str text_of(loading *l, uint32_t node) { return gk_arena_dup(&l->s->arena, gk_node_text(l->t, node)); }

static bool need_text(loading *l, uint32_t node) {
    if (gk_node_kind_of(l->t, node) == GK_NODE_TEXT && gk_node_text(l->t, node).len) return true;
    return gk_node_fail(l->t, node, l->err, "a text is needed here");
}

static bool read_text(loading *l, const st_field *f, uint32_t node, char *into) {
    if (!need_text(l, node)) return false;
    *(gk_str *)(void *)(into + f->offset) = text_of(l, node);
    return true;
}

static bool read_number(loading *l, const st_field *f, uint32_t node, char *into) {
    gk_str s = gk_node_text(l->t, node);
    int n = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] < '0' || s.ptr[i] > '9' || s.len > 8)
            return gk_node_fail(l->t, node, l->err, "a whole number is needed here");
        n = n * 10 + (s.ptr[i] - '0');
    }
    if (!s.len) return gk_node_fail(l->t, node, l->err, "a whole number is needed here");
    *(int *)(void *)(into + f->offset) = n;
    return true;
}

static bool read_flag(loading *l, const st_field *f, uint32_t node, char *into) {
    gk_str s = gk_node_text(l->t, node);
    if (!gk_str_eqz(s, "yes") && !gk_str_eqz(s, "no")) return gk_node_fail(l->t, node, l->err, "yes or no is needed here");
    *(bool *)(into + f->offset) = gk_str_eqz(s, "yes");
    return true;
}

/* How many texts a list holds; false where it is none. */
static bool need_texts(loading *l, uint32_t node, size_t *count) {
    if (gk_node_kind_of(l->t, node) != GK_NODE_LIST) return gk_node_fail(l->t, node, l->err, "a list is needed here");
    for (uint32_t i = gk_node_first(l->t, node); i < gk_node_last(l->t, node); i = gk_node_next(l->t, i))
        if (!need_text(l, i)) return false;
    *count = gk_node_count(l->t, node);
    return *count > 0 || gk_node_fail(l->t, node, l->err, "the list is empty");
}

static bool read_words(loading *l, const st_field *f, uint32_t node, char *into) {
    st_words *words = (st_words *)(void *)(into + f->offset);
    size_t count, n = 0;
    if (!need_texts(l, node, &count)) return false;
    words->at = gk_arena_alloc(&l->s->arena, count * sizeof *words->at);
    for (uint32_t i = gk_node_first(l->t, node); i < gk_node_last(l->t, node); i = gk_node_next(l->t, i))
        words->at[n++] = text_of(l, i);
    words->len = n;
    return true;
}

static gk_regex *compile(loading *l, uint32_t node) {
    gk_err why = {0};
    size_t offset = 0;
    if (!need_text(l, node)) return NULL;
    gk_regex *r = gk_regex_new(gk_str_trim(gk_node_text(l->t, node)), &offset, &why);
    if (!r) gk_node_fail_at(l->t, node, offset, l->err, "%s", why.message);
    else *gk_vec_push(&l->s->regex) = r;
    return r;
}

static bool read_regex(loading *l, const st_field *f, uint32_t node, char *into) {
    return (*(gk_regex **)(void *)(into + f->offset) = compile(l, node)) != NULL;
}

static bool read_regexes(loading *l, const st_field *f, uint32_t node, char *into) {
    st_regexes *list = (st_regexes *)(void *)(into + f->offset);
    bool alone = gk_node_kind_of(l->t, node) == GK_NODE_TEXT; /* one expression needs no list */
    size_t count = 1;
    if (!alone && !need_texts(l, node, &count)) return false;
    list->at = gk_arena_alloc(&l->s->arena, count * sizeof *list->at);
    if (alone) return (list->at[list->len++] = compile(l, node)) != NULL;
    for (uint32_t i = gk_node_first(l->t, node); i < gk_node_last(l->t, node); i = gk_node_next(l->t, i))
        if ((list->at[list->len++] = compile(l, i)) == NULL) return false;
    return true;
}

/* The number of a literal, which is given to it where it has none. */
static uint32_t literal_number(gk_sites *s, gk_str text) {
    for (size_t i = 0; i < s->literal.len; i++)
        if (gk_str_eq(s->literal.at[i], text)) return (uint32_t)i;
    *gk_vec_push(&s->literal) = text;
    return (uint32_t)s->literal.len - 1;
}

static bool read_needs(loading *l, const st_field *f, uint32_t node, char *into) {
    enum { LEAST = 3 }; /* Shorter ones stand on every page. */
    st_needs *needs = (st_needs *)(void *)(into + f->offset);
    size_t count;
    if (!need_texts(l, node, &count)) return false;
    needs->at = gk_arena_alloc(&l->s->arena, count * sizeof *needs->at);
    for (uint32_t i = gk_node_first(l->t, node); i < gk_node_last(l->t, node); i = gk_node_next(l->t, i)) {
        if (gk_node_text(l->t, i).len < LEAST) return gk_node_fail(l->t, i, l->err, "a literal has at least %d bytes", LEAST);
        needs->at[needs->len++] = literal_number(l->s, text_of(l, i));
    }
    return true;
}

static bool read_template(loading *l, const st_field *f, uint32_t node, char *into) {
    return need_text(l, node) && st_template_read(l->s, l->t, node, (st_template *)(void *)(into + f->offset), l->err);
}

static bool load_map(loading *l, const st_schema *schema, uint32_t node, char *into);

static bool read_map(loading *l, const st_field *f, uint32_t node, char *into) { return load_map(l, f->items, node, into); }

static bool read_list(loading *l, const st_field *f, uint32_t node, char *into) {
    if (gk_node_kind_of(l->t, node) != GK_NODE_LIST) return gk_node_fail(l->t, node, l->err, "a list is needed here");
    size_t count = gk_node_count(l->t, node), size = f->items->size;
    if (!count) return gk_node_fail(l->t, node, l->err, "the list is empty");
    if (count > ST_MAX_PROFILES) return gk_node_fail(l->t, node, l->err, "the list has more than %d entries", ST_MAX_PROFILES);
    char *at = gk_arena_zero(&l->s->arena, count * size);
    *(char **)(void *)(into + f->offset) = at;
    *(size_t *)(void *)(into + f->count) = count;
    for (uint32_t i = gk_node_first(l->t, node); i < gk_node_last(l->t, node); i = gk_node_next(l->t, i), at += size)
        if (!load_map(l, f->items, i, at)) return false;
    return true;
}

static reader *const readers[] = {
    [ST_F_TEXT] = read_text,   [ST_F_NUMBER] = read_number,     [ST_F_FLAG] = read_flag,
    [ST_F_WORDS] = read_words, [ST_F_REGEX] = read_regex,       [ST_F_REGEXES] = read_regexes,
    [ST_F_NEEDS] = read_needs, [ST_F_TEMPLATE] = read_template, [ST_F_MAP] = read_map,
    [ST_F_LIST] = read_list,
};

static const st_field *field_of(const st_schema *schema, gk_str key) {
    for (const st_field *f = schema->fields; f->name; f++)
        if (gk_str_eqz(key, f->name)) return f;
    return NULL;
}

static bool load_map(loading *l, const st_schema *schema, uint32_t node, char *into) {
    uint64_t seen = 0;
    if (gk_node_kind_of(l->t, node) != GK_NODE_MAP) return gk_node_fail(l->t, node, l->err, "%s is a mapping", schema->what);
    if (schema->line != SIZE_MAX) *(uint32_t *)(void *)(into + schema->line) = l->t->node[node].line;
    for (uint32_t i = gk_node_first(l->t, node); i < gk_node_last(l->t, node);) {
        uint32_t value = gk_node_next(l->t, i);
        gk_str key = gk_node_text(l->t, i);
        const st_field *f = field_of(schema, key);
        if (!f) return gk_node_fail(l->t, i, l->err, "the key `%.*s` is not known in %s", GK_STR_ARG(key), schema->what);
        if (!readers[f->kind](l, f, value, into)) return false;
        seen |= (uint64_t)1 << (f - schema->fields);
        i = gk_node_next(l->t, value);
    }
    for (const st_field *f = schema->fields; f->name; f++)
        if (f->needed && !(seen >> (f - schema->fields) & 1))
            return gk_node_fail(l->t, node, l->err, "%s needs the key `%s`", schema->what, f->name);
    return true;
}

/* --- what tables cannot say --- */

/* The node of the i-th item of the list under a key of the root. */
static uint32_t item_node(const gk_tree *t, const char *list, size_t number) {
    for (uint32_t i = gk_node_first(t, 0); i < gk_node_last(t, 0); i = gk_node_next(t, gk_node_next(t, i))) {
        if (!gk_str_eqz(gk_node_text(t, i), list)) continue;
        uint32_t item = gk_node_first(t, gk_node_next(t, i));
        while (number--) item = gk_node_next(t, item);
        return item;
    }
    return 0;
}

static bool check_kinds(st_profile *p, const char **what) {
    for (size_t i = 0; i < p->kind_count; i++) {
        st_kind_rule *k = &p->kinds[i];
        k->value = (int)gk_link_kind_named(k->kind);
        *what = "a kind is list, page, article, attachment or other";
        if (k->value == GK_LINK_ENTRY || (k->value == GK_LINK_OTHER && !gk_str_eqz(k->kind, "other"))) return false;
    }
    return true;
}

static bool check_pagers(const st_profile *p, const char **what) {
    for (size_t i = 0; i < p->pager_count; i++) {
        const st_pager *g = &p->pagers[i];
        bool finds = g->find.len || g->url || g->body, asks = g->get.len || g->post.len;
        *what = "a pager has `find`, `url` or `body` with `get` or `post`, or it has `anchors` or `numbers`";
        if (finds != asks || (!finds && !g->anchors.len && !g->numbers)) return false;
        *what = "a pager has either `get`, or `post` with `form`";
        if ((g->get.len && g->post.len) || (g->post.len > 0) != (g->form.len > 0)) return false;
        *what = "a pager that searches the page with `find` needs the literals that stand there, `needs`";
        if (g->find.len && !g->needs.len) return false;
    }
    return true;
}

static bool check_profile(loading *l, st_profile *p, uint32_t node) {
    const char *what = "a profile is known by `text`, `url` or `json`, or it is the one for `always`";
    bool known = p->when_text.len || p->when_url.len || p->when_json.len;
    if (known == p->always || !check_kinds(p, &what) || !check_pagers(p, &what))
        return gk_node_fail(l->t, node, l->err, "profile `%.*s`: %s", GK_STR_ARG(p->id), what);
    return true;
}

static bool check_verdict(loading *l, st_verdict *v, uint32_t node) {
    v->value = (int)gk_outcome_named(v->outcome);
    if (v->value == GK_OUTCOME_NONE)
        return gk_node_fail(l->t, node, l->err, "there is no outcome `%.*s`", GK_STR_ARG(v->outcome));
    if (!v->raw.len && !v->text.len && !v->title.len && !v->password && !v->file_wanted && !v->status.len)
        return gk_node_fail(l->t, node, l->err, "the verdict `%.*s` has no condition", GK_STR_ARG(v->id));
    return true;
}

static bool check_topic(loading *l, st_topic *t, uint32_t node) {
    bool good = false, bad = false;
    for (size_t i = 0; i < t->test_count; i++) *(t->tests[i].follow ? &good : &bad) = true;
    if (!good || !bad)
        return gk_node_fail(l->t, node, l->err, "a topic needs tests of what is followed and of what is not");
    return st_topic_build(l->s, t);
}

/* A user's files are loaded before the built-in ones, and what they define under the same id replaces it. Within one of the
 * two an id stands once. */
static bool is_builtin(gk_str file) { return gk_str_starts(file, GK_STR(ST_BUILTIN)); }

typedef enum known { KNOWN_NOT, KNOWN_REPLACED, KNOWN_TWICE } known;

#define LOOK_FOR(list, count, item, result)                                                                            \
    for (size_t k_ = 0; k_ < (count); k_++)                                                                            \
        if (gk_str_eq((list)[k_].id, (item)->id))                                                                      \
            (result) = is_builtin((list)[k_].file) == is_builtin((item)->file) ? KNOWN_TWICE : KNOWN_REPLACED

/* Whether an item is to be kept; *good is false after a mistake. */
static bool is_new(loading *l, known k, size_t count, uint32_t node, bool *good) {
    if (k == KNOWN_TWICE) *good = gk_node_fail(l->t, node, l->err, "this id is given twice");
    if (count >= ST_MAX_PROFILES) *good = gk_node_fail(l->t, node, l->err, "there are more than %d of these", ST_MAX_PROFILES);
    return *good && k == KNOWN_NOT;
}

static bool keep_profiles(loading *l, st_file *f) {
    gk_sites *s = l->s;
    bool good = true;
    for (size_t i = 0; good && i < f->profiles; i++) {
        st_profile *p = &f->profile[i];
        uint32_t node = item_node(l->t, "profiles", i);
        known k = KNOWN_NOT;
        p->file = l->t->file;
        LOOK_FOR(s->profile, s->profiles, p, k);
        good = check_profile(l, p, node);
        if (good && is_new(l, k, s->profiles, node, &good)) s->profile[s->profiles++] = *p;
    }
    return good;
}

static bool keep_verdicts(loading *l, st_file *f) {
    gk_sites *s = l->s;
    bool good = true;
    for (size_t i = 0; good && i < f->verdicts; i++) {
        st_verdict *v = &f->verdict[i];
        uint32_t node = item_node(l->t, "verdicts", i);
        known k = KNOWN_NOT;
        v->file = l->t->file;
        LOOK_FOR(s->verdict, s->verdicts, v, k);
        good = check_verdict(l, v, node);
        if (good && is_new(l, k, s->verdicts, node, &good)) s->verdict[s->verdicts++] = *v;
    }
    return good;
}

static bool keep_topics(loading *l, st_file *f) {
    gk_sites *s = l->s;
    bool good = true;
    for (size_t i = 0; good && i < f->topics; i++) {
        st_topic *t = &f->topic[i];
        uint32_t node = item_node(l->t, "topics", i);
        known k = KNOWN_NOT;
        t->file = l->t->file;
        LOOK_FOR(s->topic, s->topics, t, k);
        good = check_topic(l, t, node);
        if (good && is_new(l, k, s->topics, node, &good)) s->topic[s->topics++] = *t;
    }
    return good;
}

bool st_load_tree(gk_sites *s, const gk_tree *tree, gk_err *err) {
    loading l = {s, tree, err};
    st_file f = {0};
    if (!load_map(&l, &st_schema_file, 0, (char *)&f)) return false;
    return keep_profiles(&l, &f) && keep_verdicts(&l, &f) && keep_topics(&l, &f);
}
