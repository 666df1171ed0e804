// Wiring: data in, panels and layers out, and one place that knows what is shown.
"use strict";
(() => {
  const { rows, read, within, validDay, plural } = sitmap;
  const map = window.map_sitmap;
  const byId = (id) => document.getElementById(id);
  const packed = read("sitmap-data");
  const data = { ...packed, events: rows(packed.events), areas: rows(packed.areas), claims: rows(packed.claims), mentions: rows(packed.mentions) };
  data.spreads = data.shapes.map((shape) => {
    const around = L.geoJSON(shape).getBounds();
    return (around.getEast() - around.getWest()) * (around.getNorth() - around.getSouth());
  });
  data.events.forEach((event, row) => (event.row = row));

  const address = new URLSearchParams(location.hash.slice(1));
  const show = {
    off: new Set(), areas: true, circles: true, claims: false, mentions: false, places: true, provinces: true,
    from: validDay(address.get("from")), to: validDay(address.get("to")),
  };
  const ground = sitmap.addGround(map, read("sitmap-basemap"));
  const layers = new sitmap.Layers(map, data, open);
  const list = new sitmap.List(data, layers, choose);
  const popup = L.popup({ maxWidth: 360, minWidth: 250, autoPanPaddingTopLeft: [16, 16] });

  function visible() {
    return data.events.filter((event) => !show.off.has(event.event_type) && within(event, show));
  }

  function refresh() {
    const events = visible();
    const placed = events.filter((event) => event.lat !== null);
    layers.draw(events, show);
    list.show(events);
    ground.names.showPlaces = show.places;
    ground.names.marks = placed.length > 400 ? [] : placed.map((event) => [event.lat, event.lon]);
    ground.names.redraw();
    showProvinces();
    byId("shown").textContent = events.length === data.events.length ? "" : `${plural(events.length, "event")} of ${data.events.length.toLocaleString("en")} shown`;
    remember();
  }

  // From further out the borders of provinces would be nothing but grey.
  function showProvinces() {
    if (show.provinces && map.getZoom() >= 4) ground.provinces.addTo(map);
    else ground.provinces.remove();
  }

  // Pixels on the right that the panel of layers covers.
  const rightOf = () => (wide() && document.body.classList.contains("layers-open") ? 290 : 16);
  const wide = () => window.innerWidth > 760;

  function open(records, at, card = sitmap.eventCard, first = 0) {
    const room = map.getSize();
    popup.options.maxHeight = Math.max(room.y - 90, 160);
    popup.options.maxWidth = Math.min(360, room.x - 40);
    popup.options.autoPanPaddingBottomRight = [rightOf(), 16];
    popup.options.minWidth = Math.min(250, popup.options.maxWidth);
    const turn = (record) => {
      if (card === sitmap.eventCard) select(record);
      if (popup.isOpen()) popup.update();
    };
    popup.setLatLng(at).setContent(sitmap.pages(records, card, first, turn)).openOn(map);
  }

  function select(event) {
    if (layers.selected === event) return;
    layers.select(event);
    list.mark(event);
    remember();
  }

  // From the list: go there, and open all that lies at the same place with this one first.
  function choose(event) {
    document.body.classList.remove("list-open");
    const here = visible().filter((other) => other.lat === event.lat && other.lon === event.lon);
    const zoom = Math.max(map.getZoom(), event.mark === "country" ? 5 : 7);
    map.closePopup();
    map.setView([event.lat, event.lon], zoom, { animate: false });
    open(here, [event.lat, event.lon], sitmap.eventCard, here.indexOf(event));
  }

  // The window of time and the chosen event stand in the address, so that a view can be sent on.
  function remember() {
    const state = new URLSearchParams();
    for (const name of ["from", "to"]) if (show[name]) state.set(name, show[name]);
    if (layers.selected) state.set("event", layers.selected.event_id);
    const wanted = state.toString();
    if (wanted === location.hash.slice(1)) return;
    try {
      history.replaceState(null, "", wanted ? `#${wanted}` : location.pathname + location.search);
    } catch {
      // Some viewers of local files forbid it; the map works without.
    }
  }

  function fit() {
    const points = data.events.filter((event) => event.lat !== null).map((event) => [event.lat, event.lon]);
    if (points.length) map.fitBounds(L.latLngBounds(points), { paddingTopLeft: [60, 40], paddingBottomRight: [rightOf() + 24, 40], maxZoom: 7, animate: false });
    else map.setView([25, 35], 3, { animate: false });
  }

  function repaint() {
    sitmap.forgetPaint();
    sitmap.fillLayers(data, show, layers, refresh);
    ground.repaint();
    refresh();
  }

  function connect() {
    const root = document.documentElement;
    byId("theme").addEventListener("click", () => {
      root.dataset.theme = sitmap.dark() ? "light" : "dark";
      repaint();
    });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
    const switches = { "show-list": "list-open", "show-layers": "layers-open" };
    for (const [id, name] of Object.entries(switches)) {
      byId(id).addEventListener("click", () => byId(id).setAttribute("aria-expanded", document.body.classList.toggle(name)));
    }
    map.on("mousemove", ({ latlng: { lat, lng } }) => {
      const side = (value, plus, minus) => `${Math.abs(value).toFixed(3)}° ${value < 0 ? minus : plus}`;
      byId("mouse").textContent = `${side(lat, "N", "S")}  ${side(((((lng + 180) % 360) + 360) % 360) - 180, "E", "W")}`;
    });
    // "toggle" does not bubble: a popup whose details are opened needs its room and its place measured again.
    map.getContainer().addEventListener("toggle", () => popup.isOpen() && popup.update(), true);
    map.on("zoomend", showProvinces);
    map.on("mouseout", () => (byId("mouse").textContent = ""));
    map.on("popupclose", () => layers.selected && select(null));
    new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(map.getContainer());
  }

  // Paper is narrower than the screen: what was in view is fitted into it, and put back afterwards.
  function connectPrinting() {
    let view = null;
    const resize = (printing) => {
      document.body.classList.toggle("printing", printing);
      map.invalidateSize({ animate: false, pan: false });
    };
    window.addEventListener("beforeprint", () => {
      view = { bounds: map.getBounds(), centre: map.getCenter(), zoom: map.getZoom() };
      resize(true);
      map.fitBounds(view.bounds, { animate: false });
    });
    window.addEventListener("afterprint", () => {
      resize(false);
      if (view) map.setView(view.centre, view.zoom, { animate: false });
    });
  }

  document.body.classList.toggle("layers-open", wide());
  byId("show-layers").setAttribute("aria-expanded", wide());
  map.getContainer().setAttribute("aria-label", "Map of the events; the same events are in the list");
  sitmap.fillHeading(data.summary);
  sitmap.fillAsides(data, data.events);
  new sitmap.TimeWindow(data.events, show, refresh);
  map.invalidateSize({ animate: false });
  fit();
  connect();
  connectPrinting();
  if (!data.events.length) Object.assign(byId("nothing"), { hidden: false, textContent: "No events: nothing in these reports could be read as one." });
  const wanted = data.events.find((event) => event.event_id === address.get("event") && event.lat !== null);
  repaint();
  if (wanted) choose(wanted);
  sitmap.ready = true;
})();
