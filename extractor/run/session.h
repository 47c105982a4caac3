/* A session: a pattern set, and the scratch one process needs to use it. */
#ifndef GK_RUN_SESSION_H
#define GK_RUN_SESSION_H

#include "check/check.h"
#include "emit/json.h"
#include "extract/extract.h"
#include "gongkai.h"

struct gongkai_session {
    gk_set *set;
    gk_extractor *extractor;  /* made at its first use, so that a parent of workers never pays for it */
    gk_checker *checker;      /* the same */
    gk_json_emitter *emitter; /* the same */
    bool ocr; /* pages that are pictures are recognised */
    bool unchecked;           /* no relation is recomputed */
    bool all_findings;        /* also those that hold */
    gongkai_watch *watch;
    void *watch_user;
    uint32_t watch_line; /* only numbers of this line are told, 0: all */
    gk_span watched;     /* that line in the document that is read now */
};

/* Finds the line that is watched in the text of the document that is extracted next. */
void gk_session_watch_in(gongkai_session *s, gk_str text);

/* Borrowed from the session. */
gk_extractor *gk_session_extractor(gongkai_session *s);
gk_checker *gk_session_checker(gongkai_session *s);
gk_json_emitter *gk_session_emitter(gongkai_session *s);

#endif
