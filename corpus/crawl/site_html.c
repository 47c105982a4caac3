#include "corpus/crawl/site_html.h"

#include "text/charset.h"

static char small(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c; }
static bool is_letter(char c) { return small(c) >= 'a' && small(c) <= 'z'; }
static bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

bool st_same_rest(gk_str name, const char *word) {
    size_t i = 0;
    while (i < name.len && word[i] && small(name.ptr[i]) == word[i]) i++;
    return i == name.len && !word[i];
}

size_t st_find(gk_str s, const char *word) {
    size_t n = strlen(word);
    for (size_t at = 0; at + n <= s.len; at++)
        if (small(s.ptr[at]) == word[0] && st_same(gk_str_slice(s, at, at + n), word)) return at;
    return SIZE_MAX;
}

/* Behind the next `mark` from `at` on, else the end. */
static size_t behind(gk_str s, size_t at, gk_str mark) {
    size_t hit = gk_str_find(gk_str_slice(s, at, s.len), mark);
    return hit == SIZE_MAX ? s.len : at + hit + mark.len;
}

static size_t find_char(gk_str s, size_t at, char c) {
    const char *hit = at < s.len ? memchr(s.ptr + at, c, s.len - at) : NULL;
    return hit ? (size_t)(hit - s.ptr) : s.len;
}

/* What ends a name of a tag, of an attribute, and a value without quotes. */
enum { ENDS_NAME = 1, ENDS_ATTRIBUTE = 2, ENDS_VALUE = 4, BLANK = ENDS_NAME | ENDS_ATTRIBUTE | ENDS_VALUE };
static const unsigned char ends[256] = {
    [' '] = BLANK,  ['\t'] = BLANK, ['\n'] = BLANK, ['\v'] = BLANK, ['\f'] = BLANK,
    ['\r'] = BLANK, ['>'] = BLANK,  ['/'] = ENDS_NAME | ENDS_ATTRIBUTE, ['='] = ENDS_ATTRIBUTE,
};

static size_t run_end(gk_str s, size_t at, unsigned mark) {
    while (at < s.len && !(ends[(unsigned char)s.ptr[at]] & mark)) at++;
    return at;
}

/* One attribute from `at` on, which is behind white space and not at '>'. Returns where the next one may start. */
static size_t read_attr(gk_str s, size_t at, gk_str *name, gk_str *value) {
    size_t start = at;
    at = run_end(s, at + (s.ptr[at] == '='), ENDS_ATTRIBUTE); /* a name may begin with '=' */
    *name = gk_str_slice(s, start, at);
    *value = GK_STR("");
    size_t next = at;
    while (next < s.len && is_blank(s.ptr[next])) next++;
    if (next >= s.len || s.ptr[next] != '=') return at == start ? at + 1 : at;
    for (next++; next < s.len && is_blank(s.ptr[next]);) next++;
    if (next < s.len && (s.ptr[next] == '"' || s.ptr[next] == '\'')) {
        size_t end = find_char(s, next + 1, s.ptr[next]);
        *value = gk_str_slice(s, next + 1, end);
        return end < s.len ? end + 1 : end;
    }
    start = next;
    next = run_end(s, next, ENDS_VALUE);
    *value = gk_str_slice(s, start, next);
    return next;
}

static size_t skip_between(gk_str s, size_t at) {
    while (at < s.len && (is_blank(s.ptr[at]) || s.ptr[at] == '/')) at++;
    return at;
}

static size_t read_attrs(gk_str s, size_t at, st_token *out) {
    st_attribute a;
    while ((at = skip_between(s, at)) < s.len && s.ptr[at] != '>') {
        at = read_attr(s, at, &a.name, &a.value);
        if (out->attr_count < ST_FIRST_ATTRS) out->first[out->attr_count] = a;
        out->attr_count++;
    }
    return at;
}

gk_str st_attr(const st_token *tag, const char *wanted) {
    gk_str name, value;
    for (size_t i = 0; i < tag->attr_count && i < ST_FIRST_ATTRS; i++)
        if (st_same(tag->first[i].name, wanted)) return tag->first[i].value;
    if (tag->attr_count <= ST_FIRST_ATTRS) return GK_STR_NONE;
    for (size_t at = 0; (at = skip_between(tag->attrs, at)) < tag->attrs.len;) {
        at = read_attr(tag->attrs, at, &name, &value);
        if (st_same(name, wanted)) return value;
    }
    return GK_STR_NONE;
}

/* A script that is no program but a place to keep markup in. */
static bool holds_markup(const st_token *tag) {
    static const char *const kinds[] = {"text/xml", "text/html", "text/template", "text/x-template", "application/xml"};
    gk_str type = gk_str_trim(st_attr(tag, "type"));
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (st_same(type, kinds[i])) return true;
    return false;
}

static void note_script(st_reader *r, const st_token *tag) {
    static const char script_name[ST_NAME_BYTES] = "script", style_name[ST_NAME_BYTES] = "style";
    bool script = st_named(tag, script_name);
    if (!script && !st_named(tag, style_name)) return;
    if (script && holds_markup(tag)) return;
    r->script = true;
    r->script_end = script ? GK_STR("script") : GK_STR("style");
}

static st_kind read_script(st_reader *r, st_token *out) {
    size_t start = r->at, at = r->at;
    r->script = false;
    while ((at = behind(r->page, at, GK_STR("</"))) < r->page.len)
        if (st_same(gk_str_slice(r->page, at, at + r->script_end.len), r->script_end.ptr)) break;
    r->at = at < r->page.len ? at - 2 : r->page.len;
    out->text = gk_str_slice(r->page, start, r->at);
    return out->kind = ST_SCRIPT;
}

static void make_small(st_token *out) {
    memset(out->small, 0, sizeof out->small);
    for (size_t i = 0; i < out->name.len && out->name.len <= ST_NAME_BYTES; i++) out->small[i] = small(out->name.ptr[i]);
}

static st_kind read_tag(st_reader *r, st_token *out, size_t name_at) {
    size_t at = run_end(r->page, name_at, ENDS_NAME);
    out->name = gk_str_slice(r->page, name_at, at);
    make_small(out);
    size_t end = read_attrs(r->page, at, out);
    out->attrs = gk_str_slice(r->page, at, end);
    r->at = end < r->page.len ? end + 1 : end;
    if (out->kind == ST_OPEN) note_script(r, out);
    return out->kind;
}

/* Behind a comment, a declaration, or the opening of a CDATA section, whose content is read on. */
static size_t skip_declaration(gk_str s, size_t at) {
    gk_str rest = gk_str_slice(s, at, s.len);
    if (gk_str_starts(rest, GK_STR("<!--"))) return behind(s, at + 4, GK_STR("-->"));
    if (gk_str_starts(rest, GK_STR("<![CDATA["))) return at + 9;
    return behind(s, at, GK_STR(">"));
}

st_kind st_next(st_reader *r, st_token *out) {
    gk_str s = r->page;
    out->kind = ST_END;
    out->name = out->attrs = out->text = GK_STR_NONE;
    out->attr_count = 0;
    if (r->script) return read_script(r, out);
    while (r->at < s.len) {
        size_t start = r->at, at = s.ptr[start] == '<' ? start : find_char(s, start, '<');
        if (at > start) {
            r->at = at;
            out->text = gk_str_slice(s, start, at);
            return out->kind = ST_TEXT;
        }
        char next = at + 1 < s.len ? s.ptr[at + 1] : ' ';
        if (is_letter(next)) return out->kind = ST_OPEN, read_tag(r, out, at + 1);
        if (next == '/') return out->kind = ST_CLOSE, read_tag(r, out, at + 2);
        if (next == '!' || next == '?') {
            r->at = skip_declaration(s, at);
            continue;
        }
        r->at = find_char(s, at + 1, '<'); /* a lonely '<' is text */
        out->text = gk_str_slice(s, at, r->at);
        return out->kind = ST_TEXT;
    }
    return ST_END;
}

/* --- character references --- */

static const struct reference {
    const char *name;
    uint32_t code;
} references[] = {
    {"amp", '&'},      {"lt", '<'},       {"gt", '>'},       {"quot", '"'},     {"apos", '\''},   {"nbsp", 0xA0},
    {"ensp", 0x2002},  {"emsp", 0x2003},  {"thinsp", 0x2009}, {"middot", 0xB7},  {"ldquo", 0x201C}, {"rdquo", 0x201D},
    {"lsquo", 0x2018}, {"rsquo", 0x2019}, {"hellip", 0x2026}, {"mdash", 0x2014}, {"ndash", 0x2013}, {"times", 0xD7},
    {"bull", 0x2022},  {"laquo", 0xAB},   {"raquo", 0xBB},   {"copy", 0xA9},    {"lsaquo", 0x2039}, {"rsaquo", 0x203A},
};

static uint32_t digits(gk_str s, size_t *at, uint32_t base) {
    uint32_t n = 0;
    for (; *at < s.len && n <= 0x10FFFF; ++*at) {
        char c = small(s.ptr[*at]);
        if (c >= '0' && c <= '9') n = n * base + (uint32_t)(c - '0');
        else if (base == 16 && c >= 'a' && c <= 'f') n = n * 16 + (uint32_t)(c - 'a') + 10;
        else break;
    }
    return n;
}

static uint32_t numbered(gk_str s, size_t *bytes) {
    bool hex = s.len > 2 && small(s.ptr[2]) == 'x';
    size_t at = hex ? 3 : 2, start = at;
    uint32_t code = digits(s, &at, hex ? 16 : 10);
    if (at == start || code == 0 || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000)) return 0;
    *bytes = at + (at < s.len && s.ptr[at] == ';');
    return code;
}

/* The character of the reference that s starts with, 0 where it is none. A name may lack its semicolon where no letter
 * follows, except that `&copy=` in an address is no reference. */
static uint32_t reference_at(gk_str s, size_t *bytes) {
    if (s.len > 2 && s.ptr[1] == '#') return numbered(s, bytes);
    for (size_t i = 0; i < sizeof references / sizeof *references; i++) {
        size_t n = strlen(references[i].name);
        if (s.len < n + 1 || memcmp(s.ptr + 1, references[i].name, n) != 0) continue;
        char next = s.len > n + 1 ? s.ptr[n + 1] : ' ';
        if (next != ';' && (is_letter(next) || next == '=' || (next >= '0' && next <= '9'))) continue;
        *bytes = n + 1 + (next == ';');
        return references[i].code;
    }
    return 0;
}

static bool is_wide_blank(uint32_t code) {
    return code == 0xA0 || code == 0x3000 || (code >= 0x2000 && code <= 0x200B) || code == 0xFEFF;
}

static void put_code(gk_buf *out, uint32_t code) {
    char room[4];
    if (code <= ' ' || is_wide_blank(code)) {
        if (out->len && out->ptr[out->len - 1] != ' ') gk_buf_putc(out, ' ');
        return;
    }
    gk_buf_put(out, (gk_str){room, gk_utf8_put(room, code)});
}

/* Bytes of the character at `p`, of which `left` are there; 0 for what has to be looked at: blanks and references. */
static size_t plain_bytes(const unsigned char *p, size_t left) {
    if (p[0] < 0x80) return p[0] > ' ' && p[0] != '&';
    size_t bytes = p[0] >= 0xF0 ? 4 : p[0] >= 0xE0 ? 3 : p[0] >= 0xC3 ? 2 : 0;
    if (bytes == 0 || bytes > left) return 0;
    if (p[0] != 0xE2 && p[0] != 0xE3 && p[0] != 0xEF) return bytes;
    return is_wide_blank((p[0] & 0x0Fu) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu)) ? 0 : bytes;
}

/* The bytes that a character which is a blank or a reference starts with, and all control characters. */
#define FOUR(c) [c] = 1, [c + 1] = 1, [c + 2] = 1, [c + 3] = 1
static const unsigned char odd[256] = {
    FOUR(0),  FOUR(4),  FOUR(8),    FOUR(12),   FOUR(16),   FOUR(20),   FOUR(24),
    FOUR(28), [' '] = 1, ['&'] = 1, [0xC2] = 1, [0xE2] = 1, [0xE3] = 1, [0xEF] = 1,
};
#undef FOUR

/* `end`, or the start of the character that it cuts. */
static size_t whole_end(const unsigned char *p, size_t start, size_t end) {
    size_t lead = end;
    while (lead > start && (p[lead - 1] & 0xC0) == 0x80) lead--;
    if (lead == start) return end;
    unsigned char first = p[--lead];
    size_t bytes = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1;
    return lead + bytes > end ? lead : end;
}

/* Where the run of characters that stay as they are ends: whole ones, at most `most` bytes. Only those that may be odd are
 * told from each other. */
static size_t plain_end(gk_str s, size_t at, size_t most) {
    const unsigned char *p = (const unsigned char *)s.ptr;
    size_t start = at, end = most < s.len - at ? at + most : s.len;
    for (size_t bytes; at < end; at += bytes) {
        while (at < end && !odd[p[at]]) at++;
        if (at == end) return whole_end(p, start, end);
        if ((bytes = plain_bytes(p + at, end - at)) == 0) break;
    }
    return at;
}

void st_put_text(gk_buf *out, gk_str s) {
    for (size_t at = 0, bytes; at < s.len && !out->over; at += bytes) {
        size_t plain = plain_end(s, at, out->max ? out->max - out->len : s.len);
        if (plain > at) gk_buf_put(out, gk_str_slice(s, at, plain));
        at = plain;
        if (at == s.len) return;
        uint32_t code = (unsigned char)s.ptr[at];
        bytes = 1;
        if (code == '&' && (code = reference_at(gk_str_slice(s, at, s.len), &bytes)) == 0) code = '&', bytes = 1;
        else if (code >= 0x80 && bytes == 1) code = gk_utf8_at(gk_str_slice(s, at, s.len), &bytes);
        put_code(out, code);
    }
}

gk_str st_value(gk_str raw, bool url, gk_arena *arena) {
    raw = gk_str_trim(raw);
    bool plain = true;
    for (size_t i = 0; i < raw.len && plain; i++) plain = raw.ptr[i] != '&' && (unsigned char)raw.ptr[i] >= ' ';
    if (plain) return gk_arena_dup(arena, raw);
    gk_buf out = {0};
    for (size_t at = 0, bytes; at < raw.len; at += bytes) {
        char room[4];
        uint32_t code = 0;
        bytes = 1;
        if (raw.ptr[at] == '&') code = reference_at(gk_str_slice(raw, at, raw.len), &bytes);
        if (code) gk_buf_put(&out, (gk_str){room, gk_utf8_put(room, code)});
        else if (bytes = 1, !url || (unsigned char)raw.ptr[at] >= ' ') gk_buf_putc(&out, raw.ptr[at]);
    }
    gk_str kept = gk_arena_dup(arena, gk_str_trim(gk_buf_str(&out)));
    gk_buf_free(&out);
    return kept;
}
