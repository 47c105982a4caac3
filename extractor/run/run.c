/* One run: the list of inputs, the pool of workers, the sink. */
#include <stdlib.h>
#include <time.h>

#include "corpus/archive/scan.h"
#include "run/convert.h"
#include "run/members.h"
#include "run/pool.h"
#include "sink/sink.h"

typedef struct run {
    const gongkai_run_options *options;
    gk_inputs inputs;
    gk_sink *sink;
    gongkai_run_result result;
    struct timespec started;
} run;

static double seconds_since(const struct timespec *start) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - start->tv_sec) + (double)(now.tv_nsec - start->tv_nsec) / 1e9;
}

static bool tick(void *user) {
    const run *r = user;
    if (r->options->stop && *r->options->stop) return false;
    if (!r->options->on_progress) return true;
    gongkai_progress progress = {.documents = r->result.documents,
                                 .documents_total = r->inputs.list.len,
                                 .bytes = r->result.bytes,
                                 .bytes_total = r->inputs.bytes,
                                 .seconds = seconds_since(&r->started)};
    r->options->on_progress(r->options->user, &progress);
    return true;
}

static void failed(run *r, const gk_answer *answer) {
    r->result.failed += answer->failed;
    if (!r->options->on_failure) return;
    gk_err err;
    gongkai_error error;
    gk_err_set(&err, (gk_code)answer->code, "%s", answer->message);
    gk_err_file(&err, gk_str_of(r->inputs.list.at[answer->input].path));
    gk_public_error(&err, &error);
    r->options->on_failure(r->options->user, &error);
}

static gk_code take(void *user, gk_str lines, const gk_answer *answer, gk_err *err) {
    run *r = user;
    for (uint64_t i = 0; i < answer->documents; i++) {
        gk_str one = i + 1 < answer->documents ? gk_members_next(&lines) : lines;
        gk_code code = gk_sink_put(r->sink, one, err);
        if (code != GK_OK) return code;
    }
    r->result.documents += answer->documents;
    if (answer->code != GK_OK) failed(r, answer);
    r->result.records += answer->records;
    r->result.bytes += answer->bytes;
    return GK_OK;
}

static gk_code list_inputs(run *r, gk_err *err) {
    const gongkai_run_options *o = r->options;
    gk_code code = GK_OK;
    if (o->changed_since && !gk_scan_date(gk_str_of(o->changed_since), &r->inputs.since_ms))
        return gk_err_set(err, GK_E_USAGE, "\"%.40s\" is no date: write it as 2024-02-05", o->changed_since);
    size_t standard = o->files_from && strcmp(o->files_from, "-") == 0;
    for (size_t i = 0; i < o->input_count; i++) {
        standard += strcmp(o->inputs[i], "-") == 0;
        gk_inputs_add(&r->inputs, o->inputs[i]);
    }
    if (standard > 1) return gk_err_set(err, GK_E_USAGE, "the standard input can be read once only");
    if (o->files_from) code = gk_inputs_add_list(&r->inputs, o->files_from, err);
    return code;
}

static gk_code work(run *r, gongkai_session *session, gk_err *err) {
    gk_pool_options pool = {.jobs = gk_pool_jobs(r->options->jobs, r->inputs.list.len),
                            .limits = gk_worker_limits_of(session, r->options->timeout_seconds),
                            .take = take,
                            .tick = tick,
                            .user = r};
    gk_code code = gk_pool_run(session, &r->inputs, &pool, err);
    gk_err ignored;
    gk_code end = gk_sink_end(r->sink, code == GK_OK, code == GK_OK ? err : &ignored);
    return code == GK_OK ? end : code;
}

bool gongkai_run(gongkai_session *session, const gongkai_run_options *options, gongkai_run_result *result,
                 gongkai_error *error) {
    run r = {.options = options};
    gk_err err = {0};
    clock_gettime(CLOCK_MONOTONIC, &r.started);
    gk_sink_options sink = {.format = options->format, .bom = options->bom};
    gk_code code = list_inputs(&r, &err);
    if (code == GK_OK) code = gk_sink_open(options->output, &sink, &r.sink, &err);
    if (code == GK_OK) code = work(&r, session, &err);
    r.result.reader_gone = r.sink && gk_sink_reader_gone(r.sink);
    if (result) *result = r.result;
    gk_public_error(&err, error);
    gk_sink_close(r.sink);
    gk_inputs_free(&r.inputs);
    return code == GK_OK;
}
