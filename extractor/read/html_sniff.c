/* Whether bytes are HTML, by what they hold: a name or a declared type is never asked. */
#include "read/html.h"

enum { LOOK = 16384 }; /* bytes that are looked at; pages begin with long scripts at times */

static char small(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c; }
static bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

static bool starts(gk_str s, const char *word) {
    size_t n = strlen(word);
    if (s.len < n) return false;
    for (size_t i = 0; i < n; i++)
        if (small(s.ptr[i]) != word[i]) return false;
    return true;
}

/* The letters of UTF-16 that are ASCII, the first LOOK of them; `low` is where their byte stands. */
static size_t narrow(gk_str s, size_t low, char *out) {
    size_t n = 0;
    for (size_t i = 2; i + 1 < s.len && n < LOOK; i += 2) out[n++] = s.ptr[i + 1 - low] ? '?' : s.ptr[i + low];
    return n;
}

static gk_str behind(gk_str s, gk_str mark) {
    size_t at = gk_str_find(s, mark);
    return gk_str_slice(s, at == SIZE_MAX ? s.len : at + mark.len, s.len);
}

/* Without what may stand before the first tag: blanks, comments, `<?xml ...?>`, directives of page languages. */
static gk_str skip_head(gk_str s) {
    if (gk_str_starts(s, GK_STR("\xEF\xBB\xBF"))) s = gk_str_slice(s, 3, s.len);
    for (size_t before = s.len + 1; s.len < before;) {
        before = s.len;
        while (s.len && is_blank(s.ptr[0])) s = gk_str_slice(s, 1, s.len);
        if (starts(s, "<!--")) s = behind(s, GK_STR("-->"));
        else if (starts(s, "<?xml ")) s = behind(s, GK_STR("?>"));
        else if (starts(s, "<%")) s = behind(s, GK_STR("%>"));
    }
    return s;
}

/* Whether a tag of HTML starts at s, which begins with `<`. */
static bool is_tag(gk_str s) {
    static const char *const known[] = {"a",    "b",    "body", "br",   "center", "div",  "font",   "form",   "h1",    "h2",
                                        "h3",   "h4",   "head", "html", "img",    "li",   "link",   "meta",   "ol",    "p",
                                        "script", "span", "strong", "style", "table", "tbody", "td", "th", "title", "tr", "ul"};
    s = gk_str_slice(s, s.len > 1 && s.ptr[1] == '/' ? 2 : 1, s.len);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        size_t n = strlen(known[i]);
        if (starts(s, known[i]) && s.len > n && (is_blank(s.ptr[n]) || s.ptr[n] == '>' || s.ptr[n] == '/')) return true;
    }
    return false;
}

/* A fragment begins with a tag and has more of them, end tags too. A text in which one stands somewhere is a text. */
static bool is_fragment(gk_str s) {
    size_t tags = 0, ends = 0;
    if (!s.len || s.ptr[0] != '<' || !is_tag(s)) return false;
    for (size_t i = 0; i + 1 < s.len; i++) {
        if (s.ptr[i] != '<' || !is_tag(gk_str_slice(s, i, s.len))) continue;
        tags++;
        ends += s.ptr[i + 1] == '/';
    }
    return tags >= 2 && ends >= 1;
}

int ht_sniff(gk_str bytes) {
    enum { SURE = 30, LIKELY = 20 };
    char wide[LOOK];
    gk_str s = gk_str_slice(bytes, 0, LOOK);
    if (gk_str_starts(s, GK_STR("\xFF\xFE"))) s = (gk_str){wide, narrow(bytes, 0, wide)};
    else if (gk_str_starts(s, GK_STR("\xFE\xFF"))) s = (gk_str){wide, narrow(bytes, 1, wide)};
    s = skip_head(s);
    if (starts(s, "<!doctype html") || starts(s, "<!doctype>") || starts(s, "<html")) return SURE;
    return is_fragment(s) ? LIKELY : 0;
}
