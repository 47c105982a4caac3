#include "run/inputs.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/limits.h"
#include "run/captured.h"
#include "run/load.h"

/* A folder that is still to be entered. */
typedef struct folder {
    const char *path;
    uint32_t depth;
} folder;

/* One walk. Links to folders wait until all real folders are done, so that a file is found under its own path first. */
typedef struct walk {
    gk_inputs *in;
    GK_VEC(folder) real;
    GK_VEC(folder) linked;
    struct {
        struct seen {
            dev_t dev;
            ino_t ino; /* 0: free */
        } *at;
        size_t len, cap; /* cap is a power of two, at most half of it used */
    } seen; /* folders entered: a hash table with open addressing */
} walk;

static void add(gk_inputs *in, const char *path, uint64_t bytes, gk_code code, const char *why) {
    *gk_vec_push(&in->list) = (gk_input){.path = path, .bytes = bytes, .code = code, .why = why};
    in->bytes += bytes;
}

static void add_fault(walk *w, const char *path) {
    int number = errno;
    add(w->in, path, 0, GK_E_OPEN, gk_arena_dup(&w->in->arena, gk_str_of(strerror(number))).ptr);
}

/* The place of a folder in the table: where it stands, or the free one where it belongs. */
static struct seen *seen_at(const walk *w, struct seen key) {
    size_t i = (size_t)gk_str_hash((gk_str){(const char *)&key.ino, sizeof key.ino});
    while (w->seen.at[i & (w->seen.cap - 1)].ino != 0) {
        const struct seen *s = &w->seen.at[i & (w->seen.cap - 1)];
        if (s->ino == key.ino && s->dev == key.dev) break;
        i++;
    }
    return &w->seen.at[i & (w->seen.cap - 1)];
}

static void seen_grow(walk *w) {
    walk old = *w;
    w->seen.cap = old.seen.cap ? old.seen.cap * 2 : 64;
    w->seen.at = gk_alloc_zero(w->seen.cap, sizeof *w->seen.at);
    for (size_t i = 0; i < old.seen.cap; i++)
        if (old.seen.at[i].ino) *seen_at(w, old.seen.at[i]) = old.seen.at[i];
    free(old.seen.at);
}

/* False where the folder was entered before. */
static bool enter(walk *w, const struct stat *st) {
    if (w->seen.len * 2 >= w->seen.cap) seen_grow(w);
    struct seen key = {st->st_dev, st->st_ino ? st->st_ino : 1};
    struct seen *place = seen_at(w, key);
    if (place->ino) return false;
    *place = key;
    w->seen.len++;
    return true;
}

static void add_folder(walk *w, const char *path, uint32_t depth, bool linked) {
    if (depth > GK_MAX_PATH_DEPTH) {
        add(w->in, path, 0, GK_E_LIMIT, "more folders below each other than GK_MAX_PATH_DEPTH");
        return;
    }
    folder next = {path, depth};
    if (linked) *gk_vec_push(&w->linked) = next;
    else *gk_vec_push(&w->real) = next;
}

static void add_entry(walk *w, folder dir, const char *name) {
    size_t len = strlen(dir.path);
    const char *slash = len && dir.path[len - 1] == '/' ? "" : "/";
    const char *path = gk_arena_printf(&w->in->arena, "%s%s%s", dir.path, slash, name).ptr;
    struct stat own, st;
    if (lstat(path, &own) != 0 || stat(path, &st) != 0) add_fault(w, path);
    else if (S_ISDIR(st.st_mode)) add_folder(w, path, dir.depth + 1, S_ISLNK(own.st_mode));
    else if (S_ISREG(st.st_mode)) add(w->in, path, (uint64_t)st.st_size, GK_OK, NULL);
}

static void walk_folder(walk *w, folder dir) {
    struct stat st;
    if (stat(dir.path, &st) != 0) {
        add_fault(w, dir.path);
        return;
    }
    if (!enter(w, &st)) return;
    DIR *handle = opendir(dir.path);
    if (!handle) {
        add_fault(w, dir.path);
        return;
    }
    const struct dirent *entry;
    while (errno = 0, (entry = readdir(handle)))
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) add_entry(w, dir, entry->d_name);
    if (errno) add_fault(w, dir.path);
    closedir(handle);
}

static int by_path(const void *a, const void *b) {
    return strcmp(((const gk_input *)a)->path, ((const gk_input *)b)->path);
}

static int folder_by_path(const void *a, const void *b) {
    return strcmp(((const folder *)a)->path, ((const folder *)b)->path);
}

static void walk_all(walk *w) {
    while (w->real.len || w->linked.len) {
        while (w->real.len) walk_folder(w, w->real.at[--w->real.len]);
        /* The links of one round are entered in order, whatever order the system lists a folder in. */
        if (w->linked.len > 1) qsort(w->linked.at, w->linked.len, sizeof *w->linked.at, folder_by_path);
        for (size_t i = w->linked.len; i-- > 0;) *gk_vec_push(&w->real) = w->linked.at[i];
        w->linked.len = 0;
    }
}

/* In a folder only what is called a WARC file is looked into, so that the list of many files costs nothing. */
static bool is_called_warc(const char *path) {
    gk_str name = gk_str_of(path);
    return gk_str_ends(name, GK_STR(".warc")) || gk_str_ends(name, GK_STR(".warc.gz"));
}

/* WARC files among the inputs from `first` on are replaced by what they hold. */
static void open_warcs(gk_inputs *in, size_t first) {
    size_t count = in->list.len - first;
    bool any = false;
    for (size_t i = first; i < in->list.len; i++) any |= in->list.at[i].code == GK_OK && is_called_warc(in->list.at[i].path);
    if (!any) return;
    gk_input *files = gk_alloc(count * sizeof *files);
    memcpy(files, in->list.at + first, count * sizeof *files);
    in->list.len = first;
    for (size_t i = 0; i < count; i++) {
        bool opened = files[i].code == GK_OK && is_called_warc(files[i].path) && gk_captured_add_warc(in, files[i].path);
        if (opened) in->bytes -= files[i].bytes;
        else *gk_vec_push(&in->list) = files[i];
    }
    free(files);
}

void gk_inputs_add(gk_inputs *in, const char *path) {
    struct stat st;
    path = gk_arena_dup(&in->arena, gk_str_of(path)).ptr;
    bool standard = strcmp(path, "-") == 0;
    if (!standard && (gk_captured_add_archive(in, path) || gk_captured_add_warc(in, path))) return;
    if (standard || stat(path, &st) != 0 || !S_ISDIR(st.st_mode)) {
        bool sized = !standard && stat(path, &st) == 0 && S_ISREG(st.st_mode);
        add(in, path, sized ? (uint64_t)st.st_size : 0, GK_OK, NULL); /* a missing file is reported by its reader */
        return;
    }
    walk w = {.in = in};
    size_t first = in->list.len;
    add_folder(&w, path, 0, false);
    walk_all(&w);
    if (in->list.len > first) qsort(in->list.at + first, in->list.len - first, sizeof *in->list.at, by_path);
    open_warcs(in, first);
    gk_vec_free(&w.real);
    gk_vec_free(&w.linked);
    free(w.seen.at);
}

static void add_name(gk_inputs *in, gk_str name, bool line) {
    if (line && gk_str_ends(name, GK_STR("\r"))) name.len--;
    if (!name.len) return;
    /* Within a list "-" is a file of that name: the standard input may be the list itself. */
    gk_inputs_add(in, gk_str_eqz(name, "-") ? "./-" : gk_arena_dup(&in->arena, name).ptr);
}

gk_code gk_inputs_add_list(gk_inputs *in, const char *path, gk_err *err) {
    gk_buf names = {0};
    gk_code code = gk_load(path, &names, err);
    gk_str rest = gk_buf_str(&names);
    bool lines = code == GK_OK && !(rest.len && memchr(rest.ptr, '\0', rest.len));
    while (code == GK_OK && rest.len) {
        const char *end = memchr(rest.ptr, lines ? '\n' : '\0', rest.len);
        size_t len = end ? (size_t)(end - rest.ptr) : rest.len;
        add_name(in, gk_str_slice(rest, 0, len), lines);
        rest = gk_str_slice(rest, len + 1, rest.len);
    }
    gk_buf_free(&names);
    return code;
}

void gk_inputs_free(gk_inputs *in) {
    gk_vec_free(&in->list);
    gk_arena_free(&in->arena);
    *in = (gk_inputs){0};
}
