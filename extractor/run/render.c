#include "run/render.h"

#include <stdio.h>
#include <stdlib.h>

#include "run/convert.h"
#include "run/members.h"
#include "run/pool.h"

/* ---- in the worker */

void gk_render_fail(const gk_err *err, const char *path, gk_buf *lines, gk_answer *answer) {
    gk_err copy = *err;
    if (!copy.file[0]) gk_err_file(&copy, gk_str_of(path));
    *answer = (gk_answer){.length = sizeof copy, .documents = 1, .failed = 1, .code = copy.code};
    gk_buf_clear(lines);
    gk_buf_put(lines, (gk_str){(const char *)&copy, sizeof copy});
}

/* What is written stands in memory until all is written: a document that ends its worker gives nothing. */
static gk_code render(const gongkai_document *d, const gk_job *job, gk_buf *lines, int64_t *verdict) {
    char *text = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&text, &len);
    if (!out) gk_oom(BUFSIZ);
    *verdict = job->rendering.render(job->rendering.user, d, job->input->path, out);
    if (ferror(out) | fclose(out)) gk_oom(len);
    gk_buf_free(lines);
    *lines = (gk_buf){.ptr = text, .len = len, .cap = len + 1};
    return len > GK_MAX_OUTPUT_BYTES ? GK_E_LIMIT : GK_OK;
}

void gk_render_work(gongkai_document *d, const gk_job *job, gk_buf *lines, gk_answer *answer) {
    int64_t verdict = 0;
    gk_document_reset(d);
    d->captured = job->input->captured;
    gk_members_load(&job->source, &d->bytes, &d->err);
    gk_document_use(d, job->input->path);
    if (d->err.code == GK_OK && render(d, job, lines, &verdict) != GK_OK)
        gk_err_set(&d->err, GK_E_LIMIT, "what is printed of the document needs more than %u bytes (GK_MAX_OUTPUT_BYTES)",
                   GK_MAX_OUTPUT_BYTES);
    if (d->err.code != GK_OK) gk_render_fail(&d->err, job->input->path, lines, answer);
    else *answer = (gk_answer){.length = lines->len, .documents = 1, .bytes = d->bytes.len, .verdict = verdict};
}

/* ---- in the parent */

/* Ends what a worker sent as text, whatever it sent. */
static void end(char *text, size_t bytes) { text[bytes - 1] = '\0'; }

void gk_render_error(gk_str lines, const gk_answer *answer, gk_err *out) {
    *out = (gk_err){.code = GK_E_INTERNAL};
    if (lines.len == sizeof *out) memcpy(out, lines.ptr, sizeof *out);
    out->code = answer->code < GK_CODE_COUNT ? (gk_code)answer->code : GK_E_INTERNAL;
    end(out->message, sizeof out->message);
    end(out->file, sizeof out->file);
    end(out->text, sizeof out->text);
}

typedef struct all {
    const gongkai_render_options *options;
    gk_inputs inputs;
} all;

static gk_code take(void *user, gk_str lines, const gk_answer *answer, gk_err *err) {
    const all *a = user;
    const gongkai_render_options *o = a->options;
    const char *path = a->inputs.list.at[answer->input].path;
    gk_err found;
    gongkai_error error;
    (void)err;
    if (answer->code == GK_OK) {
        o->on_rendered(o->user, path, gk_public_text(lines), (int)answer->verdict, NULL);
        return GK_OK;
    }
    gk_render_error(lines, answer, &found);
    gk_public_error(&found, &error);
    o->on_rendered(o->user, path, (gongkai_text){NULL, 0}, 0, &error);
    return GK_OK;
}

static bool go_on(void *user) { return user != NULL; }

bool gongkai_render_all(gongkai_session *session, const gongkai_render_options *options, gongkai_error *error) {
    all a = {.options = options};
    gk_err err = {0};
    for (size_t i = 0; i < options->input_count; i++)
        *gk_vec_push(&a.inputs.list) = (gk_input){.path = options->inputs[i]};
    gk_pool_options pool = {.jobs = gk_pool_jobs(options->jobs, options->input_count),
                            .limits = gk_worker_limits_of(session, options->timeout_seconds),
                            .rendering = {options->render, options->user},
                            .take = take,
                            .tick = go_on,
                            .user = &a};
    gk_code code = gk_pool_run(session, &a.inputs, &pool, &err);
    gk_inputs_free(&a.inputs);
    gk_public_error(&err, error);
    return code == GK_OK;
}
