/* Office files with a password: the ZIP file stands encrypted in a compound file ([MS-OFFCRYPTO] 2.3.4). */
#include "read/ole.h"
#include "read/read.h"

static gk_code refuse(gk_str bytes, gk_doc *doc, gk_err *err) {
    (void)bytes, (void)doc;
    return gk_err_set(err, GK_E_ENCRYPTED, "the Office file is encrypted: a password is needed");
}

static int recognise(gk_str bytes) { return gk_ole_has(bytes, "EncryptedPackage") ? 9 : 0; }

const gk_reader gk_reader_locked = {"application/encrypted", recognise, refuse};
