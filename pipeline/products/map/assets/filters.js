// The search box, the filters with their counts, and what is filtered by in words that can be taken back.
"use strict";
(() => {
  const { el, byId, FACETS, HARMS, SCOPES, NOT_HAPPENED } = sitmap;
  const SHORT = 12; // choices up to which no search within them is offered
  const MOST = 40; // choices shown at once
  const ROLES = { any: "Either side", perpetrator: "Who did it", target: "To whom" };

  const option = (value, label, chosen) => el("option", { value, selected: value === chosen && "" }, document.createTextNode(label));

  class Filters {
    constructor(rules, styles, facets, changed) {
      Object.assign(this, { rules, styles, facets, changed, lists: new Map() });
      this.chips = el("div", { class: "chips", "aria-label": "Filters in use", role: "group" });
      this.summary = el("summary", {}, "Filters");
      const groups = [...FACETS.slice(0, 5).map((facet) => this.group(facet)), this.harm(), ...FACETS.slice(5).map((facet) => this.group(facet))];
      const counted = facets.offered && el("p", { class: "none" }, "Sub-types, actors, sources and confidence are not counted here: they stand on the card of each event and in events.parquet.");
      this.panel = el("details", { class: "filters" }, this.summary, el("div", { class: "groups" }, groups, counted));
      byId("filters").replaceChildren(this.searchBox(), this.chips, this.panel);
    }

    searchBox() {
      const input = el("input", { type: "search", "aria-label": "Search events", placeholder: "Search events", value: this.rules.words, autocomplete: "off",
        on: { input: () => {
          clearTimeout(this.waiting);
          this.waiting = setTimeout(() => this.set({ words: input.value }), 180);
        } } });
      const scope = el("select", { "aria-label": "Search in", on: { change: () => this.set({ scope: scope.value }) } },
        Object.entries(SCOPES).map(([value, label]) => option(value, label, this.rules.scope)));
      Object.assign(this, { input, scope });
      return el("div", { class: "search" }, input, scope);
    }

    set(change) {
      Object.assign(this.rules, change);
      this.changed();
    }

    // What a choice is called: types, marks and confidence in the words of the legend.
    said(name, label) {
      const { event_types: types, precision_marks: marks, other_event_type: other } = this.styles;
      if (name === "type") return sitmap.pick(types, label, null)?.label || label || other.label;
      if (name === "precision" && this.facets.offered && label === "near") return "Exact place, near one, or district";
      if (name === "precision") return label === "unplaced" ? "Not placed" : sitmap.pick(marks, label, { label }).label;
      return label;
    }

    group(facet) {
      const list = el("div", { class: "choices" });
      const find = el("input", { type: "search", "aria-label": `Search in ${facet.label}`, placeholder: "Search…", autocomplete: "off",
        on: { input: () => this.fill(facet.name) } });
      find.hidden = true;
      const role = facet.name === "actor" && el("select", { "aria-label": "Side of the actor", on: { change: () => this.set({ role: role.value }) } },
        Object.entries(ROLES).map(([value, label]) => option(value, label, this.rules.role)));
      if (role) this.role = role;
      const chosen = el("span", { class: "count" });
      const node = el("details", { class: "facet", "data-facet": facet.name }, el("summary", {}, facet.label, chosen), role, find, list);
      node.hidden = this.facets.offered !== null && !this.facets.offered.includes(facet.name);
      node.addEventListener("toggle", () => node.open && this.fill(facet.name));
      this.lists.set(facet.name, { facet, list, find, node, chosen, rows: new Map() });
      return node;
    }

    harm() {
      const { rules } = this;
      const kind = el("select", { "aria-label": "Harm", on: { change: () => this.set({ harm: kind.value }) } },
        Object.entries(HARMS).map(([value, { label }]) => option(value, label, rules.harm)));
      const least = el("input", { type: "number", min: 1, step: 1, value: rules.least, "aria-label": "Least number",
        on: { change: () => this.set({ least: Math.max(Math.round(Number(least.value)) || 1, 1) }) } });
      Object.assign(this, { kind, least });
      return el("div", { class: "facet harm" }, el("span", { class: "facet-name" }, "Harm"), kind, least);
    }

    // Rows are made when a group is opened or searched, and keep their order while it is used.
    fill(name) {
      const group = this.lists.get(name);
      const wanted = sitmap.fold(group.find.value);
      const all = this.facets.counted(name, this.counts).map((one) => ({ ...one, said: this.said(name, one.label) }));
      const chosen = this.rules[group.facet.way][name];
      const worth = all.filter((one) => (wanted ? sitmap.fold(one.said).includes(wanted) : one.count > 0 || chosen.has(one.label) || all.length <= SHORT));
      worth.sort((a, b) => b.count - a.count || (a.said < b.said ? -1 : 1));
      group.find.hidden = all.length <= SHORT;
      group.rows = new Map(worth.slice(0, MOST).map((one) => [one.label, this.choice(group.facet, one)]));
      const left = worth.length - MOST;
      group.list.replaceChildren(...[...group.rows.values()].map((row) => row.node), ...(left > 0 ? [el("p", { class: "none" }, `${left.toLocaleString("en")} more: search to find them`)] : []));
      this.sync(group);
    }

    choice(facet, { label, said }) {
      const input = el("input", { type: "checkbox", on: { change: () => {
        const chosen = this.rules[facet.way][facet.name];
        if (input.checked === (facet.way === "on")) chosen.add(label);
        else chosen.delete(label);
        this.changed();
      } } });
      const count = el("span", { class: "count" });
      return { input, count, node: el("label", { class: "row" }, input, el("span", { class: "row-label" }, said), count) };
    }

    sync({ facet, rows, chosen }) {
      const set = this.rules[facet.way][facet.name];
      const counts = new Map(this.facets.counted(facet.name, this.counts).map((one) => [one.label, one.count]));
      for (const [label, row] of rows) {
        row.input.checked = set.has(label) === (facet.way === "on");
        row.count.textContent = (counts.get(label) || 0).toLocaleString("en");
        row.node.classList.toggle("empty", !counts.get(label));
      }
      chosen.textContent = set.size ? `${set.size} ${facet.way === "on" ? "chosen" : "off"}` : "";
    }

    update(counts) {
      this.counts = counts;
      const { rules } = this;
      for (const group of this.lists.values()) if (group.node.open) this.sync(group);
      for (const group of this.lists.values()) if (!group.node.open) group.chosen.textContent = this.tally(group.facet);
      if (document.activeElement !== this.input) this.input.value = rules.words;
      [this.scope.value, this.role.value, this.kind.value, this.least.value] = [rules.scope, rules.role, rules.harm, rules.least];
      this.least.hidden = rules.harm !== "killed" && rules.harm !== "casualties";
      this.fillChips();
    }

    tally(facet) {
      const { size } = this.rules[facet.way][facet.name];
      return size ? `${size} ${facet.way === "on" ? "chosen" : "off"}` : "";
    }

    // One chip a filter; the statuses that are off by themselves are no filter of the reader's.
    active() {
      const { rules } = this;
      const found = [];
      if (rules.words.trim()) found.push([`“${rules.words.trim()}”`, () => (rules.words = this.input.value = "")]);
      for (const facet of FACETS) {
        const set = rules[facet.way][facet.name];
        const usual = facet.name === "status" && set.size === NOT_HAPPENED.length && NOT_HAPPENED.every((one) => set.has(one));
        for (const label of usual ? [] : set) {
          found.push([`${facet.way === "off" ? "not " : ""}${this.said(facet.name, label)}`, () => set.delete(label)]);
        }
      }
      if (rules.harm !== "any") found.push([HARMS[rules.harm].label.replace("…", rules.least), () => (rules.harm = "any")]);
      return found;
    }

    fillChips() {
      const found = this.active();
      const timed = this.rules.from !== null || this.rules.to !== null || !this.rules.undated;
      const chips = found.slice(0, 12).map(([label, undo]) => el("button", { type: "button", class: "chip", "aria-label": `Remove filter ${label}`, on: { click: () => {
        undo();
        this.changed();
        this.input.focus({ preventScroll: true });
      } } }, label, el("span", { "aria-hidden": "true" }, " ×")));
      const reset = (found.length || timed) && el("button", { type: "button", class: "chip reset", on: { click: () => this.reset() } }, "Reset all");
      this.chips.replaceChildren(...[...chips, reset].filter(Boolean));
      this.summary.textContent = found.length ? `Filters (${found.length})` : "Filters";
    }

    reset() {
      this.input.value = "";
      const blank = sitmap.noRules();
      this.set(blank);
      this.input.focus({ preventScroll: true });
    }
  }

  sitmap.Filters = Filters;
})();
