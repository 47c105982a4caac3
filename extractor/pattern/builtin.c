#include "pattern/builtin.h"

#include <stdlib.h>

#include "pattern/load.h"
#include "pattern/prepared.h"

gk_str gk_builtin_content(gk_str name) {
    for (const gk_builtin_file *f = gk_builtin_files; f->name; f++)
        if (f->content && gk_str_eqz(name, f->name)) return (gk_str){f->content, f->len};
    return GK_STR_NONE;
}

static size_t count_files(void) {
    size_t count = 0;
    while (gk_builtin_files[count].name) count++;
    return count;
}

/* When the program is built. */
static gk_set *load_files(gk_err *err) {
    size_t count = count_files();
    gk_set *set = gk_set_new();
    gk_pattern_file *file = gk_arena_zero(&set->arena, (count + 1) * sizeof *file);
    for (size_t i = 0; i < count; i++) {
        const gk_builtin_file *f = &gk_builtin_files[i];
        file[i].name = gk_str_of(f->name);
        file[i].path = gk_arena_printf(&set->arena, "builtin/%s", f->name);
        file[i].content = (gk_str){f->content, f->len};
        file[i].tree = f->tree;
    }
    return gk_set_finish(set, file, count, err);
}

static void take_tables(gk_set *set) {
    gk_table *table = gk_arena_alloc(&set->arena, count_files() * sizeof *table);
    set->table = table;
    for (const gk_builtin_file *f = gk_builtin_files; f->name; f++)
        if (f->content) table[set->tables++] = (gk_table){gk_str_of(f->name), {f->content, f->len}};
}

gk_set *gk_set_load_builtin(gk_err *err) {
    const gk_prepared *p = &gk_builtin_set;
    if (!p->rules) return load_files(err);
    gk_set *set = gk_set_new();
    set->rule = p->rule;
    set->more = p->more;
    set->rules = p->rules;
    set->vocab = p->vocab;
    set->dispatch = p->dispatch;
    set->code = gk_arena_zero(&set->arena, p->rules * sizeof *set->code);
    set->is_packed = set->is_untested = true;
    memcpy(set->digest, gk_builtin_digest, sizeof set->digest);
    take_tables(set);
    set->fold = p->fold;
    return set;
}

/* The trees that the rules were loaded from. */
static void build_tests(gk_set *set) {
    size_t count = count_files();
    gk_err err = {0};
    gk_build b = {.set = set, .tree = gk_alloc(count * sizeof *b.tree), .err = &err};
    for (size_t i = 0; i < count; i++)
        if (gk_builtin_files[i].tree) b.tree[b.trees++] = *gk_builtin_files[i].tree;
    gk_build_all_tests(&b);
    free(b.tree);
    set->test = b.tests.at;
    set->tests = b.tests.len;
}

const gk_rule_test *gk_set_tests(const gk_set *set, size_t *count) {
    gk_set *own = (gk_set *)set; /* under its lock */
    pthread_mutex_lock(&own->lock);
    if (own->is_untested) build_tests(own);
    own->is_untested = false;
    pthread_mutex_unlock(&own->lock);
    return *count = set->tests, set->test;
}
