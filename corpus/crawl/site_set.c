/* From files to a set of profiles: the built-in ones, and those of a folder before them. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/limits.h"
#include "corpus/crawl/site_private.h"
#include "pattern/builtin.h"
#include "text/charset.h"

extern const gk_builtin_file gk_builtin_site_files[]; /* written by tools/embed */

static bool fail_open(gk_err *err, gk_str path, const char *what, int error) {
    gk_err_set(err, GK_E_OPEN, "%s: %s", what, strerror(error));
    gk_err_file(err, path);
    return false;
}

static bool read_file(gk_sites *s, gk_str path, gk_str *out, gk_err *err) {
    FILE *in = fopen(path.ptr, "rb");
    if (!in) return fail_open(err, path, "the file of profiles cannot be opened", errno);
    gk_buf content = {.max = GK_MAX_PATTERN_FILE_BYTES + GK_BUF_PIECE};
    bool good = gk_buf_read(&content, in) || fail_open(err, path, "the file of profiles cannot be read", errno);
    fclose(in);
    *out = gk_arena_dup(&s->arena, gk_buf_str(&content));
    gk_buf_free(&content);
    return good;
}

static bool load_file(gk_sites *s, gk_str path, gk_err *err) {
    gk_str content = {0};
    gk_tree tree;
    size_t fault;
    if (!read_file(s, path, &content, err)) return false;
    if (content.len > GK_MAX_PATTERN_FILE_BYTES) {
        gk_err_set(err, GK_E_PATTERN, "a file of profiles has at most %u bytes", GK_MAX_PATTERN_FILE_BYTES);
        gk_err_file(err, path);
        return false;
    }
    if (!gk_utf8_valid(content, &fault)) {
        gk_err_set(err, GK_E_PATTERN, "a file of profiles must be UTF-8");
        gk_err_place(err, path, content, fault);
        return false;
    }
    return gk_yaml_read(path, content, &s->arena, &tree, err) && st_load_tree(s, &tree, err);
}

static int by_text(const void *a, const void *b) { return gk_str_cmp(*(const gk_str *)a, *(const gk_str *)b); }

static bool load_folder(gk_sites *s, const char *dir, gk_err *err) {
    GK_VEC(gk_str) paths = {0};
    DIR *folder = opendir(dir);
    if (!folder) return fail_open(err, gk_str_of(dir), "the folder of profiles cannot be opened", errno);
    for (struct dirent *e; (e = readdir(folder));)
        if (e->d_name[0] != '.' && gk_str_ends(gk_str_of(e->d_name), GK_STR(".yaml")))
            *gk_vec_push(&paths) = gk_arena_printf(&s->arena, "%s/%s", dir, e->d_name);
    closedir(folder);
    if (paths.len > 1) qsort(paths.at, paths.len, sizeof *paths.at, by_text);
    bool good = true;
    for (size_t i = 0; good && i < paths.len; i++) good = load_file(s, paths.at[i], err);
    gk_vec_free(&paths);
    return good;
}

static bool load_builtin(gk_sites *s, gk_err *err) {
    for (const gk_builtin_file *f = gk_builtin_site_files; f->name; f++) {
        gk_tree tree = *f->tree;
        tree.file = gk_arena_printf(&s->arena, ST_BUILTIN "%s", f->name);
        if (!st_load_tree(s, &tree, err)) return false;
    }
    return true;
}

/* Higher priority first, then the order of loading. */
static void sort_profiles(gk_sites *s) {
    for (size_t i = 1; i < s->profiles; i++) {
        st_profile p = s->profile[i];
        size_t at = i;
        for (; at > 0 && s->profile[at - 1].priority < p.priority; at--) s->profile[at] = s->profile[at - 1];
        s->profile[at] = p;
    }
}

/* A literal has at least three bytes. */
static void mark_head(gk_sites *s, gk_str literal) {
    const unsigned char *three = (const unsigned char *)literal.ptr;
    uint32_t hash = st_head_hash(three);
    s->heads[hash >> 6] |= (uint64_t)1 << (hash & 63);
    s->seconds[st_second_hash(three)] = 1;
}

static void build_literals(gk_sites *s) {
    gk_trie_item *items = gk_alloc((s->literal.len + 1) * sizeof *items);
    for (size_t i = 0; i < s->literal.len; i++) {
        mark_head(s, s->literal.at[i]);
        items[i] = (gk_trie_item){s->literal.at[i], (uint32_t)i};
    }
    s->literal_count = s->literal.len;
    gk_trie_build(&s->literals, &s->arena, items, s->literal.len, false);
    free(items);
}

gk_sites *gk_sites_load(const char *dir, gk_err *err) {
    gk_sites *s = gk_alloc_zero(1, sizeof *s);
    s->profile = gk_arena_zero(&s->arena, ST_MAX_PROFILES * sizeof *s->profile);
    s->verdict = gk_arena_zero(&s->arena, ST_MAX_PROFILES * sizeof *s->verdict);
    s->topic = gk_arena_zero(&s->arena, ST_MAX_PROFILES * sizeof *s->topic);
    if ((dir && !load_folder(s, dir, err)) || !load_builtin(s, err)) {
        gk_sites_free(s);
        return NULL;
    }
    sort_profiles(s);
    build_literals(s);
    return s;
}

void gk_sites_free(gk_sites *s) {
    if (!s) return;
    for (size_t i = 0; i < s->regex.len; i++) gk_regex_free(s->regex.at[i]);
    gk_vec_free(&s->regex);
    gk_vec_free(&s->literal);
    gk_arena_free(&s->arena);
    free(s);
}

void gk_sites_since(gk_sites *s, int year) { s->since = year; }
void gk_sites_show_all(gk_sites *s, bool all) { s->show_all = all; }

size_t gk_sites_profiles(const gk_sites *s) { return s->profiles; }

gk_site_profile gk_sites_profile_at(const gk_sites *s, size_t number) {
    const st_profile *p = &s->profile[number];
    return (gk_site_profile){p->id, p->what, p->file, p->line, p->priority, p->test_count};
}
