/* The text of schema.sql, built in. */
#ifndef GK_SINK_SCHEMA_H
#define GK_SINK_SCHEMA_H

extern const char gk_schema_sql[]; /* NUL terminated */

#endif
