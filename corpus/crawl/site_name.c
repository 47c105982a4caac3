/* Names of attachments: what the header says (RFC 6266, RFC 5987), the anchor text, a parameter of the address, its tail. */
#include "corpus/crawl/site_private.h"

#include "base/limits.h"
#include "text/charset.h"

static int hex(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static gk_str decoded(gk_str bytes, gk_arena *arena) {
    gk_decoded text;
    if (gk_decode(bytes, arena, &text, NULL) != GK_OK || text.damaged) return GK_STR_NONE;
    return gk_str_trim(text.text);
}

gk_str st_unescape(gk_str s, gk_arena *arena) {
    gk_buf out = {.max = GK_MAX_NAME_BYTES};
    for (size_t i = 0; i < s.len; i++) {
        int high = s.ptr[i] == '%' && i + 2 < s.len ? hex(s.ptr[i + 1]) : -1;
        int low = high >= 0 ? hex(s.ptr[i + 2]) : -1;
        if (low >= 0) gk_buf_putc(&out, (char)(high * 16 + low)), i += 2;
        else gk_buf_putc(&out, s.ptr[i] == '+' ? ' ' : s.ptr[i]);
    }
    gk_str kept = decoded(gk_arena_dup(arena, gk_buf_str(&out)), arena);
    gk_buf_free(&out);
    return kept;
}

static gk_str tail_of(gk_str name) {
    for (size_t at = name.len; at > 0; at--)
        if (name.ptr[at - 1] == '/' || name.ptr[at - 1] == '\\') return gk_str_slice(name, at, name.len);
    return name;
}

/* The value of a parameter of the header: `; name=value`, `; name="value"`. */
static gk_str header_parameter(gk_str header, const char *name) {
    for (size_t at = 0; at < header.len;) {
        size_t hit = st_find(gk_str_slice(header, at, header.len), name);
        if (hit == SIZE_MAX) break;
        size_t start = at + hit, next = start + strlen(name);
        at = next;
        bool alone = start > 0 && strchr("; \t", header.ptr[start - 1]) && next < header.len && header.ptr[next] == '=';
        if (!alone) continue;
        gk_str value = gk_str_slice(header, next + 1, header.len);
        bool quoted = value.len && value.ptr[0] == '"';
        if (quoted) value = gk_str_slice(value, 1, value.len);
        const char *end = value.len ? memchr(value.ptr, quoted ? '"' : ';', value.len) : NULL;
        return gk_str_trim(end ? gk_str_slice(value, 0, (size_t)(end - value.ptr)) : value);
    }
    return GK_STR_NONE;
}

gk_str st_name_of_header(gk_str header, gk_arena *arena) {
    gk_str extended = header_parameter(header, "filename*");
    if (extended.len) { /* UTF-8'zh'%E9%A2%84.pdf: the bytes tell their encoding themselves */
        size_t mark = gk_str_rfind(extended, GK_STR("'"));
        gk_str name = tail_of(st_unescape(mark == SIZE_MAX ? extended : gk_str_slice(extended, mark + 1, extended.len), arena));
        if (name.len) return name;
    }
    gk_str plain = header_parameter(header, "filename");
    return plain.len ? tail_of(st_unescape(plain, arena)) : GK_STR_NONE;
}

gk_str st_parameter(const gk_url *url, gk_str name, gk_arena *arena) {
    for (size_t at = 0, end; at < url->query.len; at = end + 1) {
        const char *amp = memchr(url->query.ptr + at, '&', url->query.len - at);
        end = amp ? (size_t)(amp - url->query.ptr) : url->query.len;
        gk_str pair = gk_str_slice(url->query, at, end);
        const char *equal = pair.len ? memchr(pair.ptr, '=', pair.len) : NULL;
        size_t n = equal ? (size_t)(equal - pair.ptr) : pair.len;
        if (equal && gk_str_eq(gk_str_slice(pair, 0, n), name)) return st_unescape(gk_str_slice(pair, n + 1, pair.len), arena);
    }
    return GK_STR_NONE;
}

static gk_str name_parameter(const st_profile *profile, const gk_url *url, gk_arena *arena) {
    for (size_t i = 0; profile && i < profile->names.len; i++) {
        gk_str name = st_parameter(url, profile->names.at[i], arena);
        if (name.len) return tail_of(name);
    }
    return GK_STR_NONE;
}

gk_str st_file_name(const st_page *p, const gk_url *url, gk_str text) {
    if (text.len) return text;
    gk_str name = name_parameter(p->profile, url, p->arena);
    if (!name.len) name = name_parameter(p->generic, url, p->arena);
    return name.len ? name : tail_of(st_unescape(url->path, p->arena));
}
