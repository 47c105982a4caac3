#include "corpus/crawl/url.h"

#include <strings.h>

#include "corpus/crawl/url_part.h"
#include "text/charset.h"

/* A reference taken apart (RFC 3986, appendix B); parts that are not there are absent. */
typedef struct parts {
    gk_str scheme, authority, path, query, fragment;
} parts;

static gk_code fault_at(gk_err *err, gk_code code, size_t offset, const char *what) {
    gk_err_set(err, code, "%s", what);
    if (err) err->offset = offset;
    return code;
}

/* ---- reading ---- */

static bool is_mark(char c) { return c > ' ' && c <= '~'; }

/* Without blanks around it, those of ASCII and those that pages have beside them: no-break and wide spaces, zero width ones. */
static gk_str trim_wide(gk_str s) {
    static const char *const blanks[] = {"\xC2\xA0", "\xE3\x80\x80", "\xE2\x80\x8B", "\xEF\xBB\xBF"};
    if (s.len && is_mark(s.ptr[0]) && is_mark(s.ptr[s.len - 1])) return s;
    for (size_t before = s.len + 1; before != s.len;) {
        before = s.len;
        s = gk_str_trim(s);
        for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++) {
            gk_str blank = gk_str_of(blanks[i]);
            if (gk_str_starts(s, blank)) s = gk_str_slice(s, blank.len, s.len);
            if (gk_str_ends(s, blank)) s.len -= blank.len;
        }
    }
    return s;
}

/* The end of the piece of s that starts at `at` and has none of the marks, of which there are three (one may come twice). */
static size_t until(gk_str s, size_t at, const char marks[4]) {
    while (at < s.len && s.ptr[at] != marks[0] && s.ptr[at] != marks[1] && s.ptr[at] != marks[2]) at++;
    return at;
}

static size_t scheme_end(gk_str s) {
    size_t at = 0;
    for (; at < s.len && s.ptr[at] != ':'; at++) {
        char c = s.ptr[at], lower = (char)(c | 0x20);
        bool letter = lower >= 'a' && lower <= 'z';
        if (!letter && (at == 0 || !((c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.'))) return 0;
    }
    return at < s.len ? at : 0;
}

static parts take_apart(gk_str s) {
    parts p = {0};
    size_t at = scheme_end(s);
    if (at) p.scheme = gk_str_slice(s, 0, at++);
    if (gk_str_starts(gk_str_slice(s, at, s.len), GK_STR("//"))) {
        size_t end = until(s, at + 2, "/?#");
        p.authority = gk_str_slice(s, at + 2, end);
        at = end;
    }
    size_t end = until(s, at, "?##");
    p.path = gk_str_slice(s, at, end);
    if (end < s.len && s.ptr[end] == '?') {
        at = end + 1;
        end = until(s, at, "###");
        p.query = gk_str_slice(s, at, end);
    }
    if (end < s.len) p.fragment = gk_str_slice(s, end + 1, s.len);
    return p;
}

/* What may not stand in any reference; SIZE_MAX: nothing of it does. */
static size_t find_control(gk_str s) {
    for (size_t i = 0; i < s.len; i++)
        if ((unsigned char)s.ptr[i] < 0x20 || s.ptr[i] == 0x7F) return i;
    return SIZE_MAX;
}

static size_t find_backslash(gk_str s) {
    size_t end = until(s, 0, "?#\\");
    return end < s.len && s.ptr[end] == '\\' ? end : SIZE_MAX;
}

static gk_code check(gk_str reference, gk_str s, const parts *p, const gk_url *base, gk_err *err) {
    size_t start = (size_t)(s.ptr - reference.ptr), at;
    if (s.len > GK_MAX_URL_BYTES) return fault_at(err, GK_E_FORMAT, start, "a URL of more than 8192 bytes");
    if ((at = find_control(s)) != SIZE_MAX) return fault_at(err, GK_E_FORMAT, start + at, "a control character in a URL");
    bool known = !p->scheme.ptr || (p->scheme.len == 4 && strncasecmp(p->scheme.ptr, "http", 4) == 0) ||
                 (p->scheme.len == 5 && strncasecmp(p->scheme.ptr, "https", 5) == 0);
    if (!known) return fault_at(err, GK_E_FORMAT, start, "another scheme than http and https");
    if ((at = find_backslash(s)) != SIZE_MAX) return fault_at(err, GK_E_FORMAT, start + at, "a backslash in a URL");
    if (p->scheme.ptr && !p->authority.ptr) return fault_at(err, GK_E_FORMAT, start + p->scheme.len, "no host");
    if (!p->scheme.ptr && !base) return fault_at(err, GK_E_FORMAT, start, "a relative URL without a base");
    return GK_OK;
}

/* ---- the canonical form ---- */

/* The path before it is put together: that of the reference, behind the folder of the base where it is relative. */
static void put_path(const parts *p, const gk_url *base, gk_url_room *path) {
    bool own = p->authority.ptr || gk_str_starts(p->path, GK_STR("/"));
    if (!own) {
        size_t slash = gk_str_rfind(base->path, GK_STR("/"));
        gk_url_put(path, p->path.len ? gk_str_slice(base->path, 0, slash + 1) : base->path);
    } else if (!p->path.len) {
        gk_url_put(path, GK_STR("/"));
    }
    gk_url_put_normal(path, p->path, GK_URL_IN_PATH);
    gk_url_path_sessions(path);
    gk_url_dots(path, 0);
    if (path->len == 0) gk_url_put(path, GK_STR("/"));
}

static bool is_number(gk_str s) {
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] < '0' || s.ptr[i] > '9') return false;
    return s.len > 0;
}

/* "#/overView?code=1" and "#!page" say what is shown; "#top" and "#/" do not. A number does behind an address that is no
 * file ("/gkmlpt/index#1610"), and does not behind one ("/post_1.html#1610"). */
static bool has_identity(gk_str path, gk_str fragment) {
    if (!fragment.len) return false;
    size_t slash = gk_str_rfind(path, GK_STR("/"));
    gk_str tail = slash == SIZE_MAX ? path : gk_str_slice(path, slash + 1, path.len);
    if (is_number(fragment)) return tail.len > 0 && !memchr(tail.ptr, '.', tail.len);
    return fragment.len > 1 && (fragment.ptr[0] == '/' || fragment.ptr[0] == '!') && !gk_str_eqz(fragment, "!/");
}

/* Where the parts start in the text as it is written. */
typedef struct layout {
    size_t host, host_end, path, query, fragment;
    uint16_t port;
} layout;

/* Scheme, host and port, which is left out where it is the scheme's own (0: none was written). */
static void put_head(gk_url_room *out, gk_str scheme, gk_str host, uint16_t port, layout *at) {
    uint16_t usual = scheme.len == 5 ? 443 : 80;
    at->port = port ? port : usual;
    gk_url_put(out, scheme);
    gk_url_put(out, GK_STR("://"));
    at->host = out->len;
    gk_url_put(out, host);
    at->host_end = out->len;
    if (at->port == usual) return;
    char digits[8], *first = digits + sizeof digits;
    for (unsigned left = port; left; left /= 10) *--first = (char)('0' + left % 10);
    gk_url_put(out, GK_STR(":"));
    gk_url_put(out, (gk_str){first, (size_t)(digits + sizeof digits - first)});
}

static void put_tail(gk_url_room *out, const parts *p, const gk_url *base, layout *at) {
    gk_url_room part;
    gk_url_clear(&part);
    bool same = !p->authority.ptr && !p->path.len; /* the path of the base, and its query where there is no other */
    at->path = out->len;
    put_path(p, base, &part);
    gk_url_put(out, (gk_str){part.at, part.len});
    out->over |= part.over;
    gk_url_clear(&part);
    at->query = out->len;
    gk_str query = p->query.ptr || !same ? p->query : base->query;
    gk_url_put_normal(&part, query, GK_URL_IN_QUERY);
    if (query.ptr) gk_url_put_query(out, (gk_str){part.at, part.len});
    out->over |= part.over;
    gk_url_clear(&part);
    at->fragment = out->len;
    gk_url_put_normal(&part, p->fragment, GK_URL_IN_QUERY);
    gk_str path = {out->at + at->path, at->query - at->path};
    if (!has_identity(path, (gk_str){part.at, part.len})) return;
    gk_url_put(out, GK_STR("#"));
    gk_url_put(out, (gk_str){part.at, part.len});
    out->over |= part.over;
}

static gk_str slice_or_none(gk_str s, size_t mark, size_t end) {
    return mark < end ? gk_str_slice(s, mark + 1, end) : GK_STR_NONE;
}

static void fill(const gk_url_room *room, const layout *at, size_t site, gk_arena *arena, gk_url *out) {
    gk_str text = gk_arena_dup(arena, (gk_str){room->at, room->len});
    *out = (gk_url){
        .text = text,
        .scheme = gk_str_slice(text, 0, at->host - strlen("://")),
        .host = gk_str_slice(text, at->host, at->host_end),
        .path = gk_str_slice(text, at->path, at->query),
        .query = slice_or_none(text, at->query, at->fragment),
        .fragment = slice_or_none(text, at->fragment, text.len),
        .site = gk_str_slice(text, at->host_end - site, at->host_end),
        .port = at->port,
    };
}

gk_code gk_url_read(gk_str reference, const gk_url *base, gk_arena *arena, gk_url *out, gk_err *err) {
    gk_str s = trim_wide(reference);
    parts p = take_apart(s);
    gk_code code = check(reference, s, &p, base, err);
    if (code) return code;
    gk_str scheme = p.scheme.ptr ? p.scheme : base->scheme, name = base ? base->host : GK_STR_NONE;
    scheme = scheme.len == 5 ? GK_STR("https") : GK_STR("http");
    size_t site = base ? base->site.len : 0;
    gk_url_host host;
    if (p.authority.ptr) {
        size_t fault;
        const char *why = gk_url_host_read(p.authority, &host, &fault);
        if (why) return fault_at(err, GK_E_FORMAT, (size_t)(p.authority.ptr - reference.ptr) + fault, why);
        name = (gk_str){host.text, host.len};
        bool same = base && gk_str_eq(base->host, name); /* most links of a page; the list is slow */
        if (!same) site = gk_url_site(name, host.numeric).len;
    } else {
        host.port = base->port;
    }
    gk_url_room room;
    gk_url_clear(&room);
    layout at;
    put_head(&room, scheme, name, host.port, &at);
    put_tail(&room, &p, base, &at);
    if (room.over) return fault_at(err, GK_E_FORMAT, (size_t)(s.ptr - reference.ptr), "a URL of more than 8192 bytes");
    fill(&room, &at, site, arena, out);
    return GK_OK;
}

/* ---- taking apart what was read before ---- */

/* "host" or "host:8080"; false where it is neither. */
static bool split_authority(gk_str s, uint16_t usual, gk_url *out) {
    enum { MOST_DIGITS = 5 };
    size_t digits = s.len;
    uint32_t port = 0;
    while (digits && s.ptr[digits - 1] >= '0' && s.ptr[digits - 1] <= '9') digits--;
    bool has_port = digits && digits < s.len && s.ptr[digits - 1] == ':' && s.len - digits <= MOST_DIGITS;
    for (size_t i = digits; has_port && i < s.len; i++) port = port * 10 + (uint32_t)(s.ptr[i] - '0');
    out->host = gk_str_slice(s, 0, has_port ? digits - 1 : s.len);
    out->port = has_port ? (uint16_t)port : usual;
    return out->host.len > 0 && port <= UINT16_MAX;
}

bool gk_url_split(gk_str s, gk_str site, gk_url *out) {
    const gk_str mark = GK_STR("://");
    size_t colon = gk_str_starts(s, GK_STR("https")) ? strlen("https") : strlen("http"), start = colon + mark.len;
    if (!gk_str_starts(s, GK_STR("http")) || !gk_str_starts(gk_str_slice(s, colon, s.len), mark)) return false;
    const char *slash = s.len > start ? memchr(s.ptr + start, '/', s.len - start) : NULL;
    if (!slash) return false;
    size_t path = (size_t)(slash - s.ptr);
    *out = (gk_url){.text = s, .scheme = gk_str_slice(s, 0, colon)};
    if (!split_authority(gk_str_slice(s, start, path), colon == strlen("https") ? 443 : 80, out)) return false;
    const char *hash = memchr(slash, '#', s.len - path);
    size_t fragment = hash ? (size_t)(hash - s.ptr) : s.len;
    const char *question = memchr(slash, '?', fragment - path);
    size_t query = question ? (size_t)(question - s.ptr) : fragment;
    out->path = gk_str_slice(s, path, query);
    if (question) out->query = gk_str_slice(s, query + 1, fragment);
    if (hash) out->fragment = gk_str_slice(s, fragment + 1, s.len);
    out->site = site.len && gk_str_ends(out->host, site) ? gk_str_slice(out->host, out->host.len - site.len, out->host.len)
                                                         : out->host;
    return true;
}

/* ---- views ---- */

gk_str gk_url_target(const gk_url *url) {
    size_t tail = url->fragment.ptr ? url->fragment.len + 1 : 0;
    return gk_str_slice(url->text, 0, url->text.len - tail);
}

gk_str gk_url_words(const gk_url *url, gk_arena *arena) {
    gk_str target = gk_url_target(url);
    gk_str s = gk_str_slice(target, (size_t)(url->path.ptr - url->text.ptr), target.len);
    char *bytes = gk_arena_alloc(arena, s.len + 1);
    size_t len = 0;
    for (size_t at = 0; at < s.len; at++) {
        int value = gk_url_escaped(gk_str_slice(s, at, s.len));
        bytes[len++] = value < 0 ? s.ptr[at] : (char)value;
        if (value >= 0) at += 2;
    }
    gk_decoded d;
    gk_str raw = {bytes, len};
    return gk_decode(raw, arena, &d, NULL) == GK_OK ? d.text : s;
}
