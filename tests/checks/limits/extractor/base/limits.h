#define GK_MAX_THINGS 7u
