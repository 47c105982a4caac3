#include "emit/scan.h"

static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
static size_t skip_blanks(gk_str s, size_t at) {
    while (at < s.len && is_blank(s.ptr[at])) at++;
    return at;
}

/* Behind the closing quote of the string that starts at `at`. */
static size_t skip_string(gk_str s, size_t at) {
    for (at++; at < s.len && s.ptr[at] != '"'; at++)
        if (s.ptr[at] == '\\') at++;
    return at < s.len ? at + 1 : s.len;
}

/* Behind the object or array that starts at `at`. */
static size_t skip_nested(gk_str s, size_t at) {
    size_t depth = 0;
    while (at < s.len) {
        char c = s.ptr[at];
        if (c == '"') {
            at = skip_string(s, at);
            continue;
        }
        depth += c == '{' || c == '[';
        depth -= c == '}' || c == ']';
        at++;
        if (depth == 0) break;
    }
    return at;
}

static size_t skip_value(gk_str s, size_t at) {
    if (at >= s.len) return at;
    char c = s.ptr[at];
    if (c == '"') return skip_string(s, at);
    if (c == '{' || c == '[') return skip_nested(s, at);
    while (at < s.len && !is_blank(s.ptr[at]) && !strchr(",]}", s.ptr[at])) at++;
    return at;
}

gk_str gk_scan_value(gk_str json, size_t *at, bool named) {
    size_t i = skip_blanks(json, *at);
    if (i < json.len && json.ptr[i] == ',') i = skip_blanks(json, i + 1);
    if (named && i < json.len && json.ptr[i] == '"') {
        i = skip_blanks(json, skip_string(json, i));
        i = skip_blanks(json, i + 1);
    }
    size_t end = skip_value(json, i);
    *at = end;
    return end > i ? gk_str_slice(json, i, end) : GK_STR_NONE;
}

bool gk_scan_is_number(gk_str text, bool whole) {
    size_t i = text.len && text.ptr[0] == '-';
    size_t first = i;
    while (i < text.len && gk_is_digit(text.ptr[i])) i++;
    if (i == first || (text.ptr[first] == '0' && i > first + 1)) return false;
    if (i == text.len) return true;
    if (whole || text.ptr[i] != '.' || i + 1 == text.len) return false;
    for (i++; i < text.len && gk_is_digit(text.ptr[i]); i++) {}
    return i == text.len;
}

size_t gk_scan_nul(gk_str string) {
    for (size_t i = 0; i < string.len; i++) {
        if (string.ptr[i] != '\\') continue;
        if (gk_str_starts(gk_str_slice(string, i, string.len), GK_STR("\\u0000"))) return i;
        i++;
    }
    return SIZE_MAX;
}
