// Wiring: data in, panels and layers out, and one place that knows what is shown.
"use strict";
(async () => {
  const { byId, rows, read, plural } = sitmap;
  const map = window.map_sitmap;
  const wide = () => window.innerWidth > 760;

  const slow = setTimeout(() => (byId("loading").hidden = false), 300);
  const [packed, basemap] = await Promise.all([read("sitmap-data"), read("sitmap-basemap")]);
  const data = { ...packed };
  for (const name of ["events", "areas", "claims", "mentions", "provinces"]) data[name] = rows(packed[name]);
  data.events.forEach((event, row) => {
    event.row = row;
    event.rough = event.mark === "area" || event.mark === "country"; // known to an area only: no point to gather or to count in a hexagon
    event.counted = Boolean(data.summary.points) && !event.rough; // a hexagon, and no place
  });
  data.spreads = data.shapes.map((shape) => {
    const around = L.geoJSON(shape).getBounds();
    return (around.getEast() - around.getWest()) * (around.getNorth() - around.getSouth());
  });

  const rules = sitmap.noRules();
  const layers = { ...sitmap.LAYERS };
  const counted = data.summary.points; // too many events for a page: counts, and points where there is a server
  const details = counted ? new sitmap.ServedDetails(data.summary.chunk) : new sitmap.Details(data.summary.chunk);
  const colours = new sitmap.Colours(data.styles, data.events);
  const facets = new sitmap.Facets(data.events, counted ? sitmap.POINT_FACETS : null);
  const search = new sitmap.Search(data.events, details);
  const ground = sitmap.addGround(map, basemap);
  const tiles = data.tiles ? L.tileLayer(data.tiles, { pane: "base", maxZoom: 19 }) : null;
  const areas = new sitmap.Areas(map, data, colours);
  const density = new sitmap.Density(map);
  const provinces = new sitmap.Provinces(map, data);
  const marks = new sitmap.Marks(data, colours);
  const mini = new sitmap.MiniMap(map, basemap.countries);
  const measure = new sitmap.Measure(map);
  const popup = new sitmap.Popup(map, details, select);
  const list = new sitmap.List(data, colours, { choose, point: (event) => marks.point(event) });
  const legend = new sitmap.Legend(data, rules, layers, colours, refresh);
  const address = new sitmap.Address(() => ({ rules, layers, colours, map, selected: marks.selected }));
  const points = counted ? new sitmap.Points(map, counted, data.styles, refresh) : null;
  let seen = { visible: [], timed: [], counts: {} };
  let drawn = []; // what the map and the list show: what passes, or of it the points in view
  let asked = 0;
  let asides = null; // what the records below the list were made for

  // Once a frame at most, however fast a slider is dragged.
  function refresh() {
    asked ||= requestAnimationFrame(show);
  }

  function show() {
    asked = 0;
    if (search.needsRest(rules)) {
      byId("shown").textContent = "Reading the sentences…";
      search.rest().then(refresh);
    }
    seen = facets.run(rules, search.find(rules));
    const { visible, timed, counts } = seen;
    areas.draw(visible, layers);
    provinces.show(visible, layers.counts);
    showDrawn();
    time.update(timed);
    filters.update(counts);
    legend.update(facets.counted("type", counts), density, provinces);
    sitmap.fillSummary(data.summary, visible);
    sayInView();
    const lost = visible.filter((event) => event.lat === null).map((event) => event.row).join();
    if (lost !== asides) sitmap.fillAsides(data, visible, details);
    asides = lost;
    showGround(drawn);
    address.remember();
  }

  // What changes with the view too, where points come from tiles.
  function showDrawn() {
    drawn = points?.shown(rules) ?? seen.visible;
    marks.circles = layers.circles;
    marks.show(layers.marks ? drawn : []);
    density.show(drawn, layers.density);
    list.show(drawn);
    if (points) byId("aggregated").textContent = points.words(data.summary.aggregated);
    if (marks.selected && !drawn.includes(marks.selected)) popup.close();
  }

  function moved() {
    address.remember();
    if (!points || (!points.on && drawn === seen.visible)) return;
    showDrawn();
    showGround(drawn);
    sitmap.fillSummary(data.summary, seen.visible);
    sayInView();
  }

  // The counts are of all that passes; what is listed may be only what is in view.
  function sayInView() {
    if (drawn !== seen.visible) byId("shown").textContent += `; the ${sitmap.total(drawn).toLocaleString("en")} in view are listed`;
  }

  function showGround(visible) {
    ground.names.showPlaces = layers.places && !(tiles && layers.tiles);
    const placed = visible.length > 400 ? [] : visible.filter((event) => event.lat !== null);
    ground.names.marks = placed.map((event) => [event.lat, event.lon]);
    ground.names.redraw();
    if (tiles) layers.tiles ? tiles.addTo(map) : tiles.remove();
    ground.showCountries(!(tiles && layers.tiles));
    mini.show(layers.minimap && wide() && window.innerHeight > 560);
    showProvinces();
  }

  // From further out the borders of provinces would be nothing but grey.
  function showProvinces() {
    if (layers.provinces && map.getZoom() >= 4) ground.provinces.addTo(map);
    else ground.provinces.remove();
  }

  // Pixels on the right that the panel of layers covers.
  const rightOf = () => (wide() && document.body.classList.contains("layers-open") ? 290 : 16);

  function select(card) {
    const event = card?.group || card;
    if (marks.selected === event) return;
    marks.select(event);
    list.mark(event);
    address.remember();
  }

  // From the list: go there, and open all that lies at the same place with this one first.
  async function choose(event, view = null) {
    document.body.classList.remove("list-open");
    byId("show-list").setAttribute("aria-expanded", "false");
    if (event.tiled && event.id < 0) return openCell(event);
    const here = cards(drawn.filter((other) => other.lat === event.lat && other.lon === event.lon));
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (view) map.setView([view.lat, view.lng], view.zoom, { animate: false });
    else map.setView([event.lat, event.lon], Math.max(map.getZoom(), event.mark === "country" ? 5 : 7), { animate: !calm });
    await popup.open(here, [event.lat, event.lon], { first: Math.max(here.findIndex((one) => (one.group || one) === event), 0), right: rightOf(), keys: list.box.contains(document.activeElement) });
  }

  // A click: the mark under it, else a sign, else what may lie there.
  function pick({ latlng, layerPoint }) {
    if (measure.on) return measure.add(latlng);
    const hit = marks.hit(layerPoint);
    if (hit?.places) return openBubble(hit);
    if (hit) {
      if (hit.events[0].tiled && hit.events[0].id < 0) return openCell(hit.events[0]);
      const first = new Set(hit.events);
      const ordered = [...hit.events, ...hit.here.filter((event) => !first.has(event))];
      return popup.open(cards(ordered), [hit.events[0].lat, hit.events[0].lon], { right: rightOf() });
    }
    const sign = areas.sign(layerPoint);
    if (sign) return popup.open(sign.records, latlng, { card: sign.card, right: rightOf() });
    const { events, claims } = areas.around(layerPoint);
    if (events.length) return popup.open(events, latlng, { right: rightOf() });
    if (claims.length) return popup.open(claims, latlng, { card: "claimCard", right: rightOf() });
    return undefined;
  }

  function openBubble({ places }) {
    const around = L.latLngBounds(places.map((place) => [place.lat, place.lon]));
    if (places.length === 1 && !points?.on) return popup.open(places[0].events, around.getCenter(), { right: rightOf() });
    if (map.getZoom() < map.getMaxZoom()) return map.fitBounds(around, { padding: [60, 60], maxZoom: map.getZoom() + 4, animate: false });
    return popup.open(cards(places.flatMap((place) => place.events)), around.getCenter(), { right: rightOf() });
  }

  // A card for each event, those that a tile gathered among them.
  const cards = (events) => (points ? sitmap.singles(events) : events);

  // What a tile gathered over more than one place is told apart further in.
  function openCell(event) {
    map.setView([event.lat, event.lon], Math.min(map.getZoom() + 2, map.getMaxZoom()), { animate: false });
  }

  function hover({ layerPoint }) {
    const hit = marks.hit(layerPoint);
    const sign = !hit && areas.sign(layerPoint);
    map.getContainer().classList.toggle("over-mark", Boolean(hit || sign));
    list.glow(hit?.events?.[0] || null);
  }

  function fit() {
    const points = data.events.filter((event) => event.lat !== null).map((event) => [event.lat, event.lon]);
    if (points.length) map.fitBounds(L.latLngBounds(points), { paddingTopLeft: [60, 40], paddingBottomRight: [rightOf() + 24, 40], maxZoom: 7, animate: false });
    else map.setView([25, 35], 3, { animate: false });
  }

  function repaint() {
    sitmap.forgetPaint();
    colours.forget();
    legend.build();
    ground.repaint();
    refresh();
  }

  function repaintNow() {
    repaint();
    cancelAnimationFrame(asked);
    show();
  }

  // Rules and layers keep their objects, which every panel holds.
  function restore(state) {
    Object.assign(rules, state.rules);
    Object.assign(layers, state.layers);
    colours.by = state.colour;
    if (state.theme) document.documentElement.dataset.theme = state.theme;
    else delete document.documentElement.dataset.theme;
    if (state.view) map.setView([state.view.lat, state.view.lng], state.view.zoom, { animate: false });
    repaintNow();
    const wanted = seen.visible.find((event) => event.event_id === state.event && event.lat !== null);
    if (wanted) choose(wanted, state.view);
  }

  function connect() {
    byId("theme").addEventListener("click", () => {
      document.documentElement.dataset.theme = sitmap.dark() ? "light" : "dark";
      repaint();
    });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
    byId("copy-link").hidden = location.protocol === "about:"; // in a notebook's frame there is no address to copy
    byId("copy-link").addEventListener("click", () => sitmap.copyLink(address.link()));
    for (const [id, name] of Object.entries({ "show-list": "list-open", "show-layers": "layers-open" })) {
      byId(id).addEventListener("click", () => byId(id).setAttribute("aria-expanded", document.body.classList.toggle(name)));
    }
    byId("tools").append(sitmap.fullScreen(map), measure.node);
    byId("downloads").append(...["geojson", "csv"].map((format) => {
      const label = { geojson: "GeoJSON", csv: "CSV" }[format];
      return sitmap.el("button", { type: "button", "aria-label": `Download what I see as ${label}`, on: { click: () => sitmap.download(seen.visible, details, format).then(() => sitmap.say(`${plural(seen.visible.length, "row")} in events-shown.${format}`)) } }, `⤓ ${label}`);
    }));
    sitmap.coordinates(map);
    sitmap.onDensity = () => legend.update(facets.counted("type", seen.counts), density, provinces);
    map.on("click", pick);
    map.on("mousemove", hover);
    map.on("zoomend", showProvinces);
    map.on("moveend", moved);
    map.on("popupclose", () => select(null));
    document.addEventListener("keydown", ({ key }) => key === "Escape" && !measure.on && popup.leave(() => list.focus()));
    window.addEventListener("hashchange", () => restore(sitmap.readAddress(location.hash.slice(1))));
    new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(map.getContainer());
  }

  const state = sitmap.readAddress(location.hash.slice(1));
  Object.assign(rules, state.rules);
  document.body.classList.toggle("layers-open", wide());
  byId("show-layers").setAttribute("aria-expanded", wide());
  map.getContainer().setAttribute("aria-label", "Map of the events; the same events are in the list");
  map.getContainer().setAttribute("role", "region");
  sitmap.fillHeading(data.summary);
  const time = new sitmap.TimeWindow(data.events, rules, refresh);
  const filters = new sitmap.Filters(rules, data.styles, facets, refresh);
  map.invalidateSize({ animate: false });
  fit();
  map.addLayer(marks);
  connect();
  sitmap.connectPrinting(map, list, repaintNow);
  if (!data.events.length) Object.assign(byId("nothing"), { hidden: false, textContent: "No events: nothing in these reports could be read as one." });
  restore(state);
  clearTimeout(slow);
  byId("loading").hidden = true;
  Object.assign(sitmap, { ready: true, seen: () => seen, inView: () => drawn });
  document.documentElement.dataset.ready = "";
})();
