// What lies under the marks: footprints of events, claims and places named. Nothing here takes the mouse by itself.
"use strict";
(() => {
  const { colour, group, pick } = sitmap;

  class Areas {
    constructor(map, data, colours) {
      Object.assign(this, { map, data, colours, polygons: new Map(), shown: [] });
      this.renderer = L.canvas({ pane: "data", padding: 0.3, tolerance: 3 });
      this.drawn = L.layerGroup().addTo(map);
      this.extra = L.layerGroup().addTo(map);
      this.points = [];
      const size = (area) => (area.kind === "country" ? 1e9 : 0) + data.spreads[area.shape];
      const usable = data.areas.filter((area) => area.shape >= 0 && area.event >= 0).sort((a, b) => size(b) - size(a)); // the largest lowest
      this.footprints = group(usable, (area) => `${area.shape} ${area.kind}`).map((same) => ({ ...same[0], rows: same.map((area) => area.event) }));
    }

    common(more) {
      return { renderer: this.renderer, pane: "data", interactive: false, ...more };
    }

    // Polygons are made once and styled anew: making them is what takes time.
    draw(visible, layers) {
      this.drawn.clearLayers();
      this.shown = [];
      if (layers.areas) this.drawFootprints(visible);
      this.extra.clearLayers();
      this.points = [];
      if (layers.claims) this.drawClaims();
      if (layers.mentions) this.drawMentions();
    }

    drawFootprints(visible) {
      if (!this.footprints.length) return;
      const seen = new Uint8Array(this.data.events.length);
      for (const event of visible) seen[event.row] = event.lat === null ? 0 : 1;
      const { area_kinds: kinds } = this.data.styles;
      for (const footprint of this.footprints) {
        const events = footprint.rows.filter((row) => seen[row]).map((row) => this.data.events[row]);
        if (!events.length) continue;
        const kind = pick(kinds, footprint.kind, kinds.region);
        const tints = new Set(events.map((event) => this.colours.look(event).colour));
        const edge = tints.size === 1 ? [...tints][0] : sitmap.paint("mixed");
        footprint.polygon ??= L.geoJSON(this.data.shapes[footprint.shape], this.common({ weight: 1.4, opacity: 0.75 }));
        footprint.polygon.setStyle({ color: edge, dashArray: kind.dash, fillColor: edge, fillOpacity: kind.opacity });
        footprint.polygon.addTo(this.drawn);
        this.shown.unshift({ polygon: footprint.polygon, events });
      }
    }

    drawClaims() {
      const tint = colour(this.data.styles.claims);
      const look = { shape: "cross", colour: tint };
      for (const same of group(this.data.claims.filter((claim) => claim.shape >= 0), (claim) => claim.shape)) {
        const options = { color: tint, weight: 1.2, dashArray: [2, 4], fillColor: tint, fillOpacity: 0.05 };
        const polygon = L.geoJSON(this.data.shapes[same[0].shape], this.common(options)).addTo(this.extra);
        const at = [same[0].lat, same[0].lon];
        new Sign(at, this.common({ radius: 8, look, mark: this.data.styles.precision_marks.area, extra: { count: same.length } })).addTo(this.extra);
        this.points.push({ at, radius: 11, polygon, records: same, card: "claimCard" });
      }
    }

    drawMentions() {
      const tint = colour(this.data.styles.mentions);
      const options = { radius: 3.5, color: sitmap.paint("surface"), weight: 1, fillColor: tint, fillOpacity: 0.9 };
      for (const place of this.data.mentions) {
        const at = [place.lat, place.lon];
        L.circleMarker(at, this.common(options)).addTo(this.extra);
        this.points.push({ at, radius: 7, records: [place], card: "placeCard" });
      }
    }

    // Claim or place named whose sign lies under a layer point.
    sign(point) {
      return this.points.findLast(({ at, radius }) => this.map.latLngToLayerPoint(at).distanceTo(point) <= radius) || null;
    }

    // Events whose footprints hold a layer point, those of the smallest footprint first; else the claims about it.
    around(point) {
      const holds = ({ polygon }) => polygon && polygon.getLayers().some((part) => part._containsPoint(point));
      const events = [...new Set(this.shown.filter(holds).flatMap((one) => one.events))];
      return { events, claims: this.points.filter(holds).flatMap((one) => one.records) };
    }
  }

  // A claim's sign, drawn as the legend shows it.
  const Sign = L.CircleMarker.extend({
    _updateBounds() {
      const reach = [this.options.radius + 14, this.options.radius + 14];
      this._pxBounds = new L.Bounds(this._point.subtract(reach), this._point.add(reach));
    },
    _updatePath() {
      const { _drawing: drawing, _ctx: ctx } = this._renderer;
      if (drawing && !this._empty()) sitmap.draw(ctx, this._point, this.options.radius - 2, this.options.look, this.options.mark, this.options.extra);
    },
  });

  sitmap.Areas = Areas;
})();
