/* Dates of spreadsheets: a serial counts days, its fraction is the time of day.
 *
 * Serial 1 is 1 January 1900. Serial 60 is 29 February 1900, a day that never was and that every spreadsheet program
 * keeps; from 61 on the count is right again. In the 1904 system serial 0 is 1 January 1904.
 */
#include "read/sheet_format.h"

typedef struct moment {
    int year, month, day, weekday; /* weekday: 0 is Sunday */
    int hour, minute, second;
    int64_t hours; /* since serial 0 */
} moment;

/* Year, month and day of a count of days since 1 January 1970 (the algorithm of Howard Hinnant, "chrono-compatible
 * low-level date algorithms", civil_from_days). */
static void civil(int64_t days, moment *m) {
    days += 719468;
    int64_t era = days / 146097, doe = days % 146097;
    int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365, doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int64_t mp = (5 * doy + 2) / 153;
    m->day = (int)(doy - (153 * mp + 2) / 5 + 1);
    m->month = (int)(mp < 10 ? mp + 3 : mp - 9);
    m->year = (int)(yoe + era * 400 + (m->month <= 2));
}

static bool moment_of(const gk_figure *serial, bool from_1904, moment *m) {
    enum { LAST_SERIAL = 2958465, TO_1970 = 25569, TO_1904 = 24107, DAY = 86400 };
    int64_t days = 0, thousandths = 0;
    if (serial->negative || gk_figure_whole(serial) > 7) return false;
    for (int power = gk_figure_whole(serial) - 1; power >= 0; power--)
        days = days * 10 + (gk_figure_at(serial, power) - '0');
    if (days > LAST_SERIAL) return false;
    for (int power = -1; power >= -9; power--) thousandths = thousandths * 10 + (gk_figure_at(serial, power) - '0');
    int64_t seconds = (thousandths * DAY + 500000000) / 1000000000;
    if (seconds == DAY) seconds = 0, days++;
    if (from_1904) civil(days - TO_1904, m);
    else civil(days - TO_1970 + (days < 60), m);
    if (!from_1904 && days == 60) m->year = 1900, m->month = 2, m->day = 29;
    m->weekday = (int)((days + (from_1904 ? 5 : 6)) % 7);
    m->hours = days * 24 + seconds / 3600;
    m->hour = (int)(seconds / 3600), m->minute = (int)(seconds / 60 % 60), m->second = (int)(seconds % 60);
    return true;
}

/* The signs of a date code one after the other: `yyyy`, `m`, `[h]`, AM/PM ... */
typedef struct date_walk {
    gk_str code;
    size_t at;
    const moment *m;
    bool noon, after_hour; /* twelve hours a half day; the last sign was hours, so that m means minutes */
    gk_buf *out;
} date_walk;

static size_t run_of(gk_str s, size_t at, char sign) {
    size_t n = 0;
    while (at + n < s.len && (s.ptr[at + n] | 32) == sign) n++;
    return n;
}

/* Whether the next sign is seconds, so that m means minutes. */
static bool seconds_follow(gk_str code, size_t at) {
    gk_str literal;
    while (at < code.len) {
        char c = (char)(gk_format_step(code, &at, &literal) | 32);
        if (c == 's') return true;
        if (c >= 'a' && c <= 'z') return false;
    }
    return false;
}

static void put(date_walk *w, size_t width, int64_t n) { gk_buf_printf(w->out, "%0*lld", (int)width, (long long)n); }

static void put_month(date_walk *w, size_t n) {
    static const char *const names[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    if (w->after_hour || seconds_follow(w->code, w->at)) put(w, n > 1 ? 2 : 1, w->m->minute);
    else if (n >= 3) gk_buf_put(w->out, gk_str_of(names[w->m->month - 1]));
    else put(w, n, w->m->month);
}

static void put_hour(date_walk *w, size_t n) {
    int hour = w->noon ? (w->m->hour + 11) % 12 + 1 : w->m->hour;
    put(w, n > 1 ? 2 : 1, hour);
}

static void put_sign(date_walk *w, char sign, size_t n) {
    static const char *const days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    switch (sign) {
    case 'y': n > 2 ? put(w, 4, w->m->year) : put(w, 2, w->m->year % 100); break;
    case 'e': put(w, 4, w->m->year); break;
    case 'm': put_month(w, n); break;
    case 'd': n > 2 ? gk_buf_put(w->out, gk_str_of(days[w->m->weekday])) : put(w, n, w->m->day); break;
    case 'a': gk_buf_put(w->out, gk_str_of(days[w->m->weekday])); break;
    case 'h': put_hour(w, n); break;
    case 's': put(w, n > 1 ? 2 : 1, w->m->second); break;
    default: break;
    }
    w->after_hour = sign == 'h';
}

/* [h], [mm]: hours, minutes or seconds since serial 0. */
static bool put_elapsed(date_walk *w) {
    gk_str rest = gk_str_slice(w->code, w->at, w->code.len);
    if (rest.len < 3 || rest.ptr[0] != '[') return false;
    char sign = (char)(rest.ptr[1] | 32);
    size_t n = run_of(rest, 1, sign);
    if (!memchr("hms", sign, 3) || n + 1 >= rest.len || rest.ptr[n + 1] != ']') return false;
    int64_t minutes = w->m->hours * 60 + w->m->minute;
    put(w, n, sign == 'h' ? w->m->hours : sign == 'm' ? minutes : minutes * 60 + w->m->second);
    w->at += n + 2;
    w->after_hour = sign == 'h';
    return true;
}

static bool put_half_day(date_walk *w) {
    static const gk_str marks[] = {{"AM/PM", 5}, {"am/pm", 5}, {"A/P", 3}, {"a/p", 3}};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (!gk_str_starts(gk_str_slice(w->code, w->at, w->code.len), marks[i])) continue;
        gk_buf_put(w->out, w->m->hour < 12 ? GK_STR("AM") : GK_STR("PM"));
        w->at += marks[i].len;
        return true;
    }
    return false;
}

void gk_format_date(const gk_format_section *section, const gk_figure *serial, bool from_1904, gk_buf *out) {
    moment m;
    if (!moment_of(serial, from_1904, &m)) {
        gk_figure_print(serial, out);
        return;
    }
    date_walk w = {.code = section->code, .m = &m, .out = out};
    w.noon = gk_str_find(w.code, GK_STR("AM/PM")) != SIZE_MAX || gk_str_find(w.code, GK_STR("am/pm")) != SIZE_MAX;
    while (w.at < w.code.len) {
        if (put_half_day(&w) || put_elapsed(&w)) continue;
        gk_str literal;
        size_t before = w.at;
        char c = gk_format_step(w.code, &w.at, &literal), sign = (char)(c | 32);
        gk_buf_put(out, literal);
        if (!c || c == '@') continue;
        if (!memchr("yemdahs", sign, 7)) {
            if (c == '/' || c == '.' || c == ',') gk_buf_putc(out, c);
            continue;
        }
        size_t n = run_of(w.code, before, sign);
        w.at = before + n;
        put_sign(&w, sign, n);
    }
}
