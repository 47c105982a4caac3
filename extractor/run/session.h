/* A session: a pattern set, and the scratch one process needs to use it. */
#ifndef GK_RUN_SESSION_H
#define GK_RUN_SESSION_H

#include "emit/json.h"
#include "extract/extract.h"
#include "gongkai.h"

struct gongkai_session {
    gk_set *set;
    gk_extractor *extractor;  /* made at its first use, so that a parent of workers never pays for it */
    gk_json_emitter *emitter; /* the same */
    bool ocr; /* pages that are pictures are recognised */
    gongkai_watch *watch;
    void *watch_user;
};

/* Borrowed from the session. */
gk_extractor *gk_session_extractor(gongkai_session *s);
gk_json_emitter *gk_session_emitter(gongkai_session *s);

#endif
