// Layers and legend in one: each row switches what it explains, and counts what is shown.
"use strict";
(() => {
  const { el, byId, icon, colour, pick, swatches } = sitmap;

  const GROUPS = [
    ["Where it may have been", [["areas", "Footprints", "area"], ["circles", "Uncertainty circles", "circle"]]],
    ["Counting", [["density", "Density in hexagons", "hex"], ["counts", "Counts by province", "counts"]]],
    ["Other records", [["claims", "Claims and tallies", "claim"], ["mentions", "Places named", "dot"]]],
    ["Ground", [["tiles", "Online tiles", "tiles"], ["places", "Names of places", "name"], ["provinces", "Borders of provinces", "border"], ["minimap", "Overview map", "mini"]]],
  ];
  const DEFAULTS = { marks: true, areas: true, circles: true, density: false, counts: false, claims: false, mentions: false, tiles: true, places: true, provinces: true, minimap: true };

  class Legend {
    constructor(data, rules, layers, colours, changed) {
      Object.assign(this, { data, rules, layers, colours, changed, notes: {} });
    }

    // Anew where colours change: light and dark, by type and by actor.
    build() {
      const focused = document.activeElement?.closest?.("#layers") && document.activeElement.getAttribute("data-key");
      const { styles } = this.data;
      this.types = new Map();
      const grey = { shape: "circle", colour: sitmap.paint("mixed") };
      const precise = Object.values(styles.precision_marks).map((mark) => el("div", { class: "row" }, icon(grey, mark, 26), el("span", {}, mark.label)));
      const counted = { claims: this.data.claims.length, mentions: this.data.mentions.length, areas: this.data.areas.length };
      const groups = GROUPS.map(([title, rows]) => section(title, rows.filter(([name]) => name !== "tiles" || this.data.tiles).map(([name, label, kind]) => {
        const picture = kind === "claim" ? icon({ shape: "cross", colour: colour(styles.claims) }, styles.precision_marks.area) : swatch(kind);
        const { node } = toggle(name, label, counted[name] ?? null, picture, this.layers[name], (on) => this.changed((this.layers[name] = on)));
        this.notes[name] = el("p", { class: "layer-note" });
        return [node, this.notes[name]];
      })));
      byId("layers").replaceChildren(section("Events", [this.marksRow(), ...this.typeRows(), this.colourBy(), ...this.actorRows()]), section("How well the place is known", precise), ...groups);
      if (focused) byId("layers").querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
    }

    marksRow() {
      return toggle("marks", "Marks of events", null, swatch("none"), this.layers.marks, (on) => this.changed((this.layers.marks = on))).node;
    }

    typeRows() {
      const { styles } = this.data;
      const there = [...new Set(this.data.events.map((event) => event.event_type))].sort();
      const present = [...Object.keys(styles.event_types).filter((type) => there.includes(type)), ...there.filter((type) => !Object.hasOwn(styles.event_types, type))];
      if (!present.length) return [el("p", { class: "none" }, "No events")];
      return present.map((type) => {
        const style = pick(styles.event_types, type, styles.other_event_type);
        const grey = this.colours.by === "actor" ? sitmap.paint("mixed") : colour(style);
        const label = style === styles.other_event_type ? type || style.label : style.label;
        const row = toggle(`type-${type}`, label, 0, icon({ shape: style.shape, colour: grey }, styles.precision_marks.exact), true, (on) => {
          if (on) this.rules.off.type.delete(type);
          else this.rules.off.type.add(type);
          this.changed();
        });
        this.types.set(type, row);
        return row.node;
      });
    }

    colourBy() {
      if (this.data.summary.points) return null; // actors are not counted
      const select = el("select", { "aria-label": "Colour by", "data-key": "colour", on: { change: () => {
        this.colours.by = select.value;
        this.colours.forget();
        this.build();
        this.changed();
      } } }, [["type", "Colour: event type"], ["actor", "Colour: actor (shape: type)"]].map(([value, label]) =>
        el("option", { value, selected: value === this.colours.by && "" }, document.createTextNode(label))));
      return el("div", { class: "colour-by" }, select);
    }

    actorRows() {
      if (this.colours.by !== "actor") return [];
      const { precision_marks: marks, other_event_type: other } = this.data.styles;
      const rows = [...this.colours.actors, ["All other actors, or none named", other]];
      return rows.map(([name, style]) => el("div", { class: "row" }, icon({ shape: "circle", colour: colour(style) }, marks.exact), el("span", { class: "row-label" }, name)));
    }

    update(counted, density, provinces) {
      const counts = new Map(counted.map((one) => [one.label, one.count]));
      for (const [type, row] of this.types) {
        row.input.checked = !this.rules.off.type.has(type);
        row.count.textContent = (counts.get(type) || 0).toLocaleString("en");
      }
      this.note("density", this.layers.density && density.most ? [swatches(density.most, "density"), left(density.left, "known only to province, sector or country: not in it")] : []);
      this.note("counts", this.layers.counts && provinces.most ? [swatches(provinces.most, "counts"), left(provinces.left, "not known to a province: not counted")] : []);
    }

    note(name, parts) {
      this.notes[name].replaceChildren(...parts.filter(Boolean));
    }
  }

  const left = (count, why) => (count ? document.createTextNode(`${count.toLocaleString("en")} ${why}`) : null);
  const section = (title, rows) => el("fieldset", {}, el("legend", {}, title), rows.flat());
  const swatch = (kind) => el("span", { class: `swatch ${kind}`, "aria-hidden": "true" });

  function toggle(key, label, number, picture, on, changed) {
    const input = el("input", { type: "checkbox", "data-key": key, on: { change: () => changed(input.checked) } });
    input.checked = on;
    const count = number === null ? null : el("span", { class: "count" }, number.toLocaleString("en"));
    return { input, count, node: el("label", { class: "row" }, input, picture, el("span", { class: "row-label" }, label), count) };
  }

  Object.assign(sitmap, { Legend, LAYERS: DEFAULTS });
})();
