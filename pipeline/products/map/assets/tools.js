// Small tools on the map: coordinates under the pointer, full screen, measuring, the link to what is seen.
"use strict";
(() => {
  const { el, byId } = sitmap;
  const button = (label, sign, click) => el("button", { type: "button", "aria-label": label, title: label, on: { click } }, document.createTextNode(sign));

  function coordinates(map) {
    const side = (value, plus, minus) => `${Math.abs(value).toFixed(3)}° ${value < 0 ? minus : plus}`;
    map.on("mousemove", ({ latlng: { lat, lng } }) => {
      byId("mouse").textContent = `${side(lat, "N", "S")}  ${side(((((lng + 180) % 360) + 360) % 360) - 180, "E", "W")}`;
    });
    map.on("mouseout", () => (byId("mouse").textContent = ""));
  }

  function fullScreen(map) {
    const toggle = () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen()).catch(() => say("Full screen is not allowed here"));
    const node = button("Full screen", "⛶", toggle);
    document.addEventListener("fullscreenchange", () => {
      node.setAttribute("aria-pressed", document.fullscreenElement !== null);
      map.invalidateSize({ animate: false });
    });
    return node;
  }

  // Distance along the points clicked, on the sphere; Escape or a second press ends it.
  class Measure {
    constructor(map) {
      Object.assign(this, { map, points: [], on: false });
      this.drawn = L.layerGroup().addTo(map);
      this.node = button("Measure a distance", "📏", () => this.toggle());
      this.node.setAttribute("aria-pressed", "false");
      this.node.replaceChildren(ruler());
      document.addEventListener("keydown", ({ key }) => key === "Escape" && this.on && this.toggle());
    }

    toggle() {
      this.on = !this.on;
      this.points = [];
      this.node.setAttribute("aria-pressed", this.on);
      this.map.getContainer().classList.toggle("measuring", this.on);
      this.draw();
    }

    add(latlng) {
      this.points.push(latlng);
      this.draw();
    }

    draw() {
      this.drawn.clearLayers();
      const line = { pane: "marks", interactive: false, color: sitmap.paint("accent"), weight: 3 };
      if (this.points.length) L.polyline(this.points, line).addTo(this.drawn);
      for (const point of this.points) L.circleMarker(point, { ...line, radius: 4, fillOpacity: 1 }).addTo(this.drawn);
      const metres = this.points.slice(1).reduce((sum, point, number) => sum + this.map.distance(this.points[number], point), 0);
      byId("measured").hidden = !this.on;
      byId("measured").textContent = this.points.length < 2 ? "Click two points or more; Escape ends." : `${length(metres)} along ${this.points.length} points (great circle)`;
    }
  }

  const length = (metres) => (metres < 950 ? `${metres.toFixed(0)} m` : `${(metres / 1000).toLocaleString("en", { maximumFractionDigits: metres < 1e5 ? 1 : 0 })} km`);

  function ruler() {
    const ns = "http://www.w3.org/2000/svg";
    const picture = document.createElementNS(ns, "svg");
    const path = document.createElementNS(ns, "path");
    picture.setAttribute("viewBox", "0 0 20 20");
    picture.setAttribute("aria-hidden", "true");
    path.setAttribute("d", "M2 7h16v6H2zM5 7v3M8 7v2M11 7v3M14 7v2");
    picture.append(path);
    return picture;
  }

  let waiting = null;
  function say(text) {
    clearTimeout(waiting);
    byId("said").textContent = text;
    byId("said").classList.add("seen");
    waiting = setTimeout(() => byId("said").classList.remove("seen"), 3500);
  }

  // Where the clipboard is closed to a page, the link is put where it can be copied by hand.
  async function copyLink(link) {
    try {
      await navigator.clipboard.writeText(link);
      say("Link copied");
    } catch {
      const field = el("input", { type: "text", readonly: "", value: link, "aria-label": "Link to what you see" });
      const box = el("dialog", { class: "link-box" }, el("p", {}, "Link to what you see:"), field, el("button", { type: "button", on: { click: () => box.close() } }, "Close"));
      box.addEventListener("close", () => box.remove());
      document.body.append(box);
      box.showModal();
      field.select();
    }
  }

  Object.assign(sitmap, { coordinates, fullScreen, Measure, copyLink, say });
})();
