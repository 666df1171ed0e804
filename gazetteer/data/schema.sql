-- The database of the index. Places are numbered by falling prominence, so that the first rows of a key are the likeliest;
-- what is known of each is in the columns behind the database (gazetteer/columns.py).
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
-- every id that any source gives a place
CREATE TABLE id (id TEXT PRIMARY KEY, place INTEGER NOT NULL) WITHOUT ROWID;
-- folded name, or a code as written, -> place; `label` counts the names of the place from 0, the preferred one
CREATE TABLE name (
  key TEXT NOT NULL, place INTEGER NOT NULL, label INTEGER NOT NULL, country TEXT NOT NULL, PRIMARY KEY (key, place)
) WITHOUT ROWID;
-- consonants -> all folded names that have them and their places, in one row (gazetteer/spellings.py): those of the 300,000
-- likeliest places, and in a second row, where these are fewer than 100 names, the next; `place` is the likeliest of a row
CREATE TABLE skeleton (
  key TEXT NOT NULL, place INTEGER NOT NULL, names TEXT NOT NULL, letters TEXT, places BLOB NOT NULL, PRIMARY KEY (key, place)
) WITHOUT ROWID;
-- the same country by country, every name with all of its places there
CREATE TABLE skeleton_in (
  key TEXT NOT NULL, country TEXT NOT NULL, names TEXT NOT NULL, letters TEXT, places BLOB NOT NULL, PRIMARY KEY (key, country)
) WITHOUT ROWID;
-- words of the names that have several, by place; only the index of words is kept
CREATE VIRTUAL TABLE phrase USING fts5(
  words, content = '', columnsize = 0, detail = none, tokenize = "unicode61 remove_diacritics 0 categories 'L* N* M* Co'"
);
CREATE TABLE demonym (key TEXT PRIMARY KEY, place INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE country (iso2 TEXT PRIMARY KEY, iso3 TEXT NOT NULL, place INTEGER NOT NULL) WITHOUT ROWID;
-- the other sources, a line each, of the places that have several
CREATE TABLE told_by (place INTEGER PRIMARY KEY, sources TEXT NOT NULL);
-- squares of a quarter of a degree, counted eastwards and then northwards (gazetteer/squares.py), and what lies in them
CREATE TABLE square (square INTEGER NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (square, place)) WITHOUT ROWID;
-- polygons: WKB, longitude first
CREATE TABLE area (place INTEGER PRIMARY KEY, wkb BLOB NOT NULL);
-- boxes of the polygons as drawn, not wrapped, that say which country and first-order division a point lies in
CREATE TABLE divides (place INTEGER PRIMARY KEY, west REAL NOT NULL, south REAL NOT NULL, east REAL NOT NULL, north REAL NOT NULL);
