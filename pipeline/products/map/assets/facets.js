// What is shown: the rules, which events pass them, and the counts of each choice. No page in here.
"use strict";
(() => {
  const people = (names) => [...new Set(names.filter(Boolean))];
  const ROLES = {
    any: (event) => people([event.perpetrator, event.target, event.actor1, event.actor2]),
    perpetrator: (event) => people([event.perpetrator]),
    target: (event) => people([event.target]),
  };
  const parts = (text) => people(text.split(";").map((part) => part.trim()));
  const one = (name, otherwise) => (event) => event[name] || otherwise;

  // way "off": all that is not switched off passes; way "on": once something is chosen, only that passes.
  const FACETS = [
    { name: "type", label: "Event type", way: "off", of: (event) => event.event_type },
    { name: "sub", label: "Sub-event type", way: "on", of: one("sub_event_type", "not stated") },
    { name: "actor", label: "Actor", way: "on", many: true, of: (event, rules) => ROLES[rules.role](event) },
    { name: "country", label: "Country", way: "on", of: one("country", "no country") },
    { name: "province", label: "Province", way: "on", of: (event) => (event.admin1 ? people([event.admin1, event.country]).join(", ") : "no province") },
    { name: "confidence", label: "Confidence", way: "off", of: one("confidence_level", "not stated") },
    { name: "precision", label: "How well the place is known", way: "off", of: (event) => (event.lat === null ? "unplaced" : event.mark) },
    { name: "source", label: "Source", way: "on", many: true, of: (event) => parts(event.source) },
    { name: "status", label: "Status", way: "off", of: one("event_status", "asserted") },
  ];
  // Not said to have happened: out of sight until asked for.
  const NOT_HAPPENED = ["planned", "hypothetical", "negated"];

  const least = (...counts) => Math.max(...counts.map((count) => count ?? 0));
  const killed = (event) => least(event.low, event.best);
  const hurt = (event) => least(event.injuries_low, event.injuries_best);
  const HARMS = {
    any: { label: "Any", test: () => true },
    deaths: { label: "Deaths stated", test: (event) => killed(event) > 0 },
    injured: { label: "Injured stated", test: (event) => hurt(event) > 0 },
    killed: { label: "At least … killed", test: (event, number) => killed(event) >= number },
    casualties: { label: "At least … killed or injured", test: (event, number) => killed(event) + hurt(event) >= number },
    none: { label: "Not stated", test: (event) => event.harm === "not stated" },
  };

  const noRules = () => ({
    off: Object.fromEntries(FACETS.filter((facet) => facet.way === "off").map((facet) => [facet.name, new Set(facet.name === "status" ? NOT_HAPPENED : [])])),
    on: Object.fromEntries(FACETS.filter((facet) => facet.way === "on").map((facet) => [facet.name, new Set()])),
    role: "any", harm: "any", least: 10, from: null, to: null, undated: true, words: "", scope: "all",
  });

  const within = (event, rules) => event.from === null
    ? rules.undated
    : (rules.to === null || event.from <= rules.to) && (rules.from === null || event.to >= rules.from);

  class Facets {
    constructor(events) {
      this.events = events;
      this.role = "any";
      this.codes = Object.fromEntries(FACETS.map((facet) => [facet.name, this.code(facet, { role: "any" })]));
    }

    // Each event's choices as numbers: comparing names a hundred thousand times would be felt.
    code(facet, rules) {
      const numbers = new Map();
      const number = (name) => {
        if (!numbers.has(name)) numbers.set(name, numbers.size);
        return numbers.get(name);
      };
      const of = this.events.map((event) => (facet.many ? facet.of(event, rules).map(number) : number(facet.of(event, rules))));
      return { names: [...numbers.keys()], of: facet.many ? of : Int32Array.from(of) };
    }

    // The events that pass, how many pass for each choice if its own facet did not count, and the days likewise.
    run(rules, found) {
      if (rules.role !== this.role) {
        this.role = rules.role;
        this.codes.actor = this.code(FACETS.find((facet) => facet.name === "actor"), rules);
      }
      const checks = FACETS.map((facet) => this.check(facet, rules));
      const counts = Object.fromEntries(FACETS.map((facet) => [facet.name, new Float64Array(this.codes[facet.name].names.length)]));
      const tallies = FACETS.map(({ name }) => [this.codes[name].of, counts[name]]);
      const harm = HARMS[rules.harm];
      const visible = [];
      const timed = rules.from === null && rules.to === null && rules.undated ? visible : []; // without a window they are the same
      for (const event of this.events) {
        const { row } = event;
        if (!harm.test(event, rules.least) || (found && !found[row])) continue;
        let fails = 0;
        let only = -1; // the one check that fails; checks.length stands for time
        if (!within(event, rules)) [fails, only] = [1, checks.length];
        for (let i = 0; i < checks.length && fails < 2; i += 1) {
          if (checks[i] && !checks[i](row)) {
            fails += 1;
            only = i;
          }
        }
        if (fails > 1) continue;
        if (timed !== visible && (fails === 0 || only === checks.length)) timed.push(event);
        if (fails === 0) visible.push(event);
        if (only === checks.length) continue;
        if (fails) this.count(only, tallies, row, event.n);
        else for (let i = 0; i < FACETS.length; i += 1) this.count(i, tallies, row, event.n);
      }
      return { visible, timed, counts };
    }

    count(facet, tallies, row, number) {
      const [of, counts] = tallies[facet];
      const code = of[row];
      if (typeof code === "number") counts[code] += number;
      else for (const each of code) counts[each] += number;
    }

    check(facet, rules) {
      const chosen = rules[facet.way][facet.name];
      if (!chosen.size) return null;
      const { names, of } = this.codes[facet.name];
      const passes = names.map((name) => chosen.has(name) === (facet.way === "on"));
      return facet.many ? (row) => of[row].some((code) => passes[code]) : (row) => passes[of[row]];
    }

    counted(name, counts) {
      return this.codes[name].names.map((label, code) => ({ label, count: counts[name][code] }));
    }
  }

  const total = (events) => events.reduce((sum, event) => sum + event.n, 0);

  Object.assign(sitmap, { Facets, FACETS, HARMS, NOT_HAPPENED, noRules, total, parts });
})();
