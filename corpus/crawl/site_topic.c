/* How much of the topic a text or an address is: the heaviest word for it against the heaviest word against it.
 *
 * "望汐县招生考试中心2024年部门预算公开": 部门预算 weighs 90 for it, 考试 30 against it: 60.
 * "2024年度会计专业技术资格考试": nothing for it, 考试 30 against it: -30. */
#include "corpus/crawl/site_private.h"

#include <stdlib.h>

static void add_items(gk_trie_item *items, size_t *count, const st_words *words, uint32_t number) {
    for (size_t i = 0; i < words->len; i++) items[(*count)++] = (gk_trie_item){words->at[i], number};
}

static size_t count_words(const st_weighed *w, size_t count) {
    size_t n = 0;
    for (size_t i = 0; i < count; i++) n += w[i].words.len + w[i].paths.len;
    return n;
}

bool st_topic_build(gk_sites *s, st_topic *t) {
    size_t most = count_words(t->follow, t->follow_count) + count_words(t->leave, t->leave_count), words = 0, paths = 0;
    gk_trie_item *word = gk_alloc((most + 1) * sizeof *word), *path = gk_alloc((most + 1) * sizeof *path);
    t->weight = gk_arena_zero(&s->arena, (t->follow_count + t->leave_count + 1) * sizeof *t->weight);
    for (size_t i = 0; i < t->follow_count + t->leave_count; i++) {
        bool good = i < t->follow_count;
        const st_weighed *w = good ? &t->follow[i] : &t->leave[i - t->follow_count];
        t->weight[i] = good ? w->weight : -w->weight;
        add_items(word, &words, &w->words, (uint32_t)i);
        add_items(path, &paths, &w->paths, (uint32_t)i);
    }
    gk_trie_build(&t->words, &s->arena, word, words, false);
    gk_trie_build(&t->paths, &s->arena, path, paths, false);
    words = 0;
    word = gk_realloc(word, (t->inside.len + 1) * sizeof *word);
    add_items(word, &words, &t->inside, 0);
    gk_trie_build(&t->in, &s->arena, word, words, false);
    free(word);
    free(path);
    return true;
}

typedef struct weighing {
    int best, worst;
} weighing;

static void weigh(const st_topic *t, const gk_trie *trie, uint32_t output, weighing *w) {
    gk_trie_output out = trie->output[output];
    for (uint32_t i = 0; i < out.count; i++) {
        int weight = t->weight[trie->value[out.first + i]];
        if (weight > w->best) w->best = weight;
        if (weight < w->worst) w->worst = weight;
    }
}

static void weigh_words(const st_topic *t, gk_str text, weighing *w) {
    for (size_t at = 0; (at = gk_trie_skip(&t->words, text, at)) < text.len;) {
        for (gk_trie_walk k = gk_trie_walk_at(&t->words, text, at); gk_trie_step(&k);) weigh(t, &t->words, k.output, w);
        size_t bytes;
        gk_char_at(text, at, &bytes);
        at += bytes;
    }
}

/* Titles are spread with blanks at times: 部 门 预 算. */
static gk_str without_blanks(gk_str text, char *room, size_t size) {
    size_t n = 0;
    for (size_t i = 0; i < text.len && n < size; i++)
        if (text.ptr[i] != ' ' && (text.ptr[i] < '\t' || text.ptr[i] > '\r')) room[n++] = text.ptr[i];
    return (gk_str){room, n};
}

int st_topic_text(const gk_sites *s, gk_str text) {
    char room[1024];
    weighing w = {0, 0};
    text = without_blanks(text, room, sizeof room);
    for (size_t i = 0; i < s->topics; i++) weigh_words(&s->topic[i], text, &w);
    return w.best + w.worst;
}

bool st_topic_inside(const gk_sites *s, gk_str text) {
    enum { MOST = 60 }; /* bytes: the name of an agency, no headline */
    uint32_t output;
    for (size_t i = 0; i < s->topics && text.len <= MOST; i++)
        for (size_t at = 0; (at = gk_trie_skip(&s->topic[i].in, text, at)) < text.len; at++)
            if (gk_trie_longest(&s->topic[i].in, text, at, &output)) return true;
    return false;
}

static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/* A token of a path stands alone: "czyjs" in "/zwgk/czyjs/" and "/zwgk/czyjs_2024/", not in "/xczyjsb/". */
static bool stands_alone(gk_str s, size_t at, size_t length) {
    return (at == 0 || !is_letter(s.ptr[at - 1])) && (at + length >= s.len || !is_letter(s.ptr[at + length]));
}

int st_topic_path(const gk_sites *s, gk_str path) {
    weighing w = {0, 0};
    for (size_t i = 0; i < s->topics; i++) {
        const gk_trie *trie = &s->topic[i].paths;
        for (size_t at = 0; (at = gk_trie_skip(trie, path, at)) < path.len; at++)
            for (gk_trie_walk k = gk_trie_walk_at(trie, path, at); gk_trie_step(&k);)
                if (stands_alone(path, at, k.length)) weigh(&s->topic[i], trie, k.output, &w);
    }
    return w.best + w.worst;
}
