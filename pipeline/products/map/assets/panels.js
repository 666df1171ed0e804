// Beside the map: the list of events, what could not be placed, the claims, and the layers with their legend.
"use strict";
(() => {
  const { el, icon, colour, pick, plural } = sitmap;
  const PAGE = 200;
  const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December"];

  const monthOf = (event) => {
    if (!event.from) return "Date not stated";
    const [year, month] = event.from.split("-").map(Number);
    return `${MONTHS[month - 1]} ${year}`;
  };

  class List {
    constructor(data, layers, choose) {
      Object.assign(this, { data, layers, choose, limit: PAGE, events: [] });
      this.box = document.getElementById("list");
    }

    show(events) {
      this.events = events.filter((event) => event.lat !== null);
      let month = null;
      const nodes = [];
      for (const event of this.events.slice(0, this.limit)) {
        if (monthOf(event) !== month) nodes.push(el("h2", { class: "month" }, (month = monthOf(event))));
        nodes.push(this.item(event));
      }
      const left = this.events.length - this.limit;
      if (left > 0) nodes.push(el("button", { type: "button", class: "more", on: { click: () => this.more() } }, `Show more (${left.toLocaleString("en")} left)`));
      this.box.replaceChildren(...(nodes.length ? nodes : [el("p", { class: "none" }, "No events on the map.")]));
    }

    more() {
      this.limit += PAGE * 2;
      this.show(this.events);
    }

    item(event) {
      const current = this.layers.selected === event;
      return el("button", { type: "button", class: "item", "data-row": event.row, "aria-current": current && "true",
        on: { click: () => this.choose(event) } },
        icon(this.layers.look(event), this.data.styles.precision_marks[event.mark]),
        el("span", { class: "item-text" },
          el("span", { class: "item-type" }, event.sub_event_type || event.event_type || "Event"),
          el("span", { class: "item-place" }, event.where || event.where_description || "place not named"),
          el("span", { class: "item-date" }, event.date,
            event.event_status && event.event_status !== "asserted" && el("strong", { class: "tag" }, event.event_status))));
    }

    // Point out the chosen event without building the list anew.
    mark(event) {
      this.box.querySelectorAll("[aria-current]").forEach((node) => node.removeAttribute("aria-current"));
      const node = event && this.box.querySelector(`[data-row="${event.row}"]`);
      if (!node) return;
      node.setAttribute("aria-current", "true");
      node.scrollIntoView({ block: "nearest" });
    }
  }

  // Below the list, always in sight: records that have no place on the map.
  function fillAsides(data, events) {
    const unplaced = events.filter((event) => event.lat === null);
    const asides = [
      aside("unplaced", `Not placed (${unplaced.length})`, unplaced, sitmap.eventCard, (event) => [event.sub_event_type || event.event_type, event.date]),
      aside("claims-list", `${data.styles.claims.label} (${data.claims.length})`, data.claims, sitmap.claimCard, (claim) => [claim.measure, claim.count]),
    ];
    document.getElementById("asides").replaceChildren(...asides.filter(Boolean));
  }

  function aside(id, title, records, card, line) {
    if (!records.length) return null;
    const entries = records.slice(0, 500).map((record) => {
      const entry = el("details", { class: "entry" }, el("summary", {}, line(record).filter(Boolean).join(" · ")));
      entry.addEventListener("toggle", () => entry.open && entry.children.length < 2 && entry.append(card(record)));
      return entry;
    });
    return el("details", { id, class: "aside" }, el("summary", {}, title), el("div", { class: "aside-body" }, entries));
  }

  // Layers and legend in one: each row switches what it explains.
  function fillLayers(data, show, layers, changed) {
    const { styles } = data;
    const { exact, area } = styles.precision_marks;
    const counts = new Map();
    for (const event of data.events) counts.set(event.event_type, (counts.get(event.event_type) || 0) + 1);
    const order = [...Object.keys(styles.event_types), ...[...counts.keys()].sort()];
    const present = [...new Set(order)].filter((type) => counts.has(type));
    const types = present.map((type) => {
      const style = pick(styles.event_types, type, styles.other_event_type);
      return toggle(style === styles.other_event_type ? type || style.label : style.label, counts.get(type),
        icon(layers.look({ event_type: type }), exact), !show.off.has(type), (on) => {
          if (on) show.off.delete(type);
          else show.off.add(type);
          changed();
        });
    });
    const overlay = (name, label, count, picture) =>
      toggle(label, count, picture, show[name], (on) => changed((show[name] = on)));
    const grey = { shape: "circle", colour: sitmap.paint("mixed") };
    const precise = Object.values(styles.precision_marks).map((mark) => el("div", { class: "row" }, icon(grey, mark, 26), el("span", {}, mark.label)));
    document.getElementById("layers").replaceChildren(
      section("Events", types.length ? types : [el("p", { class: "none" }, "No events")]),
      section("How well the place is known", precise),
      section("Overlays", [
        overlay("areas", "Footprints", data.areas.length, swatch("area")),
        overlay("circles", styles.circles.label, null, swatch("circle")),
        overlay("claims", styles.claims.label, data.claims.length, icon({ shape: "cross", colour: colour(styles.claims) }, area)),
        overlay("mentions", styles.mentions.label, data.mentions.length, swatch("dot")),
        overlay("places", "Names of places", null, swatch("name")),
        overlay("provinces", "Borders of provinces", null, swatch("border")),
      ]));
  }

  const section = (title, rows) => el("fieldset", {}, el("legend", {}, title), rows);
  const swatch = (kind) => el("span", { class: `swatch ${kind}`, "aria-hidden": "true" });

  function toggle(label, count, picture, on, changed) {
    const input = el("input", { type: "checkbox", on: { change: () => changed(input.checked) } });
    input.checked = on;
    return el("label", { class: "row" }, input, picture, el("span", { class: "row-label" }, label),
      count === null ? null : el("span", { class: "count" }, count.toLocaleString("en")));
  }

  // The heading: what this is, when, how much of it has a place.
  function fillHeading(summary) {
    const put = (id, text) => (document.getElementById(id).textContent = text);
    const said = (number) => number.toLocaleString("en");
    const facts = [
      summary.period,
      `${plural(summary.events, "event")} from ${plural(summary.reports, "report")}`,
      `${said(summary.placed)} of ${said(summary.events)} placed; ${said(summary.coarse)} only to province or country`,
    ];
    put("title", summary.title);
    document.getElementById("summary").replaceChildren(...(summary.events ? facts.filter(Boolean) : ["No events"]).map((fact) => el("span", { class: "fact-chip" }, fact)));
    const credits = summary.attribution.map((credit) => sitmap.words(credit));
    document.getElementById("credits").replaceChildren("Data: ", ...credits.flatMap((credit, n) => (n ? [" · ", credit] : [credit])), " · drawn with Leaflet");
    put("generated", summary.generated && `Generated ${summary.generated}`);
  }

  Object.assign(sitmap, { List, fillAsides, fillLayers, fillHeading });
})();
