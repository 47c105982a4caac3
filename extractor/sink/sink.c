#include "sink/sink.h"

#include <stdlib.h>

#include "sink/driver.h"

const gk_sink_format gk_sink_formats[] = {
    {"jsonl", {".jsonl", ".ndjson"}, "JSON Lines: one record a line", false},
    {"json", {".json"}, "one JSON array of all records", false},
    {"csv", {".csv"}, "one flat table (RFC 4180)", false},
    {"sqlite", {".sqlite", ".db"}, "an SQLite database, kept up to date in place", true},
    {0},
};

/* In the order of gk_sink_formats. */
static const gk_driver *const drivers[] = {&gk_driver_jsonl, &gk_driver_json, &gk_driver_csv, &gk_driver_sqlite};

const gk_sink_format *gk_sink_format_of(gk_str name) {
    for (const gk_sink_format *f = gk_sink_formats; f->name; f++)
        if (gk_str_eqz(name, f->name)) return f;
    return NULL;
}

static bool same_word(gk_str word, const char *lower) {
    if (word.len != strlen(lower)) return false;
    for (size_t i = 0; i < word.len; i++) {
        char c = word.ptr[i];
        if (c >= 'A' && c <= 'Z') c = (char)(c + ('a' - 'A'));
        if (c != lower[i]) return false;
    }
    return true;
}

const gk_sink_format *gk_sink_format_of_path(gk_str path) {
    size_t slash = gk_str_rfind(path, GK_STR("/"));
    gk_str base = slash == SIZE_MAX ? path : gk_str_slice(path, slash + 1, path.len);
    size_t dot = gk_str_rfind(base, GK_STR("."));
    if (dot == SIZE_MAX || dot == 0) return gk_sink_formats;
    gk_str extension = gk_str_slice(base, dot, base.len);
    for (const gk_sink_format *f = gk_sink_formats; f->name; f++)
        for (int i = 0; i < 3 && f->extensions[i]; i++)
            if (same_word(extension, f->extensions[i])) return f;
    return NULL;
}

/* The format that is asked for, or that the target tells; NULL with the error set. */
static const gk_sink_format *choose(const char *target, const char *format, gk_err *err) {
    const gk_sink_format *f = gk_sink_formats;
    if (format) f = gk_sink_format_of(gk_str_of(format));
    else if (target) f = gk_sink_format_of_path(gk_str_of(target));
    if (!f && format) gk_err_set(err, GK_E_USAGE, "unknown output format \"%s\"", format);
    else if (!f) gk_err_set(err, GK_E_USAGE, "the extension of \"%s\" tells no output format", target);
    else if (f->needs_file && !target)
        gk_err_set(err, GK_E_USAGE, "the format %s needs a file to write to", f->name);
    return f && f->needs_file && !target ? NULL : f;
}

gk_code gk_sink_open(const char *target, const gk_sink_options *options, gk_sink **out, gk_err *err) {
    *out = NULL;
    gk_err local;
    if (!err) err = &local;
    if (target && strcmp(target, "-") == 0) target = NULL;
    const gk_sink_format *format = choose(target, options ? options->format : NULL, err);
    if (!format) return GK_E_USAGE;
    gk_sink *sink = gk_alloc_zero(1, sizeof *sink);
    sink->driver = drivers[format - gk_sink_formats];
    if (options) sink->options = *options;
    sink->target = target ? target : "standard output";
    sink->file.fd = -1;
    gk_code code = sink->driver->own_file ? GK_OK : gk_file_open(&sink->file, target, err);
    if (code == GK_OK && sink->driver->open) code = sink->driver->open(sink, err);
    if (code == GK_OK) *out = sink;
    else gk_sink_close(sink);
    return code;
}

/* Keeps the first failure. */
static gk_code note(gk_sink *sink, gk_code code, const gk_err *err) {
    if (code != GK_OK && sink->failed.code == GK_OK) sink->failed = *err;
    sink->reader_gone |= sink->file.reader_gone;
    return code;
}

static gk_code repeat(const gk_sink *sink, gk_err *err) {
    *err = sink->failed;
    return sink->failed.code;
}

gk_code gk_sink_put(gk_sink *sink, gk_str lines, gk_err *err) {
    gk_err local;
    if (!err) err = &local;
    if (sink->failed.code != GK_OK) return repeat(sink, err);
    return lines.len ? note(sink, sink->driver->put(sink, lines, err), err) : GK_OK;
}

gk_code gk_sink_end(gk_sink *sink, bool keep, gk_err *err) {
    gk_err local;
    if (!err) err = &local;
    if (sink->failed.code != GK_OK) return repeat(sink, err);
    gk_code code = keep && sink->driver->end ? sink->driver->end(sink, err) : GK_OK;
    if (code == GK_OK) code = gk_file_close(&sink->file, keep, err);
    return note(sink, code, err);
}

bool gk_sink_reader_gone(const gk_sink *sink) { return sink->reader_gone; }

void gk_sink_close(gk_sink *sink) {
    if (!sink) return;
    if (sink->driver->free) sink->driver->free(sink);
    gk_file_close(&sink->file, false, NULL);
    free(sink);
}
