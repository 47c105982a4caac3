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
    bool all_findings;        /* also those that hold */
    gongkai_watch *watch;
    void *watch_user;
};

/* Borrowed from the session. */
gk_extractor *gk_session_extractor(gongkai_session *s);
gk_checker *gk_session_checker(gongkai_session *s);
gk_json_emitter *gk_session_emitter(gongkai_session *s);

#endif
