/* How a job ends: the new state of its entry, what its group has to wait, and what the archive gets. */
#include <stdio.h>
#include <stdlib.h>

#include "base/digest.h"
#include "corpus/archive/field.h"
#include "corpus/crawl/crawl_inner.h"

enum { MOST_REASON = 300 };

/* ---- waits of groups, which outlive the run: "UNIX-SECONDS CLASS" */

static gk_str hold_key(const gk_crawl_host *h, gk_arena *arena) {
    return gk_arena_printf(arena, "hold %.*s", GK_STR_ARG(h->site.len ? h->site : h->name));
}

void gk_crawl_restore_hold(gk_crawl *c, gk_crawl_host *h) {
    gk_arena arena = {0};
    gk_str note = gk_store_noted(c->store, hold_key(h, &arena), c->now, &arena);
    int64_t until = note.ptr ? strtoll(note.ptr, NULL, 10) : 0;
    if (until > c->now) {
        h->held_ms = c->now_ms + (until - c->now) * 1000;
        gk_groups_hold(c->groups, h->group, h->held_ms);
    }
    gk_arena_free(&arena);
}

/* The hosts of the group wait with it. */
static void hold_hosts(gk_crawl *c, gk_group group, int64_t until_ms) {
    for (size_t i = 0; i < c->hosts.len; i++) {
        gk_crawl_host *h = &c->hosts.at[i];
        if (gk_groups_of(c->groups, h->name, h->site) == group && h->held_ms < until_ms) h->held_ms = until_ms;
    }
}

static void hold(gk_crawl *c, gk_crawl_host *h, gk_outcome outcome, uint32_t seconds) {
    gk_arena arena = {0};
    int64_t until = c->now + seconds;
    hold_hosts(c, gk_groups_of(c->groups, h->name, h->site), c->now_ms + (int64_t)seconds * 1000);
    gk_str value = gk_arena_printf(&arena, "%lld %s", (long long)until, gk_outcome_name(outcome));
    gk_groups_hold(c->groups, h->group, c->now_ms + (int64_t)seconds * 1000);
    gk_store_note(c->store, hold_key(h, &arena), value, until);
    gk_arena_free(&arena);
}

/* What the answer says of the whole group. A host that fails again and again is left alone for the rest of the run. */
static void judge_group(gk_crawl *c, const gk_job *job, gk_outcome outcome, uint32_t wait) {
    if (job->host == UINT32_MAX) return;
    gk_crawl_host *h = &c->hosts.at[job->host];
    if (!gk_outcome_for_group(outcome)) {
        if (job->hop_count) h->failures = 0;
        return;
    }
    h->failures++;
    uint32_t more = gk_outcome_wait(outcome, h->failures, job->retry_after);
    if (!more) h->given_up = true;
    if (more > wait) wait = more;
    if (wait) hold(c, h, outcome, wait);
}

/* ---- the entry */

static bool is_good(gk_outcome o) { return o == GK_OUTCOME_OK || o == GK_OUTCOME_NOT_MODIFIED; }

static gk_str digest_of(gk_str payload, gk_arena *arena) {
    char hex[65];
    gk_sha256 hash;
    gk_sha256_init(&hash);
    gk_sha256_add(&hash, payload);
    gk_sha256_hex(&hash, hex);
    return gk_arena_dup(arena, gk_str_of(hex));
}

static void update_entry(gk_crawl *c, gk_job *job, gk_outcome outcome, gk_str reason, uint32_t wait) {
    gk_entry *e = &job->entry;
    gk_capture *last = job->hop_count ? &job->hops[job->hop_count - 1] : NULL;
    e->outcome = gk_str_of(gk_outcome_name(outcome));
    e->reason = reason.len ? gk_str_slice(reason, 0, MOST_REASON) : GK_STR_NONE;
    e->due = wait ? c->now + wait : INT64_MAX;
    e->status = last ? last->status : 0;
    if (last) e->fetched = c->now;
    if (outcome == GK_OUTCOME_NOT_MODIFIED || !last) return;
    if (last->payload.len && last->status >= 200 && last->status < 300)
        e->digest = last->digest = digest_of(last->payload, &job->arena);
    if (outcome != GK_OUTCOME_OK) return;
    e->etag = job->etag;
    e->last_modified = job->last_modified;
}

/* ---- the capture */

#define PUT(out, name, value) gk_field_put((out), GK_STR(name ": "), (value), GK_STR("\r\n"))

static void put_number(gk_buf *out, const char *name, uint64_t n) {
    gk_buf_put(out, gk_str_of(name));
    gk_buf_put_number(out, n);
    gk_buf_put(out, GK_STR("\r\n"));
}

static void describe(const gk_job *job, const gk_site_page *page, gk_buf *out) {
    const gk_entry *e = &job->entry;
    PUT(out, "kind", e->kind);
    PUT(out, "outcome", e->outcome);
    PUT(out, "reason", e->reason);
    PUT(out, "anchor", e->text);
    PUT(out, "name", page && page->name.len ? page->name : e->name); /* of the header, where it has one */
    PUT(out, "date", e->date);
    if (e->year > 0) put_number(out, "year: ", (uint64_t)e->year);
    put_number(out, "hopsFromSeed: ", e->depth);
    if (!page) return;
    PUT(out, "profile", page->profile);
    PUT(out, "title", page->title);
    PUT(out, "published", page->published);
    PUT(out, "site-name", page->site_name);
    PUT(out, "site-code", page->site_code);
    PUT(out, "column", page->column);
}

static gk_str utf8_head(gk_str s, size_t most) {
    if (s.len <= most) return s;
    while (most && ((unsigned char)s.ptr[most] & 0xC0) == 0x80) most--;
    return gk_str_slice(s, 0, most);
}

static void fill_last_hop(gk_job *job, const gk_site_page *page, gk_buf *lines) {
    gk_capture *last = &job->hops[job->hop_count - 1];
    describe(job, page, lines);
    last->metadata = gk_buf_str(lines);
    last->outcome = job->entry.outcome;
    last->robots = job->robots;
    last->name = job->entry.name;
    if (!page) return;
    last->robots |= page->robots;
    last->media_type = page->media_type;
    last->published = page->published;
    last->title = utf8_head(page->title, 1000);
    if (page->name.len) last->name = page->name;
    if (!(last->robots & GK_ROBOTS_NOARCHIVE)) return;
    last->payload = last->digest = GK_STR_NONE; /* the site does not want it kept */
    last->truncated = GK_STR("unspecified");
}

static void put(gk_crawl *c, gk_job *job, const gk_site_page *page) {
    gk_buf lines = {0};
    gk_err err = {0};
    if (job->hop_count) {
        fill_last_hop(job, page, &lines);
        gk_code code = gk_store_put(c->store, &job->entry, job->hops, job->hop_count, &err);
        if (code != GK_OK && c->code == GK_OK) c->code = code, *c->err = err;
    } else {
        gk_store_postpone(c->store, &job->entry);
    }
    gk_buf_free(&lines);
}

static void count(gk_crawl *c, const gk_job *job, gk_outcome outcome) {
    bool page = gk_str_eqz(job->entry.kind, gk_link_kind_name(GK_LINK_ARTICLE));
    bool file = gk_str_eqz(job->entry.kind, gk_link_kind_name(GK_LINK_ATTACHMENT));
    if (!is_good(outcome)) c->result->total.errors[outcome]++;
    else if (page || file) c->result->total.documents++;
}

void gk_crawl_finish(gk_crawl *c, gk_job *job, gk_outcome outcome, gk_str reason, const gk_site_page *page) {
    job->entry.attempts++;
    uint32_t wait = gk_outcome_wait(outcome, job->entry.attempts, job->retry_after);
    update_entry(c, job, outcome, reason, wait);
    judge_group(c, job, outcome, gk_outcome_for_group(outcome) ? wait : 0);
    count(c, job, outcome);
    put(c, job, page);
    if (job->host != UINT32_MAX && wait) {
        gk_url first;
        gk_err ignored;
        gk_crawl_host *h = &c->hosts.at[job->host]; /* a retry begins at the first hop again */
        if (gk_url_read(job->entry.url, NULL, &job->arena, &first, &ignored) == GK_OK)
            h = gk_crawl_host_of(c, first.host, first.site);
        gk_crawl_host_due(h, job->entry.due);
    }
    gk_crawl_job_end(c, job);
}
