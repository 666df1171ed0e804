// The small map: where the event was put, its candidates by number, and a place of one's own.
"use strict";
(() => {
  class PlaceMap {
    constructor(box, ground) {
      this.map = L.map(box, { preferCanvas: true, attributionControl: false, minZoom: 2, maxZoom: 15, zoomSnap: 0.5, zoomAnimation: false, fadeAnimation: false });
      for (const [name, level] of [["base", 200], ["data", 410], ["names", 450]]) {
        const pane = this.map.createPane(name);
        pane.style.zIndex = level;
        if (name !== "data") pane.style.pointerEvents = "none";
      }
      this.map.setView([25, 35], 3);
      this.ground = sitmap.addGround(this.map, ground);
      this.ground.provinces.addTo(this.map);
      L.control.scale({ imperial: false }).addTo(this.map);
      this.marks = L.layerGroup().addTo(this.map);
      this.map.on("click", ({ latlng }) => this.clicked && this.clicked(latlng.lat, latlng.lng));
    }
    show(event, chosen, choose) {
      this.marks.clearLayers();
      const points = [];
      if (event.point) {
        if (event.radius) L.circle(event.point, { radius: event.radius, pane: "data", color: sitmap.paint("quiet"), weight: 1.5, dashArray: "5 4", fillOpacity: 0.06, interactive: false }).addTo(this.marks);
        this._spot(event.point, "●", "now", `Where it was put: ${event.where}`);
        points.push(event.point);
      }
      event.candidates.forEach((one, number) => {
        this._spot(one.point, String(number + 1), chosen && chosen.place === one.id ? "set" : "", one.where, () => choose(number));
        points.push(one.point);
      });
      if (chosen && chosen.at) {
        this._spot(chosen.at, "✓", "set", "Where you put it");
        points.push(chosen.at);
      }
      this.ground.names.marks = points;
      if (points.length > 1) this.map.fitBounds(points, { padding: [50, 50], maxZoom: 10, animate: false });
      else if (points.length) this.map.setView(points[0], event.radius > 50000 ? 5.5 : 9, { animate: false });
      this.ground.names.redraw();
    }
    _spot(at, text, kind, label, go) {
      const spot = sitmap.el("span", { class: `spot ${kind}` });
      spot.textContent = text;
      const icon = L.divIcon({ html: spot, className: "", iconSize: [24, 24] });
      const mark = L.marker(at, { icon, keyboard: false, interactive: Boolean(go) }).addTo(this.marks);
      const node = mark.getElement();
      if (node) { node.title = label; node.setAttribute("aria-hidden", "true"); }
      if (go) mark.on("click", go);
    }
    centre() { return this.map.getCenter().wrap(); }
    focus() { this.map.getContainer().focus(); }
    repaint() { this.ground.repaint(); }
  }
  sitmap.PlaceMap = PlaceMap;
})();
