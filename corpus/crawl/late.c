#include "corpus/crawl/late.h"

#include <dlfcn.h>
#include <string.h>

/* dlsym gives a pointer to data for a function: POSIX lets it be read as a pointer to the function. */
static bool set_all(const gk_late *late, void *library) {
    for (size_t i = 0; i < late->count; i++) {
        void *found = dlsym(library, late->functions[i].name);
        if (!found) return false;
        memcpy(late->functions[i].at, &found, sizeof found);
    }
    return true;
}

bool gk_late_load(gk_late *late) {
    if (late->loaded) return true;
    if (late->missing) return false;
    void *library = dlopen(late->library, RTLD_LAZY | RTLD_LOCAL);
    late->loaded = library && set_all(late, library);
    late->missing = !late->loaded;
    if (late->missing && library) dlclose(library);
    return late->loaded;
}
