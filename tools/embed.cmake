# Writes a file as a C string: cmake -DFILE=IN -DSYMBOL=NAME -DOUT=OUT.c -P embed.cmake
# The string is NUL terminated; NAME_len counts the bytes without the NUL.
file(READ "${FILE}" hex HEX)
string(LENGTH "${hex}" digits)
math(EXPR length "${digits} / 2")
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "\\\\x\\1" bytes "${hex}")
set(byte "\\\\x[0-9a-f][0-9a-f]")
set(eight "${byte}${byte}${byte}${byte}${byte}${byte}${byte}${byte}")
string(REGEX REPLACE "(${eight}${eight}${eight})" "\\1\"\n\"" bytes "${bytes}")
file(WRITE "${OUT}" "#include <stddef.h>\nextern const char ${SYMBOL}[];\nextern const size_t ${SYMBOL}_len;\n"
  "const char ${SYMBOL}[] =\n\"${bytes}\";\nconst size_t ${SYMBOL}_len = ${length};\n")
