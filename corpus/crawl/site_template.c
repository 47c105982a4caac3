/* Addresses with holes: "{name}_{index}.{ext}"; "{{" and "}}" for braces; "{query:query}" and "{webname:form}" with a
 * filter. */
#include "corpus/crawl/site_private.h"

#include <stdlib.h>

static const char *const filters[] = {[ST_RAW] = "", [ST_FORM] = "form", [ST_QUERY] = "query"};

typedef GK_VEC(st_piece) pieces;

static bool read_hole(const gk_tree *t, uint32_t node, gk_str text, size_t at, size_t *end, st_piece *out, gk_err *err) {
    const char *close = memchr(text.ptr + at, '}', text.len - at);
    if (!close) return gk_node_fail_at(t, node, at, err, "a hole of a template must end with `}`");
    gk_str inside = gk_str_slice(text, at + 1, (size_t)(close - text.ptr));
    const char *colon = memchr(inside.ptr, ':', inside.len);
    gk_str filter = colon ? gk_str_slice(inside, (size_t)(colon - inside.ptr) + 1, inside.len) : GK_STR("");
    *out = (st_piece){.text = colon ? gk_str_slice(inside, 0, (size_t)(colon - inside.ptr)) : inside, .hole = true};
    *end = (size_t)(close - text.ptr) + 1;
    if (!out->text.len) return gk_node_fail_at(t, node, at, err, "a hole of a template needs a name");
    for (size_t i = 0; i < sizeof filters / sizeof *filters; i++)
        if (gk_str_eqz(filter, filters[i]) && (i > 0 || !colon)) return out->filter = (st_filter)i, true;
    return gk_node_fail_at(t, node, at, err, "there is no filter `%.*s`; form and query are known", GK_STR_ARG(filter));
}

static size_t literal_end(gk_str text, size_t at) {
    while (at < text.len && text.ptr[at] != '{' && text.ptr[at] != '}') at++;
    return at;
}

static bool read_pieces(const gk_tree *t, uint32_t node, gk_str text, pieces *out, gk_err *err) {
    for (size_t at = 0, end; at < text.len; at = end) {
        st_piece piece = {.text = gk_str_slice(text, at, end = literal_end(text, at))};
        bool brace = end == at;
        if (brace && at + 1 < text.len && text.ptr[at + 1] == text.ptr[at]) {
            piece.text = gk_str_slice(text, at, at + 1);
            end = at + 2;
        } else if (brace && text.ptr[at] == '}') {
            return gk_node_fail_at(t, node, at, err, "a `}` that is no end of a hole is written `}}`");
        } else if (brace && !read_hole(t, node, text, at, &end, &piece, err)) {
            return false;
        }
        *gk_vec_push(out) = piece;
    }
    return true;
}

bool st_template_read(gk_sites *s, const gk_tree *t, uint32_t node, st_template *out, gk_err *err) {
    pieces list = {0};
    bool good = read_pieces(t, node, gk_arena_dup(&s->arena, gk_node_text(t, node)), &list, err);
    out->len = list.len;
    out->at = gk_arena_alloc(&s->arena, (list.len + 1) * sizeof *out->at);
    if (list.len) memcpy(out->at, list.at, list.len * sizeof *out->at);
    gk_vec_free(&list);
    return good;
}

void st_vars_set(st_vars *v, gk_str name, gk_str value) {
    for (size_t i = 0; i < v->len; i++)
        if (gk_str_eq(v->at[i].name, name)) {
            v->at[i].value = value;
            return;
        }
    if (v->len < ST_MAX_VARS) v->at[v->len++] = (st_var){name, value};
}

static gk_str get(const st_vars *v, gk_str name) {
    for (size_t i = 0; i < v->len; i++)
        if (gk_str_eq(v->at[i].name, name)) return v->at[i].value;
    return GK_STR_NONE;
}

gk_str st_vars_get(const st_vars *v, const char *name) { return get(v, gk_str_of(name)); }

bool st_template_uses(const st_template *t, const char *name) {
    for (size_t i = 0; i < t->len; i++)
        if (t->at[i].hole && gk_str_eqz(t->at[i].text, name)) return true;
    return false;
}

/* application/x-www-form-urlencoded, of the UTF-8 bytes (URL Standard, section 5.2; a blank as %20). */
static void put_form(gk_buf *out, gk_str s) {
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] && strchr(plain, s.ptr[i])) gk_buf_putc(out, s.ptr[i]);
        else gk_buf_printf(out, "%%%02X", (unsigned)(unsigned char)s.ptr[i]);
}

static gk_str unquoted(gk_str s) {
    s = gk_str_trim(s);
    bool quoted = s.len >= 2 && (s.ptr[0] == '\'' || s.ptr[0] == '"') && s.ptr[s.len - 1] == s.ptr[0];
    return quoted ? gk_str_slice(s, 1, s.len - 1) : s;
}

/* {'parseType':'bulidstatic','webId':'3176'} -> parseType=bulidstatic&webId=3176. The braces may be missing. */
static void put_query(gk_buf *out, gk_str s) {
    s = gk_str_trim(s);
    if (s.len >= 2 && s.ptr[0] == '{' && s.ptr[s.len - 1] == '}') s = gk_str_slice(s, 1, s.len - 1);
    for (size_t at = 0, end; at < s.len; at = end + 1) {
        char quote = 0;
        size_t colon = 0;
        for (end = at; end < s.len && (quote || s.ptr[end] != ','); end++) {
            if (quote ? s.ptr[end] == quote : s.ptr[end] == '\'' || s.ptr[end] == '"') quote = quote ? 0 : s.ptr[end];
            else if (!quote && s.ptr[end] == ':' && !colon) colon = end;
        }
        if (!colon) continue;
        if (out->len && out->ptr[out->len - 1] != '?' && out->ptr[out->len - 1] != '&') gk_buf_putc(out, '&');
        put_form(out, unquoted(gk_str_slice(s, at, colon)));
        gk_buf_putc(out, '=');
        put_form(out, unquoted(gk_str_slice(s, colon + 1, end)));
    }
}

static void put_raw(gk_buf *out, gk_str s) { gk_buf_put(out, s); }

bool st_template_fill(const st_template *t, const st_vars *vars, gk_arena *arena, gk_str *out) {
    static void (*const put[])(gk_buf *, gk_str) = {[ST_RAW] = put_raw, [ST_FORM] = put_form, [ST_QUERY] = put_query};
    gk_buf text = {.max = ST_MAX_FILL};
    bool good = true;
    for (size_t i = 0; good && i < t->len; i++) {
        gk_str value = t->at[i].hole ? get(vars, t->at[i].text) : t->at[i].text;
        good = value.ptr != NULL;
        put[t->at[i].filter](&text, value);
    }
    good = good && !text.over;
    *out = good ? gk_arena_dup(arena, gk_buf_str(&text)) : GK_STR_NONE;
    gk_buf_free(&text);
    return good;
}
