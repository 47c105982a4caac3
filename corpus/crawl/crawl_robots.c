/* robots.txt of an origin: asked for when the first of its URLs comes up, kept for a day in the store. */
#include <stdio.h>
#include <stdlib.h>

#include "corpus/crawl/crawl_inner.h"

enum { DAY_SECONDS = 86400, UNREACHABLE_SECONDS = 300 };

static gk_str origin_name(const gk_url *url, gk_arena *arena) {
    char digits[8], *first = digits + sizeof digits;
    for (unsigned left = url->port; left; left /= 10) *--first = (char)('0' + left % 10);
    return GK_JOIN(arena, url->scheme, GK_STR("://"), url->host, GK_STR(":"),
                   {first, (size_t)(digits + sizeof digits - first)});
}

static uint32_t *slot_of(const gk_crawl *c, gk_str name) {
    size_t mask = c->origin_slots.cap - 1, i = gk_str_hash(name) & mask;
    while (c->origin_slots.at[i] && !gk_str_eq(c->origins.at[c->origin_slots.at[i] - 1].name, name)) i = (i + 1) & mask;
    return &c->origin_slots.at[i];
}

static void enlarge(gk_crawl *c) {
    if (c->origin_slots.cap > 2 * (c->origins.len + 1)) return;
    free(c->origin_slots.at);
    c->origin_slots.cap = c->origin_slots.cap ? c->origin_slots.cap * 2 : 256;
    c->origin_slots.at = gk_alloc_zero(c->origin_slots.cap, sizeof *c->origin_slots.at);
    for (size_t i = 0; i < c->origins.len; i++) *slot_of(c, c->origins.at[i].name) = (uint32_t)i + 1;
}

gk_origin *gk_crawl_origin(gk_crawl *c, const gk_url *url) {
    enlarge(c);
    gk_str name = origin_name(url, &c->scratch);
    uint32_t *slot = slot_of(c, name);
    if (*slot == 0) {
        *gk_vec_push(&c->origins) = (gk_origin){.name = gk_arena_dup(&c->names, name)};
        *slot = (uint32_t)c->origins.len;
    }
    gk_arena_reset(&c->scratch);
    return &c->origins.at[*slot - 1];
}

/* Takes what a file says. `answer` is "file" and its bytes, "allow" (4xx), or "deny" and why it cannot be had. */
static void take_rules(gk_crawl *c, gk_origin *o, gk_str answer, gk_crawl_host *h) {
    gk_arena_free(&o->rules_arena);
    if (gk_str_starts(answer, GK_STR("file")))
        o->rules = gk_robots_read(gk_str_slice(answer, 4, answer.len), gk_str_of(c->token), &o->rules_arena);
    else
        o->rules = gk_robots_all(gk_str_eqz(answer, "allow"), &o->rules_arena);
    o->outcome = GK_OUTCOME_OK;
    if (gk_str_starts(answer, GK_STR("deny "))) o->outcome = gk_outcome_named(gk_str_slice(answer, 5, answer.len));
    o->asked = false;
    gk_groups_crawl_delay(c->groups, h->group, gk_robots_delay_ms(o->rules));
}

static gk_str note_key(const gk_origin *o, gk_arena *arena) {
    return gk_arena_printf(arena, "robots %.*s", GK_STR_ARG(o->name));
}

/* What an earlier run noted: "EXPIRES ANSWER". */
static bool noted(gk_crawl *c, gk_origin *o, gk_crawl_host *h) {
    gk_arena arena = {0};
    gk_str note = gk_store_noted(c->store, note_key(o, &arena), c->now, &arena);
    size_t blank = gk_str_find(note, GK_STR(" "));
    if (note.ptr && blank != SIZE_MAX) {
        o->expires = strtoll(note.ptr, NULL, 10);
        take_rules(c, o, gk_str_slice(note, blank + 1, note.len), h);
    }
    gk_arena_free(&arena);
    return o->rules != NULL;
}

static void note_answer(gk_crawl *c, gk_origin *o, gk_str answer) {
    gk_buf value = {0};
    gk_arena arena = {0};
    gk_buf_printf(&value, "%lld ", (long long)o->expires);
    gk_buf_put(&value, answer);
    gk_store_note(c->store, note_key(o, &arena), gk_buf_str(&value), o->expires);
    gk_buf_free(&value);
    gk_arena_free(&arena);
}

/* What waits for the file and may not be asked is finished now: it needs no turn of its host for that. */
static void refuse_waiting(gk_crawl *c, uint32_t origin) {
    for (size_t i = 0; i < c->job_count; i++) {
        gk_job *j = c->jobs[i];
        if (j->state == GK_JOB_WAITS && !j->is_robots && j->origin == origin) gk_crawl_job_allowed(c, j);
    }
}

/* The answers go into the archive as all others do: by them it can be told what was allowed when. They belong to no entry
 * of the frontier, and count no later than the note of what they say. */
static void archive(gk_crawl *c, gk_job *job) {
    const gk_entry none = {0};
    gk_err err = {0};
    gk_capture *last = &job->hops[job->hop_count - 1];
    for (size_t i = 0; i < job->hop_count; i++) job->hops[i].kind = GK_STR("robots");
    last->metadata = gk_arena_printf(&job->arena, "kind: robots\r\noutcome: %.*s\r\n", GK_STR_ARG(last->outcome));
    gk_code code = gk_store_put(c->store, &none, job->hops, job->hop_count, &err);
    if (code != GK_OK && c->code == GK_OK) c->code = code, *c->err = err;
}

static void settle(gk_crawl *c, gk_job *job, gk_str answer, int64_t seconds) {
    uint32_t origin = job->origin;
    gk_origin *o = &c->origins.at[origin];
    o->expires = c->now + seconds;
    take_rules(c, o, answer, &c->hosts.at[job->host]);
    archive(c, job); /* first, for what is noted is not asked for again */
    note_answer(c, o, answer);
    gk_crawl_job_end(c, job);
    refuse_waiting(c, origin);
}

static void ask_for(gk_crawl *c, gk_origin *o, const gk_url *url) {
    uint32_t place = (uint32_t)(o - c->origins.at);
    gk_job *job = gk_crawl_job_new(c);
    gk_url robots;
    gk_err why;
    o->asked = true;
    job->is_robots = true;
    job->origin = place;
    if (gk_url_read(GK_STR("/robots.txt"), url, &job->arena, &robots, &why) != GK_OK) robots = *url;
    gk_crawl_job_goto(c, job, &robots);
}

bool gk_crawl_origin_known(gk_crawl *c, gk_origin *o, const gk_url *url) {
    if (o->rules && o->expires > c->now) return true;
    if (o->asked) return false;
    o->rules = NULL;
    gk_crawl_host *h = gk_crawl_host_of(c, url->host, url->site);
    if (noted(c, o, h) && o->expires > c->now) return true;
    o->rules = NULL;
    ask_for(c, o, url);
    return false;
}

/* RFC 9309, section 2.3.1.2: redirects are followed, also to other hosts; after five the file is unavailable, which allows. */
static bool follow(gk_crawl *c, gk_job *job, const gk_response *r) {
    gk_url next;
    gk_err why;
    if (!r->location.len || job->redirects == GK_MAX_REDIRECTS) return false;
    if (gk_url_read(r->location, &job->url, &job->arena, &next, &why) != GK_OK) return false;
    job->redirects++;
    gk_crawl_job_goto(c, job, &next);
    return true;
}

static bool is_file(const gk_response *r) {
    return r->status >= 200 && r->status < 300 && (r->outcome == GK_OUTCOME_OK || r->outcome == GK_OUTCOME_TOO_LARGE);
}

static void take_file(gk_crawl *c, gk_job *job, const gk_response *r) {
    gk_buf room = {0}, answer = {0};
    gk_str body;
    gk_outcome why;
    if (!gk_fetch_decode(r, &room, &body, &why)) body = GK_STR_NONE; /* what cannot be read has no rule */
    gk_buf_put(&answer, GK_STR("file"));
    gk_buf_put(&answer, gk_str_slice(body, 0, GK_MAX_ROBOTS_BYTES));
    settle(c, job, gk_buf_str(&answer), DAY_SECONDS);
    gk_buf_free(&room);
    gk_buf_free(&answer);
}

/* A server that is not there, or that answers nobody, is better described by that than by its robots.txt. */
static gk_outcome deny_class(gk_outcome outcome) {
    return gk_outcome_for_group(outcome) ? outcome : GK_OUTCOME_ROBOTS_UNREACHABLE;
}

static void deny(gk_crawl *c, gk_job *job, const gk_response *r) {
    char answer[64];
    gk_outcome class = deny_class(r->outcome);
    int64_t wait = gk_outcome_wait(class, 1, 0);
    snprintf(answer, sizeof answer, "deny %s", gk_outcome_name(class));
    if (r->retry_after)
        gk_groups_hold(c->groups, c->hosts.at[job->host].group, c->now_ms + (int64_t)r->retry_after * 1000);
    settle(c, job, gk_str_of(answer), wait > 1 && wait < UNREACHABLE_SECONDS ? wait - 1 : UNREACHABLE_SECONDS - 1);
}

void gk_crawl_robots_answer(gk_crawl *c, gk_job *job, const gk_response *r) {
    bool redirect = r->status >= 300 && r->status < 400;
    gk_crawl_job_keep(job, r);
    if (redirect && follow(c, job, r)) return;
    if (is_file(r)) take_file(c, job, r);
    else if (redirect || r->outcome == GK_OUTCOME_HTTP_4XX) settle(c, job, GK_STR("allow"), DAY_SECONDS);
    else deny(c, job, r);
}
