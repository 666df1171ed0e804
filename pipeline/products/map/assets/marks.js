// The marks on a canvas of their own: one for each kind at a place, counted bubbles where they would lie over each other.
"use strict";
(() => {
  const { draw, bubble, circle } = sitmap;
  const RADIUS = 8;
  const STEP = 18; // pixels between marks of different kinds at one place
  const CELL = 52; // pixels: places nearer than this share a bubble
  const CROWD = 500; // exact and near places in view from which on they do
  const PAD = 0.25;

  const world = (lat, lon) => {
    const sine = Math.sin((Math.max(Math.min(lat, 85.05), -85.05) * Math.PI) / 180);
    return [(lon + 180) / 360, 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)];
  };

  // Events at the same point, once for all: x and y in parts of the world's width.
  function placesOf(events) {
    const numbers = new Map();
    const places = [];
    for (const event of events) {
      if (event.lat === null) continue;
      const key = event.lat * 1e5 * 4e7 + event.lon * 1e5; // a number is compared faster than words
      let place = numbers.get(key);
      if (!place) {
        const [x, y] = world(event.lat, event.lon);
        place = { x, y, lat: event.lat, lon: event.lon, events: [] };
        numbers.set(key, place);
        places.push(place);
      }
      event.place = place;
    }
    return places;
  }

  // A place's events apart: those that may share a bubble, with their number by colour, and those that may not.
  function split(place, colours) {
    if (place.split) return place.split;
    const found = { rough: [], fine: [], count: 0, counted: false, shares: new Map() };
    for (const event of place.events) {
      if (event.rough) found.rough.push(event);
      else {
        const tint = colours.look(event).colour;
        found.fine.push(event);
        found.count += event.n;
        found.counted ||= event.counted;
        found.shares.set(tint, (found.shares.get(tint) || 0) + event.n);
      }
    }
    return (place.split = found);
  }

  function group(records, key) {
    const groups = new Map();
    for (const record of records) {
      const name = key(record);
      if (groups.has(name)) groups.get(name).push(record);
      else groups.set(name, [record]);
    }
    return [...groups.values()];
  }

  const Marks = L.Layer.extend({
    initialize(data, colours) {
      Object.assign(this, { data, colours, selected: null, circles: true, hits: [], shown: [] });
      placesOf(data.events);
    },
    onAdd(map) {
      this._canvas = L.DomUtil.create("canvas", "marks leaflet-zoom-hide", map.getPane("marks"));
      this._canvas.setAttribute("aria-hidden", "true");
      this._ring = L.DomUtil.create("div", "hover-ring leaflet-zoom-hide", map.getPane("marks"));
      this._ring.hidden = true;
      map.on("moveend resize", this.redraw, this);
    },
    // Events to show, sorted into their places.
    show(events) {
      for (const place of this.shown) place.events = [];
      this.shown = [];
      for (const event of events) {
        if (event.lat === null) continue;
        const { place } = event;
        if (!place.events.length) {
          this.shown.push(place);
          place.split = null;
        }
        place.events.push(event);
      }
      this.redraw();
    },
    redraw() {
      const map = this._map;
      if (!map) return;
      const ctx = this._prepare();
      this.hits = [];
      const near = this._inView();
      const crowded = near.some(({ events }) => events[0].counted) || (near.length > CROWD && near.filter((place) => split(place, this.colours).count).length > CROWD);
      const [alone, bubbles] = crowded ? this._gather(near) : [near.map((place) => ({ place, events: place.events })), []];
      if (this.circles) for (const { place, events } of alone) this._drawCircles(ctx, place, events);
      for (const each of bubbles) this._drawBubble(ctx, each);
      for (const { place, events } of alone) this._drawPlace(ctx, place, events);
    },
    _prepare() {
      const map = this._map;
      const size = map.getSize();
      const pad = size.multiplyBy(PAD).round();
      const ratio = window.devicePixelRatio || 1;
      this._origin = map.containerPointToLayerPoint(pad.multiplyBy(-1));
      L.DomUtil.setPosition(this._canvas, this._origin);
      const [width, height] = [size.x + 2 * pad.x, size.y + 2 * pad.y];
      Object.assign(this._canvas, { width: width * ratio, height: height * ratio });
      Object.assign(this._canvas.style, { width: `${width}px`, height: `${height}px` });
      const ctx = this._canvas.getContext("2d");
      ctx.setTransform(ratio, 0, 0, ratio, -this._origin.x * ratio, -this._origin.y * ratio);
      this._area = { left: this._origin.x, top: this._origin.y, right: this._origin.x + width, bottom: this._origin.y + height };
      return ctx;
    },
    // The places that the canvas holds, with their layer points.
    _inView() {
      const scale = this._map.options.crs.scale(this._map.getZoom());
      const origin = this._map.getPixelOrigin();
      const { left, top, right, bottom } = this._area;
      return this.shown.filter((place) => {
        place.px = Math.round(place.x * scale - origin.x);
        place.py = Math.round(place.y * scale - origin.y);
        return place.px > left - 40 && place.px < right + 40 && place.py > top - 40 && place.py < bottom + 40;
      });
    },
    // Cells of a grid that is fixed to the ground; coarse placements are never hidden in a bubble.
    _gather(places) {
      const origin = this._map.getPixelOrigin();
      const cells = new Map();
      const alone = [];
      for (const place of places) {
        const { rough, count } = split(place, this.colours);
        if (rough.length) alone.push({ place, events: rough });
        if (!count) continue;
        const cell = Math.floor((place.px + origin.x) / CELL) * 1e6 + Math.floor((place.py + origin.y) / CELL);
        if (!cells.has(cell)) cells.set(cell, []);
        cells.get(cell).push(place);
      }
      const bubbles = [];
      for (const here of cells.values()) {
        if (here.length > 1 || here[0].split.counted) bubbles.push(here); // a hexagon or a cell is never drawn as a place
        else alone.push({ place: here[0], events: here[0].split.fine });
      }
      return [alone, bubbles];
    },
    _drawBubble(ctx, places) {
      const shares = new Map();
      let [count, x, y] = [0, 0, 0];
      for (const place of places) {
        const here = place.split.count;
        for (const [tint, share] of place.split.shares) shares.set(tint, (shares.get(tint) || 0) + share);
        [count, x, y] = [count + here, x + place.px * here, y + place.py * here];
      }
      const at = { x: x / count, y: y / count };
      const radius = Math.min(13 + 3 * Math.log10(count), 25);
      bubble(ctx, at, radius, shares, count);
      this.hits.push({ ...at, radius, places });
    },
    _drawPlace(ctx, place, here) {
      const kinds = this._kinds(here);
      kinds.forEach((same, number) => {
        const at = { x: place.px + Math.round((number - (kinds.length - 1) / 2) * STEP), y: place.py };
        const mark = this.data.styles.precision_marks[same[0].mark];
        const count = sitmap.total(same);
        const radius = (mark.dash.length ? RADIUS + 1.5 : RADIUS) - 2;
        draw(ctx, at, radius, this.colours.look(same[0]), mark, { count, selected: same.includes(this.selected) });
        this.hits.push({ ...at, radius: radius + 4, events: same, here: place.events });
      });
    },
    // Events that share a mark: by how well the place is known, and by the look of their type, which is one object each.
    _kinds(here) {
      const marks = {};
      for (const event of here) {
        const looks = (marks[event.mark] ??= new Map());
        const look = this.colours.look(event);
        if (looks.has(look)) looks.get(look).push(event);
        else looks.set(look, [event]);
      }
      return Object.values(marks).flatMap((looks) => [...looks.values()]);
    },
    // Uncertainty in metres, never smaller than what can be seen around its mark.
    _drawCircles(ctx, place, events) {
      const { opacity, least_px: leastPx } = this.data.styles.circles;
      const metres = 40075017 * Math.cos((place.lat * Math.PI) / 180) / this._map.options.crs.scale(this._map.getZoom());
      const near = events.filter((event) => event.uncertainty_m > 0 && !event.rough);
      for (const [event] of group(near, (one) => `${one.uncertainty_m} ${this.colours.look(one).colour}`)) {
        const wide = event.mark === "near";
        const radius = Math.max(event.uncertainty_m / metres, wide ? leastPx + 5 : leastPx);
        circle(ctx, { x: place.px, y: place.py }, radius, this.colours.look(event).colour, wide, opacity);
      }
    },
    // What lies under a layer point, the topmost first.
    hit(point) {
      for (let i = this.hits.length - 1; i >= 0; i -= 1) {
        const { x, y, radius } = this.hits[i];
        if ((point.x - x) ** 2 + (point.y - y) ** 2 <= radius ** 2) return this.hits[i];
      }
      return null;
    },
    select(event) {
      this.selected = event;
      this.redraw();
    },
    // A ring around an event that the list points at, wherever it is drawn.
    point(event) {
      const hit = event && this.hits.find((one) => (one.events ? one.events.includes(event) : one.places.includes(event.place)));
      this._ring.hidden = !hit;
      if (hit) L.DomUtil.setPosition(this._ring, L.point(hit.x, hit.y));
    },
  });

  Object.assign(sitmap, { Marks, group, placesOf, world });
})();
