-- The index. Places are numbered by falling prominence, so that the first rows of a key are the likeliest.
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE place (
  number INTEGER PRIMARY KEY, place_id TEXT NOT NULL, name TEXT NOT NULL, lat REAL NOT NULL, lon REAL NOT NULL,
  feature_class TEXT NOT NULL, feature_code TEXT NOT NULL, country TEXT NOT NULL, admin1 TEXT NOT NULL, admin1_id TEXT NOT NULL,
  admin2 TEXT NOT NULL, population INTEGER NOT NULL, uncertainty_m REAL NOT NULL,
  west REAL, south REAL, east REAL, north REAL, source TEXT NOT NULL
);
-- every id that any source gives a place
CREATE TABLE id (id TEXT PRIMARY KEY, place INTEGER NOT NULL) WITHOUT ROWID;
-- the names of a place, a line each; `label` below counts these lines from 0
CREATE TABLE labels (place INTEGER PRIMARY KEY, lines TEXT NOT NULL);
-- folded name, or a code as written, -> place
CREATE TABLE name (key TEXT NOT NULL, place INTEGER NOT NULL, label INTEGER NOT NULL, PRIMARY KEY (key, place)) WITHOUT ROWID;
CREATE TABLE skeleton (key TEXT NOT NULL, place INTEGER NOT NULL, label INTEGER NOT NULL, PRIMARY KEY (key, place, label)) WITHOUT ROWID;
CREATE TABLE demonym (key TEXT PRIMARY KEY, place INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE country (iso2 TEXT PRIMARY KEY, iso3 TEXT NOT NULL, place INTEGER NOT NULL) WITHOUT ROWID;
-- polygons: WKB, longitude first; the box is of the polygon as drawn, not wrapped
CREATE TABLE area (
  place INTEGER PRIMARY KEY, code TEXT NOT NULL, west REAL NOT NULL, south REAL NOT NULL, east REAL NOT NULL, north REAL NOT NULL,
  wkb BLOB NOT NULL
);
