#ifndef GK_BASE_OTHER_H
#define GK_BASE_OTHER_H
#endif
