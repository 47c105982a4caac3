/* From files to a set: reading a folder, checking the bytes, and the order of the steps. */
#include "pattern/load.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "pattern/builtin.h"
#include "text/charset.h"

gk_set *gk_set_new(void) {
    gk_set *set = gk_alloc_zero(1, sizeof *set);
    pthread_mutex_init(&set->lock, NULL);
    return set;
}

void gk_set_free(gk_set *set) {
    if (!set) return;
    for (size_t i = 0; i < set->rules; i++) pcre2_code_free(set->code[i]);
    gk_fold_free(set->own_fold);
    pthread_mutex_destroy(&set->lock);
    free(set->test);
    gk_arena_free(&set->arena);
    free(set);
}

/* --- steps --- */

static int by_name(const void *a, const void *b) {
    return gk_str_cmp(((const gk_pattern_file *)a)->name, ((const gk_pattern_file *)b)->name);
}

static bool is_yaml(gk_str name) { return gk_str_ends(name, GK_STR(".yaml")); }
static bool is_table(gk_str name) { return gk_str_ends(name, GK_STR(".tsv")); }

static bool check_file(const gk_pattern_file *file, const gk_pattern_file *before, gk_err *err) {
    size_t fault = 0;
    if (before && gk_str_eq(before->name, file->name)) {
        gk_err_set(err, GK_E_PATTERN, "a file of this name is given twice");
    } else if (file->content.len > GK_MAX_PATTERN_FILE_BYTES) {
        gk_err_set(err, GK_E_PATTERN, "a pattern file has at most %u bytes", GK_MAX_PATTERN_FILE_BYTES);
    } else if (!gk_utf8_valid(file->content, &fault)) {
        gk_err_set(err, GK_E_PATTERN, "a pattern file must be UTF-8");
        gk_err_place(err, file->path, file->content, fault);
        return false;
    } else {
        return true;
    }
    gk_err_file(err, file->path);
    return false;
}

static bool check_files(const gk_pattern_file *files, size_t count, gk_err *err) {
    for (size_t i = 0; i < count; i++)
        if (!check_file(&files[i], i ? &files[i - 1] : NULL, err)) return false;
    return true;
}

static bool load_tables(gk_build *b, const gk_pattern_file *files, size_t count) {
    gk_set *set = b->set;
    set->table = gk_arena_alloc(&set->arena, count * sizeof *set->table);
    for (size_t i = 0; i < count; i++)
        if (is_table(files[i].name)) set->table[set->tables++] = (gk_table){files[i].name, files[i].content};
    gk_str name = GK_STR("fold.tsv"), path = GK_STR("builtin/fold.tsv"), table = gk_set_table(set, name);
    for (size_t i = 0; i < count; i++)
        if (gk_str_eq(files[i].name, name)) path = files[i].path;
    if (!table.ptr) table = gk_builtin_content(name);
    if (!table.ptr) return true;
    set->fold = set->own_fold = gk_fold_load(table, path, b->err);
    return set->fold != NULL;
}

static bool load_trees(gk_build *b, const gk_pattern_file *files, size_t count) {
    gk_arena *arena = &b->set->arena;
    b->tree = gk_arena_alloc(arena, count * sizeof *b->tree);
    b->stem = gk_arena_alloc(arena, count * sizeof *b->stem);
    for (size_t i = 0; i < count; i++) {
        if (!is_yaml(files[i].name)) continue;
        gk_tree *t = &b->tree[b->trees];
        b->stem[b->trees] = gk_str_slice(files[i].name, 0, files[i].name.len - strlen(".yaml"));
        if (files[i].tree) {
            *t = *files[i].tree;
            t->file = files[i].path;
        }
        if (!files[i].tree && !gk_yaml_read(files[i].path, files[i].content, arena, t, b->err))
            return false;
        b->trees++;
    }
    return true;
}

static bool build(gk_build *b, gk_pattern_file *files, size_t count) {
    if (count > 1) qsort(files, count, sizeof *files, by_name);
    if (!check_files(files, count, b->err)) return false;
    if (!load_tables(b, files, count) || !load_trees(b, files, count)) return false;
    if (!gk_build_vocab(b) || !gk_build_rules(b)) return false;
    gk_set_identity(files, count, b->set->digest);
    gk_set_build_dispatch(b->set);
    return true;
}

gk_set *gk_set_finish(gk_set *set, gk_pattern_file *files, size_t count, gk_err *err) {
    gk_build b = {.set = set, .err = err};
    bool good = build(&b, files, count);
    set->test = b.tests.at;
    set->tests = b.tests.len;
    if (good) return set;
    gk_set_free(set);
    return NULL;
}

/* --- entrances --- */

gk_set *gk_set_load_memory(const gk_str (*files)[2], size_t count, gk_err *err) {
    gk_set *set = gk_set_new();
    gk_pattern_file *file = gk_arena_zero(&set->arena, (count + 1) * sizeof *file);
    for (size_t i = 0; i < count; i++) {
        file[i].name = file[i].path = gk_arena_dup(&set->arena, files[i][0]);
        file[i].content = gk_arena_dup(&set->arena, files[i][1].ptr ? files[i][1] : GK_STR(""));
    }
    return gk_set_finish(set, file, count, err);
}

static bool fail_open(gk_err *err, gk_str path, const char *what, int error) {
    gk_err_set(err, GK_E_OPEN, "%s: %s", what, strerror(error));
    gk_err_file(err, path);
    return false;
}

static bool read_file(gk_set *set, gk_pattern_file *file, gk_err *err) {
    FILE *in = fopen(file->path.ptr, "rb");
    if (!in) return fail_open(err, file->path, "the pattern file cannot be opened", errno);
    gk_buf content = {.max = GK_MAX_PATTERN_FILE_BYTES + GK_BUF_PIECE};
    bool good = gk_buf_read(&content, in) || fail_open(err, file->path, "the pattern file cannot be read", errno);
    fclose(in);
    file->content = gk_arena_dup(&set->arena, gk_buf_str(&content));
    gk_buf_free(&content);
    return good;
}

typedef GK_VEC(gk_pattern_file) file_list;

static bool list_folder(gk_set *set, gk_str dir, file_list *files, gk_err *err) {
    gk_str path = gk_arena_dup(&set->arena, dir);
    DIR *folder = opendir(path.ptr ? path.ptr : "");
    if (!folder) return fail_open(err, dir, "the pattern folder cannot be opened", errno);
    for (struct dirent *e; (e = readdir(folder));) {
        gk_str name = gk_str_of(e->d_name);
        if (name.ptr[0] == '.' || (!is_yaml(name) && !is_table(name))) continue;
        gk_pattern_file *f = gk_vec_push(files);
        *f = (gk_pattern_file){.name = gk_arena_dup(&set->arena, name)};
        f->path = gk_arena_printf(&set->arena, "%.*s/%s", GK_STR_ARG(dir), e->d_name);
    }
    closedir(folder);
    return true;
}

gk_set *gk_set_load_dir(gk_str dir, gk_err *err) {
    gk_set *set = gk_set_new();
    file_list files = {0};
    bool good = list_folder(set, dir, &files, err);
    if (good && files.len > 1) qsort(files.at, files.len, sizeof *files.at, by_name);
    for (size_t i = 0; good && i < files.len; i++) good = read_file(set, &files.at[i], err);
    if (good) {
        set = gk_set_finish(set, files.at, files.len, err);
    } else {
        gk_set_free(set);
        set = NULL;
    }
    gk_vec_free(&files);
    return set;
}
