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

  const TIME = FACETS.length; // stands for the window where the one check that fails is told
  const OUT = 200; // fails for good: no choice of a facet brings it back

  class Facets {
    // offered: the names of the facets that the events can be told apart by; null where all are.
    constructor(events, offered = null) {
      this.events = events;
      this.offered = offered;
      this.role = "any";
      this.n = Float64Array.from(events, (event) => event.n);
      this.from = Float64Array.from(events, (event) => event.from ?? NaN);
      this.to = Float64Array.from(events, (event) => event.to ?? NaN);
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
    // A column at a time: how many checks an event fails, and which one, if it is only that.
    run(rules, found) {
      if (rules.role !== this.role) {
        this.role = rules.role;
        this.codes.actor = this.code(FACETS.find((facet) => facet.name === "actor"), rules);
      }
      const { events } = this;
      const harm = HARMS[rules.harm].test;
      const fails = new Uint8Array(events.length);
      const only = new Uint8Array(events.length);
      const windowed = rules.from !== null || rules.to !== null || !rules.undated;
      if (found) for (let row = 0; row < fails.length; row += 1) if (!found[row]) fails[row] = OUT;
      if (rules.harm !== "any") for (let row = 0; row < fails.length; row += 1) if (!harm(events[row], rules.least)) fails[row] = OUT;
      if (windowed) this.outside(rules, fails, only);
      FACETS.forEach((facet, number) => this.fail(facet, rules, number, fails, only));
      const counts = Object.fromEntries(FACETS.map((facet, number) => [facet.name, this.tally(facet, number, fails, only)]));
      const visible = events.filter((_, row) => fails[row] === 0);
      const timed = windowed ? events.filter((_, row) => fails[row] === 0 || (fails[row] === 1 && only[row] === TIME)) : visible;
      return { visible, timed, counts };
    }

    outside(rules, fails, only) {
      const [least, most] = [rules.from ?? -Infinity, rules.to ?? Infinity];
      for (let row = 0; row < fails.length; row += 1) {
        const from = this.from[row];
        if (from === from ? from <= most && this.to[row] >= least : rules.undated) continue; // only NaN is not itself
        fails[row] += 1;
        only[row] = TIME;
      }
    }

    fail(facet, rules, number, fails, only) {
      const passes = this.passes(facet, rules);
      if (!passes) return;
      const { of } = this.codes[facet.name];
      for (let row = 0; row < fails.length; row += 1) {
        if (fails[row] > 1 || (facet.many ? of[row].some((code) => passes[code]) : passes[of[row]])) continue;
        fails[row] += 1;
        only[row] = number;
      }
    }

    tally(facet, number, fails, only) {
      const { of, names } = this.codes[facet.name];
      const { n } = this;
      const counts = new Float64Array(names.length);
      for (let row = 0; row < fails.length; row += 1) {
        if (fails[row] > 1 || (fails[row] === 1 && only[row] !== number)) continue;
        if (facet.many) for (const code of of[row]) counts[code] += n[row];
        else counts[of[row]] += n[row];
      }
      return counts;
    }

    // Which choices of a facet pass; null where all do.
    passes(facet, rules) {
      const chosen = rules[facet.way][facet.name];
      if (!chosen.size) return null;
      return Uint8Array.from(this.codes[facet.name].names, (name) => chosen.has(name) === (facet.way === "on"));
    }

    counted(name, counts) {
      return this.codes[name].names.map((label, code) => ({ label, count: counts[name][code] }));
    }
  }

  const total = (events) => events.reduce((sum, event) => sum + event.n, 0);

  Object.assign(sitmap, { Facets, FACETS, HARMS, NOT_HAPPENED, noRules, total, parts, within });
})();
