/* Class names and ids by which content systems mark the body of an article, and by which pages mark what is around it.
 *
 * These are conventions of the web, not words of a language: TRS, Hanweb, Visual SiteBuilder (VSB), UCAP, Founder, JCMS
 * and their templates. A page that follows none of them is read by the density of its text (html_find.c). */
#include "read/html.h"

typedef struct known_name {
    const char *name; /* in small letters */
    bool id;          /* an id, else a class */
    bool prefix;      /* names that begin so */
} known_name;

static const known_name articles[] = {
    {"trs_editor", false, true},
    {"trs_ueditor", false, false},
    {"trs_preappend", false, false},
    {"ucap-content", true, false},
    {"ucap-content", false, false},
    {"vsb_content", true, true},
    {"v_news_content", false, false},
    {"zoom", true, false},
    {"zoomcon", true, false},
    {"fontzoom", true, false},
    {"newscontent", true, false},
    {"j-fontcontent", false, false},
    {"pages_content", false, false},
    {"bt-content", false, false},
    {"ewb-article-info", false, false},
    {"article-content", false, false},
    {"news_content", false, false},
};

/* Parts of names, set apart by `-`, `_` or a capital letter: `top-nav`, `shareBox`. */
static const char *const asides[] = {
    "bdshare",   "bdsharebuttonbox", "bottom",  "breadcrumb", "breadcrumbs", "copyright", "crumb",   "crumbs",
    "dqwz",      "erweima",          "ewm",     "fenxiang",   "foot",        "footer",    "friendlink", "gotop",
    "head",      "header",           "leftnav", "location",   "login",       "menu",      "nav",     "navbar",
    "navigation", "pager",           "pagination", "position", "print",      "qrcode",    "recommend", "related",
    "search",    "share",            "sidebar", "sidenav",    "toolbar",     "topbar",    "weizhi",
};

/* Whole names that frameworks give to what is not shown at first. */
static const char *const unseen[] = {"hide", "hidden", "d-none", "layui-hide", "sr-only"};

static char small(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c; }

static bool matches(gk_str s, const char *word, bool prefix) {
    size_t n = strlen(word);
    if (prefix ? s.len < n : s.len != n) return false;
    for (size_t i = 0; i < n; i++)
        if (small(s.ptr[i]) != word[i]) return false;
    return true;
}

static bool is_article(gk_str name, bool id) {
    for (size_t i = 0; i < sizeof articles / sizeof *articles; i++)
        if (articles[i].id == id && matches(name, articles[i].name, articles[i].prefix)) return true;
    return false;
}

static bool is_aside_word(gk_str word) {
    while (word.len && word.ptr[word.len - 1] >= '0' && word.ptr[word.len - 1] <= '9') word.len--;
    for (size_t i = 0; i < sizeof asides / sizeof *asides; i++)
        if (matches(word, asides[i], false)) return true;
    return false;
}

static bool ends_word(gk_str name, size_t at) {
    char c = name.ptr[at];
    return c == '-' || c == '_' || (c >= 'A' && c <= 'Z' && at > 0 && small(name.ptr[at - 1]) == name.ptr[at - 1]);
}

static bool is_aside(gk_str name) {
    size_t start = 0;
    for (size_t i = 0; i < sizeof unseen / sizeof *unseen; i++)
        if (matches(name, unseen[i], false)) return true;
    for (size_t at = 0; at <= name.len; at++) {
        if (at < name.len && !ends_word(name, at)) continue;
        if (is_aside_word(gk_str_slice(name, start, at))) return true;
        start = at < name.len && (name.ptr[at] == '-' || name.ptr[at] == '_') ? at + 1 : at;
    }
    return false;
}

uint8_t ht_name_flags(gk_str names, bool id) {
    enum { MOST_BYTES = 400 }; /* A longer list of classes is no name somebody gave. */
    uint8_t flags = 0;
    if (names.len > MOST_BYTES) names.len = MOST_BYTES;
    for (size_t at = 0; at < names.len;) {
        size_t end = at;
        while (end < names.len && names.ptr[end] != ' ' && (names.ptr[end] < '\t' || names.ptr[end] > '\r')) end++;
        gk_str name = gk_str_slice(names, at, end);
        if (is_article(name, id)) flags |= HT_ARTICLE;
        else if (name.len && is_aside(name)) flags |= HT_ASIDE;
        at = end + 1;
    }
    return flags & HT_ARTICLE ? HT_ARTICLE : flags;
}
