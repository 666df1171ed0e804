// The state in the address: filters, window, view, chosen event, layers and theme, so that a link brings all of it back.
"use strict";
(() => {
  const { day, dayNumber, FACETS, HARMS, SCOPES, LAYERS } = sitmap;
  const NONE = "-"; // a facet whose usual choice was taken back

  function write({ rules, layers, colours, map, selected }) {
    const state = new URLSearchParams();
    const put = (name, value, usual) => value !== usual && state.append(name, value);
    const blank = sitmap.noRules();
    if (rules.from !== null) put("from", day(rules.from));
    if (rules.to !== null) put("to", day(rules.to));
    if (!rules.undated) put("undated", "0");
    put("q", rules.words.trim(), "");
    put("in", rules.scope, "all");
    put("role", rules.role, "any");
    put("harm", rules.harm, "any");
    if (rules.harm === "killed" || rules.harm === "casualties") put("least", String(rules.least));
    for (const { name, way } of FACETS) {
      const [set, usual] = [rules[way][name], blank[way][name]];
      if (set.size === usual.size && [...set].every((one) => usual.has(one))) continue;
      if (!set.size) put(`${way}.${name}`, NONE);
      for (const one of set) put(`${way}.${name}`, `=${one}`);
    }
    const changed = Object.keys(LAYERS).filter((name) => layers[name] !== LAYERS[name]);
    put("layers", changed.map((name) => `${layers[name] ? "" : "no-"}${name}`).join(","), "");
    put("colour", colours.by, "type");
    put("theme", document.documentElement.dataset.theme || "", "");
    const { lat, lng } = map.getCenter();
    put("map", `${+map.getZoom().toFixed(2)}/${lat.toFixed(4)}/${lng.toFixed(4)}`);
    if (selected?.event_id) put("event", selected.event_id);
    return state.toString();
  }

  // What stands in the address, each part checked: anybody can write one.
  function read(text) {
    const state = new URLSearchParams(text);
    const rules = sitmap.noRules();
    rules.from = dayNumber(state.get("from"));
    rules.to = dayNumber(state.get("to"));
    rules.undated = state.get("undated") !== "0";
    rules.words = (state.get("q") || "").slice(0, 300);
    rules.scope = among(state.get("in"), SCOPES, "all");
    rules.role = among(state.get("role"), { any: 1, perpetrator: 1, target: 1 }, "any");
    rules.harm = among(state.get("harm"), HARMS, "any");
    const least = Number(state.get("least"));
    if (Number.isInteger(least) && least > 0) rules.least = least;
    for (const { name, way } of FACETS) {
      const given = state.getAll(`${way}.${name}`);
      if (given.length) rules[way][name] = new Set(given.filter((one) => one.startsWith("=")).map((one) => one.slice(1)));
    }
    const layers = { ...LAYERS };
    for (const word of (state.get("layers") || "").split(",")) {
      const name = word.replace(/^no-/, "");
      if (Object.hasOwn(LAYERS, name)) layers[name] = name === word;
    }
    return { rules, layers, colour: state.get("colour") === "actor" ? "actor" : "type", theme: among(state.get("theme"), { light: 1, dark: 1 }, ""),
      view: view(state.get("map")), event: state.get("event") };
  }

  const among = (value, table, otherwise) => (value !== null && Object.hasOwn(table, value) ? value : otherwise);

  function view(text) {
    const [zoom, lat, lng] = (text || "").split("/").map(Number);
    return text && [zoom, lat, lng].every(Number.isFinite) && Math.abs(lat) <= 85 ? { zoom, lat, lng } : null;
  }

  // Not at every step of a drag: browsers stop a page that rewrites its address too often.
  class Address {
    constructor(state) {
      this.state = state;
    }

    remember() {
      clearTimeout(this.waiting);
      this.waiting = setTimeout(() => this.put(), 200);
    }

    put() {
      const wanted = write(this.state());
      if (wanted === location.hash.slice(1)) return;
      try {
        history.replaceState(null, "", `#${wanted}`);
      } catch {
        // Some viewers of local files forbid it; the map works without.
      }
    }

    link() {
      return `${location.href.split("#")[0]}#${write(this.state())}`;
    }
  }

  Object.assign(sitmap, { Address, readAddress: read });
})();
