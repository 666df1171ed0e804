-- What a growing folder remembers. Payloads are MessagePack, as pipeline/store/codec.py writes them.
CREATE TABLE IF NOT EXISTS arrival (path TEXT, digest TEXT, doc_id TEXT, replaced INTEGER, payload BLOB,
                                    PRIMARY KEY (path, doc_id, digest));
CREATE TABLE IF NOT EXISTS withdrawal (digest TEXT PRIMARY KEY, at TEXT, note TEXT);
CREATE TABLE IF NOT EXISTS refused (number INTEGER PRIMARY KEY, path TEXT, payload BLOB);
CREATE TABLE IF NOT EXISTS correction (path TEXT PRIMARY KEY, content BLOB);
CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY, value TEXT);
CREATE TABLE IF NOT EXISTS sheet (path TEXT, digest TEXT, payload BLOB, PRIMARY KEY (path, digest));
-- What was read in each report, by the key of all that it rests on, and the polygons in it (WKB), by their hash: zlib.
CREATE TABLE IF NOT EXISTS report (key TEXT PRIMARY KEY, digest TEXT, payload BLOB);
CREATE TABLE IF NOT EXISTS shape (digest TEXT PRIMARY KEY, wkb BLOB);
-- At most one row: products that are finished and were not yet moved to their places.
CREATE TABLE IF NOT EXISTS publishing (folder TEXT PRIMARY KEY);
