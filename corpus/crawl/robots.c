/* Worked example, for the token "gongkai":
 *     User-agent: *        Disallow: /
 *     User-agent: GongKai/1.0
 *     User-agent: other    Disallow: /a*b$    Allow: /a/%7eb
 *     User-agent: gongkai  Crawl-delay: 2
 * The second and third groups are ours and merge. Rules, longest first: allow "/a/~b", disallow "/a*b" up to the end. So
 * /a/~b?x is allowed (6 octets; the other one does not reach the end), /a/1b is not, and /z is.
 */
#include "corpus/crawl/robots.h"

#include <stdlib.h>
#include <strings.h>

#include "base/limits.h"
#include "corpus/crawl/url_part.h"
#include "text/charset.h"

typedef struct rule {
    gk_str pattern; /* normal form, without the '$' that ends it */
    uint32_t octets, order;
    bool allow, anchored;
} rule;

typedef GK_VEC(rule) rules;
typedef GK_VEC(gk_str) texts;

struct gk_robots {
    rule *rules; /* the most specific first */
    size_t rule_count;
    const gk_str *sitemaps;
    size_t sitemap_count, passed_over;
    uint32_t delay_ms;
    bool otherwise; /* what holds where no rule matches */
};

/* What one kind of group (ours, or that of "*") says. */
typedef struct side {
    rules rules;
    uint32_t delay_ms;
    bool named;  /* a user-agent line names it */
    bool listens; /* the group that is being read belongs to it */
} side;

typedef struct reading {
    gk_str token;
    gk_arena *arena;
    side ours, any;
    texts sitemaps;
    size_t passed_over;
    bool in_names; /* no rule has followed the user-agent lines yet */
} reading;

/* ---- normal form ---- */

/* Writes the normal form of s to `out` (three times as long) and returns its length. '*' stand for themselves where `stars`
 * is set and are escaped otherwise; '$' is escaped always, since one that ends a pattern was taken off before. */
static size_t normal(gk_str s, bool stars, char *out) {
    size_t len = 0;
    for (size_t at = 0, read, written = 0; at < s.len; at += read, len += written) {
        read = written = 1;
        if (stars && s.ptr[at] == '*')
            out[len] = '*';
        else
            read = gk_url_step(gk_str_slice(s, at, s.len), GK_URL_IN_RULE, out + len, &written);
    }
    return len;
}

static rule make_rule(gk_str value, bool allow, gk_arena *arena) {
    bool anchored = gk_str_ends(value, GK_STR("$"));
    char *out = gk_arena_alloc(arena, 3 * value.len);
    gk_str pattern = {out, normal(gk_str_slice(value, 0, value.len - anchored), true, out)};
    return (rule){.pattern = pattern, .octets = (uint32_t)(pattern.len + anchored), .allow = allow, .anchored = anchored};
}

/* ---- lines ---- */

static bool is_key(gk_str key, const char *name) {
    return key.len == strlen(name) && strncasecmp(key.ptr, name, key.len) == 0;
}

static bool is_token_char(char c) {
    char lower = (char)(c | 0x20);
    return (lower >= 'a' && lower <= 'z') || c == '_' || c == '-';
}

/* The product token at the start of a value: of "GongKai/1.0 (x)" it is "GongKai". */
static gk_str token_of(gk_str value) {
    size_t end = 0;
    while (end < value.len && is_token_char(value.ptr[end])) end++;
    return gk_str_slice(value, 0, end);
}

static bool is_star(gk_str value) {
    return value.len && value.ptr[0] == '*' && (value.len == 1 || value.ptr[1] == ' ' || value.ptr[1] == '\t');
}

static void on_name(reading *r, gk_str value) {
    if (!r->in_names) r->ours.listens = r->any.listens = false;
    r->in_names = true;
    gk_str token = token_of(value);
    if (is_star(value)) r->any.listens = r->any.named = true;
    if (token.len && token.len == r->token.len && strncasecmp(token.ptr, r->token.ptr, token.len) == 0)
        r->ours.listens = r->ours.named = true;
}

static void keep_rule(side *s, const rule *new) {
    if (!s->listens) return;
    *gk_vec_push(&s->rules) = *new;
    s->rules.at[s->rules.len - 1].order = (uint32_t)s->rules.len;
}

static void on_rule(reading *r, gk_str value, bool allow) {
    r->in_names = false;
    if (!r->ours.listens && !r->any.listens) return;
    if (value.len == 0) return;
    if (value.ptr[0] != '/' && value.ptr[0] != '*') {
        r->passed_over++;
        return;
    }
    rule made = make_rule(value, allow, r->arena);
    keep_rule(&r->ours, &made);
    keep_rule(&r->any, &made);
}

static void on_allow(reading *r, gk_str value) { on_rule(r, value, true); }
static void on_disallow(reading *r, gk_str value) { on_rule(r, value, false); }

/* Seconds, perhaps with a fraction, in milliseconds and at most the most that is obeyed; 0 where the value is none. */
static uint32_t read_delay(gk_str value) {
    uint64_t ms = 0, unit = 1000;
    bool point = false, digits = false;
    for (size_t i = 0; i < value.len; i++) {
        char c = value.ptr[i];
        if (c == '.' && !point) {
            point = true;
        } else if (c >= '0' && c <= '9') {
            digits = true;
            ms = point ? ms + (unit /= 10) * (uint64_t)(c - '0') : ms * 10 + (uint64_t)(c - '0') * 1000;
        } else {
            return 0;
        }
        if (ms > GK_MAX_CRAWL_DELAY_MS) ms = GK_MAX_CRAWL_DELAY_MS;
    }
    return digits ? (uint32_t)ms : 0;
}

static void on_delay(reading *r, gk_str value) {
    uint32_t ms = read_delay(value);
    if (!ms) r->passed_over++;
    if (r->ours.listens && ms > r->ours.delay_ms) r->ours.delay_ms = ms;
    if (r->any.listens && ms > r->any.delay_ms) r->any.delay_ms = ms;
}

static void on_sitemap(reading *r, gk_str value) {
    if (value.len) *gk_vec_push(&r->sitemaps) = gk_arena_dup(r->arena, value);
}

static const struct key {
    const char *name;
    void (*take)(reading *r, gk_str value);
} keys[] = {
    {"user-agent", on_name},    {"allow", on_allow},     {"disallow", on_disallow},
    {"crawl-delay", on_delay},  {"sitemap", on_sitemap},
};

static void read_line(reading *r, gk_str line) {
    line = gk_str_trim(gk_str_slice(line, 0, gk_str_find(line, GK_STR("#"))));
    if (!line.len) return;
    size_t colon = gk_str_find(line, GK_STR(":"));
    gk_str key = gk_str_trim(gk_str_slice(line, 0, colon));
    for (size_t i = 0; colon != SIZE_MAX && i < sizeof keys / sizeof *keys; i++) {
        if (!is_key(key, keys[i].name)) continue;
        keys[i].take(r, gk_str_trim(gk_str_slice(line, colon + 1, line.len)));
        return;
    }
    r->passed_over++;
}

static bool is_line_end(char c) { return c == '\n' || c == '\r'; }

static void read_lines(reading *r, gk_str text) {
    for (size_t at = 0, end; at < text.len; at = end + 1) {
        for (end = at; end < text.len && !is_line_end(text.ptr[end]);) end++;
        read_line(r, gk_str_slice(text, at, end));
    }
}

/* ---- files ---- */

/* The part that is read of a file that is too long: whole lines, since half a pattern is another pattern. */
static gk_str cut(gk_str s) {
    if (s.len <= GK_MAX_ROBOTS_BYTES) return s;
    size_t end = GK_MAX_ROBOTS_BYTES;
    while (end > 0 && !is_line_end(s.ptr[end - 1])) end--;
    return gk_str_slice(s, 0, end);
}

/* UTF-16 by its mark, or by the NUL that every second byte of ASCII is in it; the mark is added where it is missing. */
static gk_str decode(gk_str s, gk_arena *arena) {
    bool marked = gk_str_starts(s, GK_STR("\xFF\xFE")) || gk_str_starts(s, GK_STR("\xFE\xFF"));
    bool little = s.len >= 4 && s.ptr[0] && !s.ptr[1] && s.ptr[2] && !s.ptr[3];
    bool big = s.len >= 4 && !s.ptr[0] && s.ptr[1] && !s.ptr[2] && s.ptr[3];
    if (!marked && !little && !big) return s;
    if (!marked) {
        char *copy = gk_arena_alloc(arena, s.len + 2);
        memcpy(copy, little ? "\xFF\xFE" : "\xFE\xFF", 2);
        memcpy(copy + 2, s.ptr, s.len);
        s = (gk_str){copy, s.len + 2};
    }
    gk_decoded d;
    return gk_decode(s, arena, &d, NULL) == GK_OK ? d.text : s;
}

static int by_weight(const void *a, const void *b) {
    const rule *x = a, *y = b;
    if (x->octets != y->octets) return x->octets < y->octets ? 1 : -1;
    if (x->allow != y->allow) return x->allow ? -1 : 1;
    return x->order < y->order ? -1 : 1;
}

static void *keep(gk_arena *arena, const void *at, size_t bytes) {
    void *copy = gk_arena_alloc(arena, bytes);
    if (bytes) memcpy(copy, at, bytes);
    return copy;
}

gk_robots *gk_robots_read(gk_str bytes, gk_str token, gk_arena *arena) {
    reading r = {.token = token, .arena = arena};
    gk_str text = cut(decode(cut(bytes), arena));
    if (gk_str_starts(text, GK_STR("\xEF\xBB\xBF"))) text = gk_str_slice(text, 3, text.len);
    read_lines(&r, text);
    const side *s = r.ours.named ? &r.ours : &r.any;
    gk_robots *out = gk_robots_all(true, arena);
    if (s->rules.len) qsort(s->rules.at, s->rules.len, sizeof *s->rules.at, by_weight);
    out->rules = keep(arena, s->rules.at, s->rules.len * sizeof *s->rules.at);
    out->rule_count = s->rules.len;
    out->sitemaps = keep(arena, r.sitemaps.at, r.sitemaps.len * sizeof *r.sitemaps.at);
    out->sitemap_count = r.sitemaps.len;
    out->delay_ms = s->delay_ms;
    out->passed_over = r.passed_over;
    gk_vec_free(&r.ours.rules);
    gk_vec_free(&r.any.rules);
    gk_vec_free(&r.sitemaps);
    return out;
}

gk_robots *gk_robots_all(bool allowed, gk_arena *arena) {
    gk_robots *out = gk_arena_zero(arena, sizeof *out);
    out->otherwise = allowed;
    return out;
}

/* ---- matching ---- */

/* Whether a pattern matches from the start of the target. Between two '*' the first place is as good as any later one. */
static bool matches(const rule *r, gk_str target) {
    gk_str left = r->pattern;
    size_t at = 0;
    for (bool first = true;; first = false) {
        size_t star = gk_str_find(left, GK_STR("*"));
        gk_str piece = gk_str_slice(left, 0, star), rest = gk_str_slice(target, at, target.len);
        if (star == SIZE_MAX && r->anchored)
            return first ? gk_str_eq(rest, piece) : gk_str_ends(rest, piece);
        size_t found = !first ? gk_str_find(rest, piece) : gk_str_starts(rest, piece) ? 0 : SIZE_MAX;
        if (found == SIZE_MAX) return false;
        if (star == SIZE_MAX) return true;
        at += found + piece.len;
        left = gk_str_slice(left, star + 1, left.len);
    }
}

bool gk_robots_allows(const gk_robots *r, gk_str target, gk_str *rule_text) {
    if (rule_text) *rule_text = GK_STR_NONE;
    gk_str path = gk_str_slice(target, 0, gk_str_find(target, GK_STR("?")));
    if (gk_str_eqz(path, "/robots.txt")) return true;
    if (r->rule_count == 0) return r->otherwise;
    char room[3 * GK_MAX_URL_BYTES];
    gk_str t = {room, normal(gk_str_slice(target, 0, GK_MAX_URL_BYTES), false, room)};
    for (size_t i = 0; i < r->rule_count; i++) {
        if (!matches(&r->rules[i], t)) continue;
        if (rule_text) *rule_text = r->rules[i].pattern;
        return r->rules[i].allow;
    }
    return r->otherwise;
}

uint32_t gk_robots_delay_ms(const gk_robots *r) { return r->delay_ms; }
size_t gk_robots_passed_over(const gk_robots *r) { return r->passed_over; }

size_t gk_robots_sitemaps(const gk_robots *r, const gk_str **urls) {
    *urls = r->sitemaps;
    return r->sitemap_count;
}
