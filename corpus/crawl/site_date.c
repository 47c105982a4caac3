/* Dates beside links, and the years that titles speak of. */
#include "corpus/crawl/site_private.h"

#include <time.h>

#include "text/charset.h"

/* The number at `at` of at most `most` digits, and where it ends; -1: none, or more digits. */
static int number_at(gk_str s, size_t at, size_t most, size_t *end) {
    int n = 0;
    size_t i = at;
    while (i < s.len && gk_is_digit(s.ptr[i]) && i - at < most + 1) n = n * 10 + (s.ptr[i++] - '0');
    *end = i;
    return i == at || i - at > most ? -1 : n;
}

/* Bytes of the mark between year and month or month and day: - / . 年 月; 0: none. */
static size_t mark_at(gk_str s, size_t at) {
    gk_str rest = gk_str_slice(s, at, s.len);
    if (!rest.len) return 0;
    if (rest.ptr[0] == '-' || rest.ptr[0] == '/' || rest.ptr[0] == '.') return 1;
    return gk_str_starts(rest, GK_STR("年")) || gk_str_starts(rest, GK_STR("月")) ? 3 : 0;
}

/* A date that starts at `at`, with its end; 0: none. The year has four digits and none before it. */
static st_date date_at(gk_str s, size_t at, size_t *end) {
    size_t next, mark;
    int year = number_at(s, at, 4, &next);
    if (year < 1990 || year > 2099 || next - at != 4 || (mark = mark_at(s, next)) == 0) return 0;
    int month = number_at(s, next + mark, 2, &next);
    if (month < 1 || month > 12) return 0;
    *end = next;
    mark = mark_at(s, next);
    int day = mark ? number_at(s, next + mark, 2, &next) : 0;
    if (mark && day >= 1 && day <= 31) {
        *end = next;
        if (gk_str_starts(gk_str_slice(s, next, s.len), GK_STR("日"))) *end = next + 3;
        return year * 10000 + month * 100 + day;
    }
    if (mark == 3) *end += 3; /* 2024年2月 */
    return year * 10000 + month * 100;
}

st_date st_date_in(gk_str s) {
    st_date month_only = 0;
    for (size_t at = 0, end; at + 6 <= s.len; at++) {
        if (!gk_is_digit(s.ptr[at])) continue;
        st_date date = date_at(s, at, &end);
        if (date % 100) return date;
        if (date && !month_only) month_only = date;
        while (at + 1 < s.len && gk_is_digit(s.ptr[at + 1])) at++;
    }
    return month_only;
}

static bool closes(gk_str s, size_t at) {
    static const char *const marks[] = {"]", ")", "】", "）", "〕", " ", "\""};
    gk_str rest = gk_str_slice(s, at, s.len);
    for (bool more = true; rest.len && more;) {
        more = false;
        for (size_t i = 0; i < sizeof marks / sizeof *marks && !more; i++)
            if (gk_str_starts(rest, gk_str_of(marks[i]))) rest = gk_str_slice(rest, strlen(marks[i]), rest.len), more = true;
    }
    return rest.len == 0;
}

/* "...公开 (2024-02-05": the bracket or blank that opens goes with the date. */
static size_t before_opening(gk_str s, size_t at) {
    static const char *const marks[] = {"[", "(", "【", "（", "〔", " "};
    for (bool more = true; at > 0 && more;) {
        more = false;
        for (size_t i = 0; i < sizeof marks / sizeof *marks && !more; i++)
            if (gk_str_ends(gk_str_slice(s, 0, at), gk_str_of(marks[i]))) at -= strlen(marks[i]), more = true;
    }
    return at;
}

size_t st_date_tail(gk_str s) {
    for (size_t at = 0, end; at + 6 <= s.len; at++) {
        if (!gk_is_digit(s.ptr[at])) continue;
        if (date_at(s, at, &end) % 100 && closes(s, end)) return before_opening(s, at);
        while (at + 1 < s.len && gk_is_digit(s.ptr[at + 1])) at++;
    }
    return s.len;
}

gk_str st_date_text(st_date date, gk_arena *arena) {
    if (!date) return GK_STR_NONE;
    enum { DAY = sizeof "2024-02-05" - 1, MONTH = sizeof "2024-02" - 1 };
    char text[] = "0000-00-00";
    int digits = date;
    for (size_t i = DAY; i-- > 0; )
        if (text[i] == '0') text[i] = (char)('0' + digits % 10), digits /= 10;
    return gk_arena_dup(arena, (gk_str){text, date % 100 ? DAY : MONTH});
}

st_date st_date_of_seconds(int64_t seconds) {
    enum { CHINA = 8 * 3600 };
    struct tm day;
    time_t t = (time_t)(seconds + CHINA);
    if (seconds < 631152000 || seconds > 4102444800 || !gmtime_r(&t, &day)) return 0; /* 1990 to 2100 */
    return (day.tm_year + 1900) * 10000 + (day.tm_mon + 1) * 100 + day.tm_mday;
}

/* --- years --- */

/* The value of a Chinese digit of three bytes at `at`, -1: none. */
static int han_digit(gk_str s, size_t at) {
    static const char *const han[] = {"〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
    gk_str rest = gk_str_slice(s, at, s.len);
    for (int i = 0; i < 10; i++)
        if (gk_str_starts(rest, gk_str_of(han[i]))) return i;
    return gk_str_starts(rest, GK_STR("零")) ? 0 : -1;
}

/* 二〇二四; the years that are looked for begin so */
static int han_year(gk_str s, size_t at) {
    int year = 0;
    if (!gk_str_starts(gk_str_slice(s, at, s.len), GK_STR("二"))) return 0;
    for (size_t i = 0; i < 4; i++) {
        int digit = han_digit(s, at + 3 * i);
        if (digit < 0) return 0;
        year = year * 10 + digit;
    }
    return year;
}

/* The year of the digits from `at` to `end`: four of them, the first four of a day (20240205), or two before 年. */
static int digit_year(gk_str s, size_t at, size_t end) {
    size_t ignored, count = end - at;
    bool named = gk_str_starts(gk_str_slice(s, end, s.len), GK_STR("年"));
    if (count == 4 || count == 8) return number_at(gk_str_slice(s, at, at + 4), 0, 4, &ignored);
    return count == 2 && named ? 2000 + number_at(s, at, 2, &ignored) : 0;
}

int st_year_in(gk_str s) {
    int best = 0;
    for (size_t at = 0, end; at < s.len; at = end) {
        int year = 0;
        for (end = at; end < s.len && gk_is_digit(s.ptr[end]);) end++;
        if (end > at) year = digit_year(s, at, end);
        else if ((unsigned char)s.ptr[at] >= 0xE0) year = han_year(s, at);
        if (end == at) end += (unsigned char)s.ptr[at] >= 0xE0 && s.len - at >= 3 ? 3 : 1;
        if (year >= 2000 && year <= 2049 && year > best) best = year;
    }
    return best;
}
