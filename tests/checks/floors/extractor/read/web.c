#include <expat.h>
#include <sqlite3.h>
