"""More events than a page can hold, as points in vector tiles (PMTiles), and the record of one of them when asked."""
