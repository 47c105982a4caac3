/* The words of robots meta tags and of X-Robots-Tag headers. */
#include <strings.h>

#include "corpus/crawl/robots.h"

static const struct word {
    const char *name;
    unsigned bits;
} words[] = {
    {"noindex", GK_ROBOTS_NOINDEX},
    {"nofollow", GK_ROBOTS_NOFOLLOW},
    {"noarchive", GK_ROBOTS_NOARCHIVE},
    {"none", GK_ROBOTS_NOINDEX | GK_ROBOTS_NOFOLLOW},
};

/* Words that have a value of their own behind a colon: what stands before it names no agent. */
static const char *const valued[] = {"unavailable_after", "max-snippet", "max-image-preview", "max-video-preview"};

static bool is(gk_str s, const char *name) { return s.len == strlen(name) && strncasecmp(s.ptr, name, s.len) == 0; }

static bool is_agent(gk_str name) {
    for (size_t i = 0; i < name.len; i++) {
        char lower = (char)(name.ptr[i] | 0x20);
        if (!((lower >= 'a' && lower <= 'z') || name.ptr[i] == '-' || name.ptr[i] == '_' || name.ptr[i] == '*')) return false;
    }
    for (size_t i = 0; i < sizeof valued / sizeof *valued; i++)
        if (is(name, valued[i])) return false;
    return name.len > 0;
}

static bool is_ours(gk_str agent, gk_str token) {
    bool same = agent.len == token.len && strncasecmp(agent.ptr, token.ptr, agent.len) == 0;
    return same || is(agent, "*") || is(agent, "robots");
}

unsigned gk_robots_words(gk_str value, gk_str token) {
    unsigned found = 0;
    bool ours = true;
    for (size_t at = 0, end; at < value.len; at = end + 1) {
        gk_str left = gk_str_slice(value, at, value.len);
        size_t comma = gk_str_find(left, GK_STR(","));
        end = comma == SIZE_MAX ? value.len : at + comma;
        gk_str item = gk_str_trim(gk_str_slice(value, at, end));
        size_t colon = gk_str_find(item, GK_STR(":"));
        gk_str agent = gk_str_trim(gk_str_slice(item, 0, colon));
        if (colon != SIZE_MAX && is_agent(agent)) {
            ours = is_ours(agent, token);
            item = gk_str_trim(gk_str_slice(item, colon + 1, item.len));
        }
        for (size_t i = 0; ours && i < sizeof words / sizeof *words; i++)
            if (is(item, words[i].name)) found |= words[i].bits;
    }
    return found;
}
