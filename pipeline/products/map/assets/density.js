// Two ways of counting: hexagons of events that have a point, provinces of events known at least to the province.
"use strict";
(() => {
  const HEX = 20; // pixels from the middle of a hexagon to its corner
  const STEPS = [0.16, 0.32, 0.5, 0.68, 0.86]; // opacity from few to many
  const exactEnough = (event) => event.lat !== null && !event.rough;

  // Five classes by the square root, so that one crowded place does not make all others look empty.
  const step = (count, most) => STEPS[Math.min(Math.floor(Math.sqrt(count / most) * STEPS.length), STEPS.length - 1)];

  // The classes with the least count of each, for the legend; those that no whole number falls into are left out.
  function swatches(most, tint) {
    const least = STEPS.map((_, number) => Math.max(Math.ceil((number / STEPS.length) ** 2 * most), 1));
    const classes = STEPS.map((opacity, number) => ({ opacity, least: least[number] })).filter(({ least: from }, number) => least[number + 1] !== from && from <= most);
    return sitmap.el("span", { class: "classes" }, classes.map(({ opacity, least: from }) => {
      const box = sitmap.el("span", { class: "class-box", "aria-hidden": "true" });
      box.style.opacity = opacity;
      box.style.background = `var(--${tint})`;
      return sitmap.el("span", { class: "class" }, box, `${from.toLocaleString("en")}+`);
    }));
  }

  class Density {
    constructor(map) {
      Object.assign(this, { map, events: [], on: false, most: 0 });
      this.renderer = L.canvas({ pane: "data", padding: 0.3 });
      this.drawn = L.layerGroup().addTo(map);
      map.on("moveend", () => this.draw());
    }

    show(visible, on) {
      this.on = on;
      this.events = on ? visible.filter(exactEnough) : [];
      this.left = on ? sitmap.total(visible.filter((event) => event.lat !== null)) - sitmap.total(this.events) : 0;
      this.draw();
    }

    // Hexagons of one size on the screen, on a grid fixed to the ground, so that moving the map does not change them.
    draw() {
      this.drawn.clearLayers();
      this.most = 0;
      if (!this.on) return;
      const zoom = this.map.getZoom();
      const scale = this.map.options.crs.scale(zoom);
      const view = this.map.getPixelBounds();
      const cells = new Map();
      for (const { place, n } of this.events) {
        const [x, y] = [place.x * scale, place.y * scale];
        if (x < view.min.x - 40 || x > view.max.x + 40 || y < view.min.y - 40 || y > view.max.y + 40) continue;
        const cell = cellAt(x, y);
        const key = cell.join();
        cells.set(key, { cell, count: (cells.get(key)?.count || 0) + n });
      }
      for (const { count } of cells.values()) this.most = Math.max(this.most, count);
      const tint = sitmap.paint("density");
      for (const { cell, count } of cells.values()) {
        const corners = hexagon(cell).map((point) => this.map.unproject(point, zoom));
        L.polygon(corners, { pane: "data", renderer: this.renderer, interactive: false, color: tint, weight: 0.6, opacity: 0.7, fillColor: tint, fillOpacity: step(count, this.most) }).addTo(this.drawn);
      }
      sitmap.onDensity?.();
    }
  }

  const [WIDE, HIGH] = [Math.sqrt(3) * HEX, 1.5 * HEX];
  const middle = (column, row) => [(column + (row & 1) / 2) * WIDE, row * HIGH];

  function cellAt(x, y) {
    const near = Math.round(y / HIGH);
    let best = null;
    for (const row of [near - 1, near, near + 1]) {
      const column = Math.round(x / WIDE - (row & 1) / 2);
      const [cx, cy] = middle(column, row);
      const distance = (x - cx) ** 2 + (y - cy) ** 2;
      if (!best || distance < best.distance) best = { distance, cell: [column, row] };
    }
    return best.cell;
  }

  function hexagon([column, row]) {
    const [x, y] = middle(column, row);
    return Array.from({ length: 6 }, (_, corner) => {
      const angle = ((60 * corner - 90) * Math.PI) / 180;
      return L.point(x + HEX * Math.cos(angle), y + HEX * Math.sin(angle));
    });
  }

  class Provinces {
    constructor(map, data) {
      Object.assign(this, { map, data, most: 0, left: 0 });
      this.renderer = L.canvas({ pane: "data", padding: 0.3 });
      this.drawn = L.layerGroup().addTo(map);
    }

    show(visible, on) {
      this.drawn.clearLayers();
      this.counts = new Float64Array(this.data.provinces.length);
      this.left = this.most = 0;
      if (!on) return;
      for (const event of visible) {
        if (event.province >= 0) this.counts[event.province] += event.n;
        else this.left += event.n;
      }
      this.most = Math.max(0, ...this.counts);
      const tint = sitmap.paint("counts");
      this.data.provinces.forEach((province, number) => {
        const count = this.counts[number];
        if (!count || province.shape < 0) return;
        province.polygon ??= L.geoJSON(this.data.shapes[province.shape], { pane: "data", renderer: this.renderer, interactive: false, weight: 1 });
        province.polygon.setStyle({ color: tint, opacity: 0.8, fillColor: tint, fillOpacity: step(count, this.most) * 0.8 });
        province.polygon.addTo(this.drawn);
        const { lat, lng } = sitmap.middleOf(this.data.shapes[province.shape]);
        const label = L.divIcon({ className: "province-count", html: sitmap.el("span", { title: province.name }, count.toLocaleString("en")), iconSize: [40, 18], iconAnchor: [20, -9] });
        L.marker([lat, lng], { icon: label, interactive: false, keyboard: false, pane: "marks" }).addTo(this.drawn);
      });
    }
  }

  Object.assign(sitmap, { Density, Provinces, swatches });
})();
