/* Refuses tags with very many attributes: the parser compares each attribute of a tag with all before it.
 *
 * The scan follows the parser's own grammar: quotes open a value behind `=` only, scripts and styles hold no tags. Where
 * a broken page makes the two disagree the worker's time limit is what is left. */
#include "base/limits.h"
#include "read/html.h"

static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
static bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

static size_t skip_blanks(gk_str s, size_t at) {
    while (at < s.len && is_blank(s.ptr[at])) at++;
    return at;
}

/* Behind the next `mark` from `at` on, else the end. */
static size_t behind(gk_str s, size_t at, gk_str mark) {
    size_t hit = gk_str_find(gk_str_slice(s, at, s.len), mark);
    return hit == SIZE_MAX ? s.len : at + hit + mark.len;
}

/* Behind a value that starts at `at`. */
static size_t skip_value(gk_str s, size_t at) {
    at = skip_blanks(s, at);
    if (at < s.len && (s.ptr[at] == '"' || s.ptr[at] == '\''))
        return behind(s, at + 1, (gk_str){&s.ptr[at], 1});
    while (at < s.len && !is_blank(s.ptr[at]) && s.ptr[at] != '>') at++;
    return at;
}

/* Behind the attributes of a tag; `*count` is how many it has. */
static size_t skip_attributes(gk_str s, size_t at, size_t *count) {
    for (*count = 0; at < s.len && s.ptr[at] != '>'; ++*count) {
        at = skip_blanks(s, at);
        size_t start = at;
        while (at < s.len && !is_blank(s.ptr[at]) && s.ptr[at] != '=' && s.ptr[at] != '>') at++;
        size_t next = skip_blanks(s, at);
        if (next < s.len && s.ptr[next] == '=') at = skip_value(s, next + 1);
        else if (at == start && at < s.len && s.ptr[at] != '>') at++;
    }
    return at;
}

static bool same_letters(gk_str s, size_t at, const char *word) {
    size_t n = strlen(word);
    if (s.len - at < n) return false;
    for (size_t i = 0; i < n; i++)
        if ((s.ptr[at + i] | 0x20) != word[i]) return false;
    return true;
}

/* Where the end tag of a script or style stands, else the end. */
static size_t skip_raw(gk_str s, size_t at, const char *word) {
    while ((at = behind(s, at, GK_STR("</"))) < s.len)
        if (same_letters(s, at, word)) return at;
    return s.len;
}

gk_code ht_guard(gk_str s, bool *cut, gk_err *err) {
    bool inside = false, begun = false, ended = false;
    for (size_t at = 0; (at = behind(s, at, GK_STR("<"))) < s.len;) {
        if (gk_str_starts(gk_str_slice(s, at, s.len), GK_STR("!--"))) {
            at = behind(s, at + 3, GK_STR("-->"));
            continue;
        }
        if (same_letters(s, at, "html")) begun = true;
        if (same_letters(s, at, "/html")) ended = true;
        if (!is_letter(s.ptr[at])) continue;
        const char *raw = same_letters(s, at, "script") ? "script" : same_letters(s, at, "style") ? "style" : NULL;
        size_t count;
        while (at < s.len && !is_blank(s.ptr[at]) && s.ptr[at] != '>') at++;
        at = skip_attributes(s, at, &count);
        if (count > GK_MAX_HTML_ATTRIBUTES) {
            gk_err_set(err, GK_E_LIMIT, "a tag has more than %u attributes (GK_MAX_HTML_ATTRIBUTES)", GK_MAX_HTML_ATTRIBUTES);
            if (err) err->offset = at;
            return GK_E_LIMIT;
        }
        inside = at == s.len;
        if (raw) at = skip_raw(s, at, raw);
    }
    *cut = inside || (begun && !ended);
    return GK_OK;
}
