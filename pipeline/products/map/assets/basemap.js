// The ground: countries, provinces and place names from the file itself, so that the map needs no network.
"use strict";
(() => {
  // Least population named at each zoom; below it a name would only be noise.
  const LEAST = [[4, 5e6], [5, 2e6], [6, 6e5], [7, 2.5e5], [8, 1e5], [9, 4e4], [24, 0]];

  function addGround(map, data) {
    const renderer = L.canvas({ pane: "base", padding: 0.4 });
    const common = { pane: "base", renderer, interactive: false };
    const countries = L.geoJSON(data.countries, { ...common, smoothFactor: 0.6 }).addTo(map);
    const provinces = L.geoJSON(data.admin1, { ...common, smoothFactor: 0.8 });
    const names = new Names(data).addTo(map);
    const repaint = () => {
      countries.setStyle({ fillColor: sitmap.paint("land"), fillOpacity: 1, color: sitmap.paint("border"), weight: 1 });
      provinces.setStyle({ color: sitmap.paint("province"), weight: 0.8, fill: false, dashArray: "2 3" });
      names.redraw();
    };
    repaint();
    const showCountries = (on) => (on ? countries.addTo(map) : countries.remove());
    return { provinces, names, repaint, showCountries };
  }

  // The middle of the largest ring, and how wide that ring is, in degrees.
  function largest({ type, coordinates }) {
    const rings = (type === "Polygon" ? [coordinates] : coordinates).map((polygon) => polygon[0]);
    return rings.map((ring) => ({ ring, ...middle(ring) })).sort((a, b) => b.area - a.area)[0];
  }

  const middleOf = (geometry) => {
    const { lat, lon: lng } = largest(geometry);
    return { lat, lng };
  };

  function labelPoint(feature) {
    const best = largest(feature.geometry);
    const lons = best.ring.map((point) => point[0]);
    return { name: feature.properties.name, lat: best.lat, lon: best.lon, width: Math.max(...lons) - Math.min(...lons) };
  }

  function middle(ring) {
    let [twice, lon, lat] = [0, 0, 0];
    for (let i = 0; i + 1 < ring.length; i += 1) {
      const cross = ring[i][0] * ring[i + 1][1] - ring[i + 1][0] * ring[i][1];
      twice += cross;
      lon += (ring[i][0] + ring[i + 1][0]) * cross;
      lat += (ring[i][1] + ring[i + 1][1]) * cross;
    }
    return { area: Math.abs(twice / 2), lon: lon / (3 * twice), lat: lat / (3 * twice) };
  }

  // Names on a canvas of their own, the largest first, none over another or over a mark.
  const Names = L.Layer.extend({
    initialize(data) {
      this._countries = data.countries.features.filter((one) => one.properties.name).map(labelPoint);
      this._countries.sort((a, b) => b.width - a.width);
      this._places = data.places;
      this.showPlaces = true;
      this.marks = [];
    },
    onAdd(map) {
      this._canvas = L.DomUtil.create("canvas", "names leaflet-zoom-hide", map.getPane("names"));
      this._canvas.setAttribute("aria-hidden", "true");
      map.on("moveend zoomend resize", this.redraw, this);
      this.redraw();
    },
    redraw() {
      const map = this._map;
      if (!map) return;
      const size = map.getSize();
      const pad = size.multiplyBy(0.25).round();
      const ratio = window.devicePixelRatio || 1;
      L.DomUtil.setPosition(this._canvas, map.containerPointToLayerPoint(pad.multiplyBy(-1)));
      this._canvas.width = (size.x + 2 * pad.x) * ratio;
      this._canvas.height = (size.y + 2 * pad.y) * ratio;
      this._canvas.style.width = `${size.x + 2 * pad.x}px`;
      this._canvas.style.height = `${size.y + 2 * pad.y}px`;
      const ctx = this._canvas.getContext("2d");
      ctx.setTransform(ratio, 0, 0, ratio, pad.x * ratio, pad.y * ratio);
      this._taken = this.marks.map((at) => box(map.latLngToContainerPoint(at), 14, 14));
      this._bounds = map.getBounds().pad(0.25);
      this._nameCountries(ctx);
      if (this.showPlaces) this._namePlaces(ctx);
    },
    _nameCountries(ctx) {
      const scale = this._map.options.crs.scale(this._map.getZoom()) / 360;
      if (this._map.getZoom() > 8) return;
      ctx.font = "600 12px system-ui, sans-serif";
      ctx.letterSpacing = "1px";
      for (const country of this._countries) {
        const width = ctx.measureText(country.name.toUpperCase()).width;
        if (width > country.width * scale * 1.05 || !this._bounds.contains([country.lat, country.lon])) continue;
        const at = this._map.latLngToContainerPoint([country.lat, country.lon]);
        this._write(ctx, country.name.toUpperCase(), at, width, "country-name", 16);
      }
      ctx.letterSpacing = "0px";
    },
    _namePlaces(ctx) {
      const zoom = this._map.getZoom();
      const least = zoom < 4 ? Infinity : LEAST.find(([until]) => zoom <= until)[1];
      ctx.font = "500 11.5px system-ui, sans-serif";
      for (const [name, lon, lat, population] of this._places) {
        if (population < least) break; // they come largest first
        if (!this._bounds.contains([lat, lon])) continue;
        const width = ctx.measureText(name).width;
        const at = this._map.latLngToContainerPoint([lat, lon]);
        const marked = this._taken.slice(0, this.marks.length).some((mark) => overlaps(mark, box(at, 1, 1)));
        const off = marked ? 14 : 0; // clear of the mark that stands on the place
        const half = width / 2 + 6 + off;
        const sides = [[half, 0], [-half, 0], [0, -11 - off], [0, 12 + off]];
        if (sides.some((by) => this._write(ctx, name, at.add(by), width, "place-name", 13)) && !marked) this._dot(ctx, at);
      }
    },
    _write(ctx, text, at, width, paintName, height) {
      const area = box(at, width / 2 + 3, height / 2 + 1);
      if (this._taken.some((other) => overlaps(area, other))) return false;
      this._taken.push(area);
      ctx.textAlign = "center";
      ctx.textBaseline = "middle";
      ctx.lineJoin = "round";
      ctx.lineWidth = 3;
      ctx.strokeStyle = sitmap.paint("halo");
      ctx.strokeText(text, at.x, at.y);
      ctx.fillStyle = sitmap.paint(paintName);
      ctx.fillText(text, at.x, at.y);
      return true;
    },
    _dot(ctx, at) {
      ctx.beginPath();
      ctx.arc(at.x, at.y, 1.9, 0, 2 * Math.PI);
      ctx.fillStyle = sitmap.paint("place-name");
      ctx.fill();
    },
  });

  const box = (at, halfWidth, halfHeight) => [at.x - halfWidth, at.y - halfHeight, at.x + halfWidth, at.y + halfHeight];
  const overlaps = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

  Object.assign(sitmap, { addGround, middleOf });
})();
