// Records -> what is drawn: areas below, circles over them, marks on top; rebuilt whenever what is shown changes.
"use strict";
(() => {
  const { colour, pick, Mark, Reach } = sitmap;
  const RADIUS = 8;
  const STEP = 18; // pixels between marks of different kinds at one place

  function group(records, key) {
    const groups = new Map();
    for (const record of records) {
      const name = key(record);
      if (groups.has(name)) groups.get(name).push(record);
      else groups.set(name, [record]);
    }
    return [...groups.values()];
  }

  class Layers {
    constructor(map, data, open) {
      Object.assign(this, { map, data, open, selected: null });
      this.renderer = L.canvas({ pane: "data", padding: 0.3, tolerance: 3 });
      this.drawn = L.layerGroup().addTo(map);
    }

    look(event) {
      const style = pick(this.data.styles.event_types, event.event_type, this.data.styles.other_event_type);
      return { shape: style.shape, colour: colour(style) };
    }

    common(more) {
      return { renderer: this.renderer, pane: "data", bubblingMouseEvents: false, ...more };
    }

    draw(events, show) {
      const placed = events.filter((event) => event.lat !== null);
      this.drawn.clearLayers();
      this.marks = new Map();
      if (show.areas) this.drawAreas(placed);
      if (show.circles) this.drawCircles(placed);
      if (show.claims) this.drawClaims();
      if (show.mentions) this.drawMentions();
      this.drawMarks(placed);
    }

    drawAreas(placed) {
      const shown = new Set(placed.map((event) => event.row));
      const areas = this.data.areas.filter((area) => area.shape >= 0 && shown.has(area.event));
      const size = (area) => (area.kind === "country" ? 1e9 : 0) + this.data.spreads[area.shape];
      areas.sort((one, other) => size(other) - size(one)); // the largest lowest
      this.footprints = [];
      for (const same of group(areas, (area) => `${area.shape} ${area.kind}`)) {
        const { area_kinds: kinds } = this.data.styles;
        const kind = pick(kinds, same[0].kind, kinds.region);
        const events = same.map((area) => this.data.events[area.event]);
        const looks = new Set(events.map((event) => this.look(event).colour));
        const edge = looks.size === 1 ? [...looks][0] : sitmap.paint("mixed");
        const options = { color: edge, weight: 1.4, dashArray: kind.dash, fillColor: edge, fillOpacity: kind.opacity };
        const polygon = L.geoJSON(this.data.shapes[same[0].shape], this.common({ ...options, opacity: 0.75 }));
        polygon.on("click", (at) => this.open(this.eventsAround(at.latlng), at.latlng)).addTo(this.drawn);
        this.footprints.unshift({ polygon, events });
      }
    }

    // Events whose footprints hold this point, those of the smallest footprint first.
    eventsAround(latlng) {
      const point = this.map.latLngToLayerPoint(latlng);
      const holding = this.footprints.filter(({ polygon }) => polygon.getLayers().some((part) => part._containsPoint(point)));
      return [...new Set(holding.flatMap(({ events }) => events))];
    }

    drawCircles(placed) {
      const { opacity, least_px: leastPx } = this.data.styles.circles;
      const near = placed.filter((event) => event.uncertainty_m > 0 && (event.mark === "exact" || event.mark === "near"));
      for (const [event] of group(near, (one) => `${one.lat} ${one.lon} ${one.uncertainty_m} ${one.event_type}`)) {
        const edge = this.look(event).colour;
        const wide = event.mark === "near";
        new Reach([event.lat, event.lon], this.common({
          radius: Number(event.uncertainty_m), leastPx: wide ? leastPx + 5 : leastPx, interactive: false,
          color: edge, weight: wide ? 1.2 : 0.8, opacity: wide ? 0.8 : 0.45, dashArray: wide ? [4, 3] : null,
          fill: wide, fillColor: edge, fillOpacity: opacity,
        })).addTo(this.drawn);
      }
    }

    // Marks of one kind at one place become one mark with a count; different kinds stand side by side.
    drawMarks(placed) {
      for (const here of group(placed, (event) => `${event.lat.toFixed(4)} ${event.lon.toFixed(4)}`)) {
        const kinds = group(here, (event) => `${event.mark} ${event.event_type}`);
        kinds.forEach((same, number) => this.drawMark(same, (number - (kinds.length - 1) / 2) * STEP, here));
      }
    }

    drawMark(same, right, here) {
      const selected = same.includes(this.selected);
      const ordered = [...same, ...here.filter((event) => !same.includes(event))];
      const mark = this.data.styles.precision_marks[same[0].mark];
      const drawn = new Mark([same[0].lat, same[0].lon], this.common({
        radius: mark.dash.length ? RADIUS + 1.5 : RADIUS, shift: [right, 0], look: this.look(same[0]), mark,
        extra: { count: same.length, selected },
      }));
      drawn.on("click", () => this.open(ordered, [same[0].lat, same[0].lon])).addTo(this.drawn);
      for (const event of same) this.marks.set(event.row, drawn);
    }

    // Ring the mark of the chosen event, and no other.
    select(event) {
      const [before, after] = [this.selected, event].map((one) => one && this.marks.get(one.row));
      this.selected = event;
      for (const mark of [before, after]) {
        if (!mark) continue;
        mark.options.extra.selected = mark === after;
        mark.bringToFront();
      }
    }

    drawClaims() {
      const { claims } = this.data.styles;
      const tint = colour(claims);
      const mark = this.data.styles.precision_marks.area;
      for (const same of group(this.data.claims.filter((claim) => claim.shape >= 0), (claim) => claim.shape)) {
        const click = (at) => this.open(same, at.latlng, sitmap.claimCard);
        const options = { color: tint, weight: 1.2, dashArray: [2, 4], fillColor: tint, fillOpacity: 0.05 };
        L.geoJSON(this.data.shapes[same[0].shape], this.common(options)).on("click", click).addTo(this.drawn);
        const extra = { count: same.length };
        const look = { shape: "cross", colour: tint };
        new Mark([same[0].lat, same[0].lon], this.common({ radius: RADIUS, look, mark, extra })).on("click", click).addTo(this.drawn);
      }
    }

    drawMentions() {
      const tint = colour(this.data.styles.mentions);
      const options = { radius: 3.5, color: sitmap.paint("surface"), weight: 1, fillColor: tint, fillOpacity: 0.9 };
      for (const place of this.data.mentions) {
        const at = [place.lat, place.lon];
        L.circleMarker(at, this.common(options)).on("click", () => this.open([place], at, sitmap.placeCard)).addTo(this.drawn);
      }
    }
  }

  sitmap.Layers = Layers;
})();
