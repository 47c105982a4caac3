#include "corpus/crawl/url_part.h"

#include <strings.h>

void gk_url_put(gk_url_room *room, gk_str s) {
    if (s.len > sizeof room->at - room->len) {
        room->over = true;
        return;
    }
    if (s.len) memcpy(room->at + room->len, s.ptr, s.len);
    room->len += s.len;
}

/* ---- characters ---- */

enum {
    RULE = GK_URL_IN_RULE,
    QUERY = GK_URL_IN_QUERY | RULE,
    PATH = GK_URL_IN_PATH | QUERY,
    PLAIN = GK_URL_UNRESERVED | PATH,
    MARK = PATH & ~RULE /* '*' and '$' */
};

#define FOUR(c) [c] = PLAIN, [c + 1] = PLAIN, [c + 2] = PLAIN, [c + 3] = PLAIN
static const unsigned char sets[256] = {
    FOUR('0'),     FOUR('4'),     ['8'] = PLAIN, ['9'] = PLAIN, FOUR('A'),     FOUR('E'),     FOUR('I'),    FOUR('M'),
    FOUR('Q'),     FOUR('U'),     ['Y'] = PLAIN, ['Z'] = PLAIN, FOUR('a'),     FOUR('e'),     FOUR('i'),    FOUR('m'),
    FOUR('q'),     FOUR('u'),     ['y'] = PLAIN, ['z'] = PLAIN, ['-'] = PLAIN, ['.'] = PLAIN, ['_'] = PLAIN, ['~'] = PLAIN,
    ['!'] = PATH,  ['&'] = PATH,  ['\''] = PATH, ['('] = PATH,  [')'] = PATH,  ['+'] = PATH,  [','] = PATH, [';'] = PATH,
    ['='] = PATH,  [':'] = PATH,  ['@'] = PATH,  ['/'] = PATH,  ['?'] = QUERY, ['*'] = MARK,  ['$'] = MARK,
};
#undef FOUR

static int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static size_t put_escape(unsigned char byte, char out[3]) {
    static const char digits[] = "0123456789ABCDEF";
    out[0] = '%', out[1] = digits[byte >> 4], out[2] = digits[byte & 15];
    return 3;
}

int gk_url_escaped(gk_str s) {
    if (s.len < 3 || s.ptr[0] != '%') return -1;
    int high = hex_value(s.ptr[1]), low = hex_value(s.ptr[2]);
    return high < 0 || low < 0 ? -1 : high << 4 | low;
}

size_t gk_url_step(gk_str s, unsigned set, char out[3], size_t *written) {
    unsigned char c = (unsigned char)s.ptr[0];
    if (sets[c] & set) return out[0] = (char)c, *written = 1;
    int value = gk_url_escaped(s);
    if (value < 0) return *written = put_escape(c, out), 1;
    if (sets[value] & GK_URL_UNRESERVED)
        out[0] = (char)value, *written = 1;
    else
        *written = put_escape((unsigned char)value, out);
    return 3;
}

void gk_url_put_normal(gk_url_room *room, gk_str s, unsigned set) {
    for (size_t at = 0, end = 0; at < s.len && !room->over; end = at) {
        while (end < s.len && (sets[(unsigned char)s.ptr[end]] & set)) end++;
        gk_url_put(room, gk_str_slice(s, at, end)); /* nearly always all of it */
        if (end == s.len) return;
        char out[3];
        size_t written;
        at = end + gk_url_step(gk_str_slice(s, end, s.len), set, out, &written);
        gk_url_put(room, (gk_str){out, written});
    }
}

/* ---- session parameters ---- */

/* Names by which servers carry a session in the URL, compared without case; a '*' at the end takes any tail. */
static const char *const sessions[] = {"jsessionid", "phpsessid", "aspsessionid*", "cfid", "cftoken", "zenid"};

static bool is_session(gk_str parameter) {
    const char *equals = parameter.len ? memchr(parameter.ptr, '=', parameter.len) : NULL;
    if (!equals) return false;
    size_t len = (size_t)(equals - parameter.ptr);
    for (size_t i = 0; i < sizeof sessions / sizeof *sessions; i++) {
        size_t n = strlen(sessions[i]);
        bool tail = sessions[i][n - 1] == '*';
        if (tail) n--;
        if ((tail ? len >= n : len == n) && strncasecmp(parameter.ptr, sessions[i], n) == 0) return true;
    }
    return false;
}

/* Where the piece that starts at `at` ends: at the next of the two marks, or at the end. */
static size_t piece_end(gk_str s, size_t at, char mark, char other) {
    while (at < s.len && s.ptr[at] != mark && s.ptr[at] != other) at++;
    return at;
}

void gk_url_path_sessions(gk_url_room *path) {
    if (!memchr(path->at, ';', path->len)) return;
    gk_str s = {path->at, path->len};
    size_t kept = 0;
    for (size_t at = 0, end; at < s.len; at = end) {
        end = piece_end(s, at + 1, ';', '/');
        if (s.ptr[at] == ';' && is_session(gk_str_slice(s, at + 1, end))) continue;
        memmove(path->at + kept, s.ptr + at, end - at);
        kept += end - at;
    }
    path->len = kept;
}

void gk_url_put_query(gk_url_room *room, gk_str query) {
    size_t start = room->len;
    gk_str glue = GK_STR("?");
    for (size_t at = 0, end; at <= query.len; at = end + 1) {
        end = piece_end(query, at, '&', '&');
        gk_str parameter = gk_str_slice(query, at, end);
        if (is_session(parameter)) continue;
        gk_url_put(room, glue);
        gk_url_put(room, parameter);
        glue = GK_STR("&");
    }
    if (room->len == start + 1) room->len = start; /* a '?' with nothing behind it */
}

/* ---- dot segments ---- */

/* The end of the path without its last segment: "/a/b" is cut to "/a". */
static size_t cut_segment(const gk_url_room *path, size_t start, size_t len) {
    while (len > start && path->at[len - 1] != '/') len--;
    return len > start ? len - 1 : start;
}

void gk_url_dots(gk_url_room *path, size_t start) {
    gk_str s = {path->at, path->len};
    size_t kept = start;
    for (size_t at = start, end; at < s.len; at = end) {
        end = piece_end(s, at + 1, '/', '/');
        gk_str segment = gk_str_slice(s, at + 1, end); /* s.ptr[at] is '/' */
        bool here = gk_str_eqz(segment, "."), up = gk_str_eqz(segment, "..");
        if (up) kept = cut_segment(path, start, kept);
        if (here || up) {
            if (end == s.len) path->at[kept++] = '/';
            continue;
        }
        memmove(path->at + kept, s.ptr + at, end - at);
        kept += end - at;
    }
    path->len = kept;
}
