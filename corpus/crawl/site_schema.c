#include "corpus/crawl/site_schema.h"

#include <stddef.h>

#define FIELD(name, kind, type, member) {name, kind, offsetof(type, member), 0, NULL, false}
#define NEEDED(name, kind, type, member) {name, kind, offsetof(type, member), 0, NULL, true}
#define PART(name, items) {name, ST_F_MAP, 0, 0, items, false}
#define LIST(name, type, member, count, items, needed)                                                                 \
    {name, ST_F_LIST, offsetof(type, member), offsetof(type, count), items, needed}
#define END {NULL, ST_F_TEXT, 0, 0, NULL, false}

static const st_field test_fields[] = {
    FIELD("what", ST_F_TEXT, st_test, what),
    NEEDED("url", ST_F_TEXT, st_test, url),
    FIELD("as", ST_F_TEXT, st_test, as),
    FIELD("text", ST_F_TEXT, st_test, text),
    FIELD("body", ST_F_TEXT, st_test, body),
    FIELD("type", ST_F_TEXT, st_test, type),
    FIELD("disposition", ST_F_TEXT, st_test, disposition),
    FIELD("status", ST_F_NUMBER, st_test, status),
    FIELD("since", ST_F_NUMBER, st_test, since),
    NEEDED("page", ST_F_TEXT, st_test, page),
    NEEDED("gives", ST_F_TEXT, st_test, gives),
    END,
};
static const st_schema test_schema = {"a test", sizeof(st_test), offsetof(st_test, line), test_fields};

static const st_field when_fields[] = {
    FIELD("text", ST_F_NEEDS, st_profile, when_text),
    FIELD("url", ST_F_REGEXES, st_profile, when_url),
    FIELD("json", ST_F_TEXT, st_profile, when_json),
    FIELD("always", ST_F_FLAG, st_profile, always),
    END,
};
static const st_schema when_schema = {"what a profile is known by", 0, SIZE_MAX, when_fields};

static const st_field kind_fields[] = {
    NEEDED("kind", ST_F_TEXT, st_kind_rule, kind),
    NEEDED("url", ST_F_REGEX, st_kind_rule, url),
    END,
};
static const st_schema kind_schema = {"a kind of link", sizeof(st_kind_rule), SIZE_MAX, kind_fields};

static const st_field pager_fields[] = {
    NEEDED("id", ST_F_TEXT, st_pager, id),
    FIELD("needs", ST_F_NEEDS, st_pager, needs),
    FIELD("find", ST_F_REGEXES, st_pager, find),
    FIELD("maybe", ST_F_REGEXES, st_pager, maybe),
    FIELD("defaults", ST_F_WORDS, st_pager, defaults),
    FIELD("url", ST_F_REGEX, st_pager, url),
    FIELD("body", ST_F_REGEX, st_pager, body),
    FIELD("base", ST_F_NUMBER, st_pager, base),
    FIELD("size", ST_F_NUMBER, st_pager, size),
    FIELD("get", ST_F_TEMPLATE, st_pager, get),
    FIELD("post", ST_F_TEMPLATE, st_pager, post),
    FIELD("form", ST_F_TEMPLATE, st_pager, form),
    FIELD("type", ST_F_TEMPLATE, st_pager, type),
    FIELD("anchors", ST_F_WORDS, st_pager, anchors),
    FIELD("numbers", ST_F_FLAG, st_pager, numbers),
    FIELD("first", ST_F_FLAG, st_pager, first),
    END,
};
static const st_schema pager_schema = {"a pager", sizeof(st_pager), SIZE_MAX, pager_fields};

static const st_field finder_fields[] = {
    NEEDED("needs", ST_F_NEEDS, st_finder, needs),
    FIELD("with", ST_F_REGEXES, st_finder, with),
    FIELD("url", ST_F_REGEX, st_finder, url),
    NEEDED("find", ST_F_REGEX, st_finder, find),
    NEEDED("get", ST_F_TEMPLATE, st_finder, get),
    END,
};
static const st_schema finder_schema = {"links in a script", sizeof(st_finder), SIZE_MAX, finder_fields};

static const st_field json_fields[] = {
    FIELD("items", ST_F_TEXT, st_profile, json.items),   FIELD("url", ST_F_TEXT, st_profile, json.url),
    FIELD("title", ST_F_TEXT, st_profile, json.title),   FIELD("date", ST_F_TEXT, st_profile, json.date),
    FIELD("name", ST_F_TEXT, st_profile, json.name),     FIELD("html", ST_F_TEXT, st_profile, json.html),
    FIELD("total", ST_F_TEXT, st_profile, json.total),   FIELD("pages", ST_F_TEXT, st_profile, json.pages),
    END,
};
static const st_schema json_schema = {"how a JSON answer is read", 0, SIZE_MAX, json_fields};

static const st_field meta_fields[] = {
    FIELD("title", ST_F_WORDS, st_profile, metas.title),
    FIELD("site_name", ST_F_WORDS, st_profile, metas.site_name),
    FIELD("site_code", ST_F_WORDS, st_profile, metas.site_code),
    FIELD("published", ST_F_WORDS, st_profile, metas.published),
    FIELD("column", ST_F_WORDS, st_profile, metas.column),
    END,
};
static const st_schema meta_schema = {"names of meta tags", 0, SIZE_MAX, meta_fields};

static const st_field profile_fields[] = {
    NEEDED("id", ST_F_TEXT, st_profile, id),
    NEEDED("what", ST_F_TEXT, st_profile, what),
    FIELD("priority", ST_F_NUMBER, st_profile, priority),
    {"when", ST_F_MAP, 0, 0, &when_schema, true},
    LIST("kinds", st_profile, kinds, kind_count, &kind_schema, false),
    LIST("pagers", st_profile, pagers, pager_count, &pager_schema, false),
    LIST("links", st_profile, finders, finder_count, &finder_schema, false),
    PART("json", &json_schema),
    PART("metas", &meta_schema),
    FIELD("names", ST_F_WORDS, st_profile, names),
    FIELD("inner", ST_F_WORDS, st_profile, inner),
    FIELD("list", ST_F_NEEDS, st_profile, list),
    FIELD("article", ST_F_NEEDS, st_profile, article),
    FIELD("saved", ST_F_NEEDS, st_profile, saved),
    LIST("tests", st_profile, tests, test_count, &test_schema, true),
    END,
};
static const st_schema profile_schema = {"a profile", sizeof(st_profile), offsetof(st_profile, line), profile_fields};

static const st_field verdict_fields[] = {
    NEEDED("id", ST_F_TEXT, st_verdict, id),
    NEEDED("outcome", ST_F_TEXT, st_verdict, outcome),
    NEEDED("why", ST_F_TEXT, st_verdict, why),
    FIELD("raw", ST_F_NEEDS, st_verdict, raw),
    FIELD("text", ST_F_REGEXES, st_verdict, text),
    FIELD("title", ST_F_REGEXES, st_verdict, title),
    FIELD("most_text", ST_F_NUMBER, st_verdict, most_text),
    FIELD("most_bytes", ST_F_NUMBER, st_verdict, most_bytes),
    FIELD("status", ST_F_WORDS, st_verdict, status),
    FIELD("password", ST_F_FLAG, st_verdict, password),
    FIELD("file_wanted", ST_F_FLAG, st_verdict, file_wanted),
    LIST("tests", st_verdict, tests, test_count, &test_schema, true),
    END,
};
static const st_schema verdict_schema = {"a verdict", sizeof(st_verdict), offsetof(st_verdict, line), verdict_fields};

static const st_field weighed_fields[] = {
    NEEDED("weight", ST_F_NUMBER, st_weighed, weight),
    FIELD("words", ST_F_WORDS, st_weighed, words),
    FIELD("paths", ST_F_WORDS, st_weighed, paths),
    END,
};
static const st_schema weighed_schema = {"weighed words", sizeof(st_weighed), SIZE_MAX, weighed_fields};

static const st_field topic_test_fields[] = {
    FIELD("text", ST_F_TEXT, st_topic_test, text),
    FIELD("path", ST_F_TEXT, st_topic_test, path),
    FIELD("year", ST_F_NUMBER, st_topic_test, year),
    FIELD("follow", ST_F_FLAG, st_topic_test, follow),
    FIELD("inside", ST_F_FLAG, st_topic_test, inside),
    END,
};
static const st_schema topic_test_schema = {"a test", sizeof(st_topic_test), offsetof(st_topic_test, line), topic_test_fields};

static const st_field topic_fields[] = {
    NEEDED("id", ST_F_TEXT, st_topic, id),
    NEEDED("what", ST_F_TEXT, st_topic, what),
    LIST("follow", st_topic, follow, follow_count, &weighed_schema, true),
    LIST("leave", st_topic, leave, leave_count, &weighed_schema, false),
    FIELD("inside", ST_F_WORDS, st_topic, inside),
    LIST("tests", st_topic, tests, test_count, &topic_test_schema, true),
    END,
};
static const st_schema topic_schema = {"a topic", sizeof(st_topic), offsetof(st_topic, line), topic_fields};

static const st_field file_fields[] = {
    LIST("profiles", st_file, profile, profiles, &profile_schema, false),
    LIST("verdicts", st_file, verdict, verdicts, &verdict_schema, false),
    LIST("topics", st_file, topic, topics, &topic_schema, false),
    END,
};
const st_schema st_schema_file = {"a file of profiles", sizeof(st_file), SIZE_MAX, file_fields};
