// More events than the page holds: their points out of the vector tiles beside it, where `sitmap serve` shows both. The
// page itself keeps the counts, which all panels go by; from some zoom on, map and list show what the tiles have.
"use strict";
(() => {
  const WIDE = 512; // pixels of a tile on the screen
  const KEPT = 240; // tiles
  const KNOWN = ["type", "country", "province", "precision", "status"]; // facets that counts and points both have
  const TEXTS = ["event_type", "event_status", "sub_event_type", "location", "admin1", "country", "perpetrator", "target", "actor1", "actor2",
    "confidence_level", "mark", "date", "harm", "precision"];
  const NUMBERS = ["low", "injuries_low", "uncertainty_m", "from", "to"];

  const isolated = (part) => (/^[\x20-\x7e]*$/.test(part) ? part : `\u2068${part}\u2069`);
  const where = (...parts) => [...new Set(parts.filter(Boolean))].map(isolated).join(", ");

  let unnamed = -1; // a cell has no row; the list still needs to tell one from another

  function eventOf({ id, x, y, properties }, extent, { z, column, line }, marks) {
    const event = { tiled: true, counted: id < 0, id, n: properties.get("n") ?? 1, event_id: "", row: id >= 0 ? id : (unnamed -= 1) };
    for (const name of TEXTS) event[name] = String(properties.get(name) ?? "");
    for (const name of NUMBERS) event[name] = Number.isFinite(properties.get(name)) ? properties.get(name) : null;
    const [east, south] = [(column + (x + 0.5) / extent) / 2 ** z, (line + (y + 0.5) / extent) / 2 ** z];
    event.lon = east * 360 - 180;
    event.lat = (Math.atan(Math.sinh(Math.PI * (1 - 2 * south))) * 180) / Math.PI;
    if (!Object.hasOwn(marks, event.mark)) event.mark = "area";
    event.rough = event.mark === "area" || event.mark === "country";
    event.where = where(event.location, event.admin1, event.country) || (id < 0 ? `around ${event.lat.toFixed(2)}, ${event.lon.toFixed(2)}` : "");
    return event;
  }

  // The test that points pass as the counts do, which do not tell exact places from near ones.
  function passing(rules) {
    const asked = sitmap.FACETS.filter((facet) => rules[facet.way][facet.name].size && KNOWN.includes(facet.name));
    const choice = (facet, event) => (facet.name === "precision" && event.mark === "exact" ? "near" : facet.of(event));
    return (event) => sitmap.within(event, rules) && sitmap.HARMS[rules.harm].test(event, rules.least) &&
      asked.every((facet) => rules[facet.way][facet.name].has(choice(facet, event)) === (facet.way === "on"));
  }

  class Points {
    constructor(map, about, styles, changed) {
      Object.assign(this, { map, about, changed, marks: styles.precision_marks, tiles: new Map(), last: null });
      this.state = location.protocol === "http:" || location.protocol === "https:" ? "opening" : "file";
      if (this.state === "opening") this.open();
    }

    async open() {
      try {
        this.archive = new pmtiles.PMTiles(new URL(this.about.file, location.href).href);
        const [header, metadata] = await Promise.all([this.archive.getHeader(), this.archive.getMetadata()]);
        this.finest = header.maxZoom;
        this.state = metadata.fingerprint === this.about.fingerprint ? "ready" : "other";
      } catch {
        this.state = "missing";
      }
      this.changed();
    }

    get on() {
      return this.state === "ready" && this.map.getZoom() >= this.about.from;
    }

    // The tiles in view and a little around it; Leaflet's world may be left at its edge, the tiles' may not.
    wanted() {
      const zoom = this.map.getZoom();
      const z = Math.min(Math.floor(zoom) - 1, this.finest);
      const wide = WIDE * 2 ** (zoom - z - 1);
      const { min, max } = this.map.getPixelBounds();
      const last = 2 ** z - 1;
      const found = [];
      for (let line = Math.max(Math.floor(min.y / wide), 0); line <= Math.min(Math.floor(max.y / wide), last); line += 1) {
        for (let column = Math.max(Math.floor(min.x / wide), 0); column <= Math.min(Math.floor(max.x / wide), last); column += 1) found.push({ z, column, line });
      }
      return found;
    }

    // The points in view that pass; until all tiles have come, those of before; null where counts are shown instead.
    shown(rules) {
      if (!this.on) return (this.last = null);
      const tiles = this.wanted().map((at) => this.tile(at));
      if (tiles.some((tile) => tile.failed)) return (this.last = null);
      if (tiles.some((tile) => !tile.events)) return this.last;
      const passes = passing(rules);
      const found = rules.words.trim() ? new Set(tiles.flatMap((tile) => this.found(tile, rules))) : null;
      this.last = this.inOrder(tiles).filter((event) => (!found || found.has(event)) && passes(event));
      return this.last;
    }

    // The events of some tiles, the earliest first; sorted again only when others are in view.
    inOrder(tiles) {
      const same = this.sorted?.tiles.length === tiles.length && tiles.every((tile, number) => tile === this.sorted.tiles[number]);
      if (!same) {
        const events = tiles.flatMap((tile) => tile.events);
        this.sorted = { tiles, events: events.sort((a, b) => (a.from ?? Infinity) - (b.from ?? Infinity) || a.row - b.row) };
      }
      return this.sorted.events;
    }

    found(tile, rules) {
      const hits = (tile.search ??= new sitmap.Search(tile.events, { count: 0 })).find(rules);
      return tile.events.filter((_, number) => hits[number]);
    }

    tile(at) {
      const key = `${at.z}/${at.column}/${at.line}`;
      let tile = this.tiles.get(key);
      if (!tile) this.fetch(at, (tile = { events: null, failed: false }));
      this.tiles.delete(key);
      this.tiles.set(key, tile); // the last that was used goes last
      if (this.tiles.size > KEPT) this.tiles.delete(this.tiles.keys().next().value);
      return tile;
    }

    async fetch(at, tile) {
      try {
        const answer = await this.archive.getZxy(at.z, at.column, at.line);
        const { extent, features } = answer ? sitmap.readTile(answer.data) : { extent: 1, features: [] };
        tile.events = features.map((feature) => eventOf(feature, extent, at, this.marks));
        sitmap.placesOf(tile.events);
      } catch {
        tile.failed = true;
      }
      this.changed();
    }

    // What the page says of itself: what is shown of the points, else how to come to them after what is counted.
    words(counted) {
      const { file } = this.about;
      if (this.last) return told(this.last);
      if (this.state === "file") return `${counted} Points are in ${file} beside this file: run "sitmap serve" on its folder and zoom in.`;
      if (this.state === "other") return `${counted} ${file} is of another run and not shown: run "sitmap map" again.`;
      if (this.state === "missing") return `${counted} ${file} is not beside this page: there are no points to zoom in to.`;
      if (this.on && [...this.tiles.values()].some((tile) => tile.failed)) return `${counted} ${file} could not be read.`;
      return this.state === "ready" ? `${counted} Zoom in for their points.` : counted;
    }
  }

  function told(events) {
    const gathered = events.filter((event) => event.n > 1);
    const said = `${sitmap.plural(sitmap.total(events), "event")} in view`;
    if (!gathered.length) return `${said}, each by itself.`;
    const cells = gathered.some((event) => event.id < 0);
    const days = gathered.reduce((most, event) => Math.max(most, event.from === null ? 0 : event.to - event.from), 0) + 1;
    const shared = `those of the same ${cells ? "cell or " : ""}place, type and ${days > 1 ? `span of up to ${days.toLocaleString("en")} days` : "day"} share a mark`;
    return `${said}, too many for a mark each: ${shared}${days > 1 ? ", and a window of time shows all that may lie in it" : ""}. ${cells ? "Zoom in for single places." : "Each is on a card of its own."}`;
  }

  // What was gathered at one place lies in the table row by row: as many cards, read when they are turned to.
  const singles = (events) => events.flatMap((event) => {
    if (!event.tiled || event.id < 0 || event.n < 2) return [event];
    return Array.from({ length: event.n }, (_, number) => ({ tiled: true, id: event.id + number, n: 1, group: event }));
  });

  // A record comes from the server by its row; without one the card says what the tile says.
  class ServedDetails extends sitmap.Details {
    async of(event) {
      if (!event.tiled || event.id < 0) return super.of(event);
      const { lat, lon } = event.group || event;
      try {
        const answer = await fetch(new URL(`event/${event.id}`, location.href));
        if (!answer.ok) throw new Error(answer.statusText);
        return { ...(await answer.json()), n: 1, lat, lon };
      } catch {
        return { ...event.group, ...event, notes: "Its sentence and reasons could not be read: is sitmap serve still running?" };
      }
    }
  }

  Object.assign(sitmap, { Points, POINT_FACETS: KNOWN, ServedDetails, singles });
})();
