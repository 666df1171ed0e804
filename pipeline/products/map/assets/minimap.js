// The overview: the world around what is seen, with a frame; a click goes there.
"use strict";
(() => {
  const [WIDTH, HEIGHT] = [150, 100];

  class MiniMap {
    constructor(map, countries) {
      Object.assign(this, { map, countries });
      this.box = sitmap.byId("minimap");
      this.canvas = document.createElement("canvas");
      Object.assign(this.canvas, { width: WIDTH * 2, height: HEIGHT * 2 });
      this.canvas.setAttribute("role", "img");
      this.canvas.setAttribute("aria-label", "Overview: where the map lies in the world");
      this.box.append(this.canvas);
      this.canvas.addEventListener("click", (at) => this.go(at));
      map.on("moveend", () => this.draw());
    }

    show(on) {
      this.box.hidden = !on;
      this.draw();
    }

    // Parts of the world's width, four zooms further out than the map, but no wider than the world.
    frame() {
      const bounds = this.map.getBounds();
      const [west, north] = sitmap.world(bounds.getNorth(), bounds.getWest());
      const [east, south] = sitmap.world(bounds.getSouth(), bounds.getEast());
      const width = Math.min(Math.max((east - west) * 5, ((south - north) * 5 * WIDTH) / HEIGHT, 0.02), 1.1);
      return { west, north, east, south, width, x: (west + east) / 2 - width / 2, y: (north + south) / 2 - (width * HEIGHT) / WIDTH / 2 };
    }

    draw() {
      if (this.box.hidden) return;
      this.rings ??= this.countries.features.flatMap(({ geometry: { type, coordinates } }) => (type === "Polygon" ? [coordinates] : coordinates).map((polygon) => polygon[0].map(([lon, lat]) => sitmap.world(lat, lon))));
      const ctx = this.canvas.getContext("2d");
      const at = this.frame();
      const scale = (2 * WIDTH) / at.width;
      const point = (x, y) => [(x - at.x) * scale, (y - at.y) * scale];
      ctx.fillStyle = sitmap.paint("water");
      ctx.fillRect(0, 0, 2 * WIDTH, 2 * HEIGHT);
      ctx.beginPath();
      for (const ring of this.rings) ring.forEach(([x, y], number) => (number ? ctx.lineTo(...point(x, y)) : ctx.moveTo(...point(x, y))));
      ctx.fillStyle = sitmap.paint("land");
      ctx.fill();
      ctx.strokeStyle = sitmap.paint("border");
      ctx.lineWidth = 1;
      ctx.stroke();
      const [left, top] = point(at.west, at.north);
      const [right, bottom] = point(at.east, at.south);
      ctx.strokeStyle = sitmap.paint("accent");
      ctx.lineWidth = 4;
      ctx.strokeRect(left, top, right - left, bottom - top);
    }

    go(event) {
      const area = this.canvas.getBoundingClientRect();
      const at = this.frame();
      const x = at.x + ((event.clientX - area.left) / area.width) * at.width;
      const y = at.y + ((event.clientY - area.top) / area.height) * ((at.width * HEIGHT) / WIDTH);
      const lat = (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI;
      this.map.panTo([lat, x * 360 - 180], { animate: false });
    }
  }

  sitmap.MiniMap = MiniMap;
})();
