/* A comment may say 收入. */
static const char *list = "（一）第二章";
static const char *word = "收入总计";
