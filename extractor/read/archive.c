#include "read/archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <locale.h>
#include <stdlib.h>

#include "base/limits.h"
#include "read/zip.h"
#include "text/charset.h"

typedef struct walk {
    gk_archive_take *take;
    void *user;
    size_t packed;     /* bytes of the outermost archive */
    uint64_t total;    /* decoded so far, of all members of all levels */
    uint32_t members;
} walk;

/* ---- recognition */

static bool is_gzip(gk_str s) { return gk_str_starts(s, GK_STR("\x1F\x8B\x08")); }

/* POSIX.1-1988: the word ustar stands in the header of the first member. */
static bool is_tar(gk_str s) { return s.len >= 512 && memcmp(s.ptr + 257, "ustar", 5) == 0; }

/* ZIP files that are one document: Office Open XML, OpenDocument and EPUB, OFD. */
static bool is_document(gk_str s) {
    static const char *const heads[] = {"[Content_Types].xml", "word/", "xl/", "ppt/", "mimetype", "OFD.xml"};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        if (gk_zip_has(s, heads[i])) return true;
    return false;
}

bool gk_archive_is(gk_str bytes) {
    if (gk_str_starts(bytes, GK_STR("PK\x05\x06"))) return true;
    if (gk_zip_is(bytes)) return !is_document(bytes);
    return is_gzip(bytes) || is_tar(bytes);
}

/* ---- names */

/* The name in UTF-8, without control characters. */
static gk_str clean_name(gk_str raw, gk_arena *arena) {
    gk_decoded decoded;
    raw = gk_str_slice(raw, 0, GK_MAX_NAME_BYTES);
    if (gk_decode(raw, arena, &decoded, NULL) != GK_OK) decoded.text = GK_STR("?");
    gk_str name = gk_arena_dup(arena, decoded.text);
    for (size_t i = 0; i < name.len; i++) {
        char *c = (char *)name.ptr + i;
        if ((unsigned char)*c < 0x20 || *c == 0x7F) *c = '?';
        if (*c == '\\') *c = '/';
    }
    return name;
}

/* The member of a gzip file has no name: it is that of the file without its .gz. */
static gk_str unpacked_name(gk_str source) {
    size_t slash = gk_str_rfind(source, GK_STR("/")), mark = gk_str_rfind(source, GK_STR("!"));
    size_t from = slash == SIZE_MAX ? 0 : slash + 1;
    if (mark != SIZE_MAX && mark + 1 > from) from = mark + 1;
    gk_str base = gk_str_slice(source, from, source.len);
    return gk_str_ends(base, GK_STR(".gz")) && base.len > 3 ? gk_str_slice(base, 0, base.len - 3) : GK_STR("data");
}

static gk_str base_of(gk_str name) {
    size_t slash = gk_str_rfind(name, GK_STR("/"));
    return slash == SIZE_MAX ? name : gk_str_slice(name, slash + 1, name.len);
}

static bool is_dropping(gk_str name) {
    gk_str base = base_of(name);
    return !base.len || gk_str_starts(name, GK_STR("__MACOSX/")) || gk_str_starts(base, GK_STR("._")) ||
           gk_str_eqz(base, ".DS_Store") || gk_str_eqz(base, "Thumbs.db");
}

/* ---- the walk */

static gk_code walk_archive(walk *w, gk_str bytes, gk_str source, uint32_t depth);

static gk_code fail(const walk *w, gk_str source, const gk_err *err) {
    return w->take(w->user, GK_STR(""), source, err);
}

static gk_code take_member(walk *w, gk_str bytes, gk_str source, uint32_t depth) {
    gk_err err;
    if (!gk_archive_is(bytes)) return w->take(w->user, bytes, source, NULL);
    if (depth < GK_MAX_NESTING) return walk_archive(w, bytes, source, depth + 1);
    gk_err_set(&err, GK_E_LIMIT, "archives stand more than %u deep in each other (GK_MAX_NESTING)", GK_MAX_NESTING);
    return w->take(w->user, bytes, source, &err);
}

/* One member; *broken is set where the archive cannot be read any further. */
static gk_code read_member(walk *w, struct archive *a, gk_str source, uint32_t depth, bool *broken) {
    gk_buf data = {0};
    gk_err err;
    gk_code code = gk_zip_decode(a, w->packed, &w->total, &data, &err);
    *broken = code != GK_OK;
    code = *broken ? fail(w, source, &err) : take_member(w, data.len ? gk_buf_str(&data) : GK_STR(""), source, depth);
    gk_buf_free(&data);
    return code;
}

static gk_code visit(walk *w, struct archive *a, struct archive_entry *entry, gk_str source, uint32_t depth, bool *broken) {
    gk_arena arena = {0};
    gk_err err;
    gk_code code = GK_OK;
    const char *path = archive_entry_pathname(entry);
    bool raw = archive_format(a) == ARCHIVE_FORMAT_RAW;
    gk_str name = raw ? unpacked_name(source) : clean_name(gk_str_of(path ? path : ""), &arena);
    gk_str whole = gk_arena_printf(&arena, "%.*s!%.*s", GK_STR_ARG(source), GK_STR_ARG(name));
    if (archive_entry_is_data_encrypted(entry)) {
        gk_err_set(&err, GK_E_ENCRYPTED, "the member is encrypted: a password is needed");
        code = fail(w, whole, &err);
    } else if ((raw || archive_entry_filetype(entry) == AE_IFREG) && !is_dropping(name))
        code = read_member(w, a, whole, depth, broken);
    gk_arena_free(&arena);
    return code;
}

/* Members below *from were visited before; *from is then the next one, where a damaged member ended the walk. */
static gk_code walk_members(walk *w, struct archive *a, gk_str bytes, gk_str source, uint32_t depth, uint32_t *from,
                            bool *broken) {
    struct archive_entry *entry;
    gk_err err;
    gk_code code = GK_OK;
    uint32_t number = 0;
    for (*broken = false; code == GK_OK && !*broken; number++) {
        int status = archive_read_next_header(a, &entry);
        if (status == ARCHIVE_EOF && number) return code;
        if (number < *from && status >= ARCHIVE_WARN && status != ARCHIVE_EOF) continue;
        if (status == ARCHIVE_EOF) gk_err_set(&err, GK_E_FORMAT, "the archive has no members");
        else if (status < ARCHIVE_WARN) gk_zip_fault(a, &err);
        else if (w->members == GK_MAX_MEMBERS)
            gk_err_set(&err, GK_E_LIMIT, "the archive has more than %u members (GK_MAX_MEMBERS)", GK_MAX_MEMBERS);
        else {
            *from = number + 1;
            w->members++;
            code = visit(w, a, entry, source, depth, broken);
            continue;
        }
        return w->take(w->user, bytes, source, &err);
    }
    return code;
}

static gk_code walk_from(walk *w, gk_str bytes, gk_str source, uint32_t depth, uint32_t *from, bool *broken) {
    struct archive *a = archive_read_new();
    gk_err err;
    if (!a) gk_oom(0);
    archive_read_support_format_zip(a);
    archive_read_support_format_tar(a);
    archive_read_support_filter_gzip(a);
    if (is_gzip(bytes)) archive_read_support_format_raw(a);
    gk_code code;
    *broken = false;
    if (archive_read_open_memory(a, bytes.ptr, bytes.len) == ARCHIVE_OK)
        code = walk_members(w, a, bytes, source, depth, from, broken);
    else {
        gk_zip_fault(a, &err);
        code = w->take(w->user, bytes, source, &err);
    }
    archive_read_free(a);
    return code;
}

/* libarchive does not go on behind a damaged member. The list at the end of a ZIP file says where the next one is, so such
 * a file is opened again; in other archives nothing can be found behind the damage. */
static gk_code walk_archive(walk *w, gk_str bytes, gk_str source, uint32_t depth) {
    enum { MOST_DAMAGED = 16 };
    uint32_t from = 0;
    bool broken = true, listed = gk_zip_is(bytes);
    gk_code code = GK_OK;
    for (int times = 0; code == GK_OK && broken && (times == 0 || listed) && times < MOST_DAMAGED; times++)
        code = walk_from(w, bytes, source, depth, &from, &broken);
    return code;
}

/* Members that are marked as UTF-8 keep their names only where the locale is of UTF-8. */
gk_code gk_archive_each(gk_str bytes, gk_str source, gk_archive_take *take, void *user) {
    walk w = {.take = take, .user = user, .packed = bytes.len};
    locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0), before = (locale_t)0;
    if (utf8) before = uselocale(utf8);
    gk_code code = walk_archive(&w, bytes, source, 1);
    if (utf8) {
        uselocale(before);
        freelocale(utf8);
    }
    return code;
}
