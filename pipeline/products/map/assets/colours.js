// What colour and shape an event has: by its type, or by its actor with the shape still saying the type.
"use strict";
(() => {
  const { colour, pick } = sitmap;
  // Okabe and Ito's again, light and dark; more than seven actors could not be told apart.
  const ACTORS = [
    ["#0072B2", "#56A8E0"], ["#D55E00", "#FF7F2E"], ["#009E73", "#2CC79A"], ["#CC79A7", "#E8A0C6"], ["#E69F00", "#FFBF40"],
    ["#56B4E9", "#9AD8FF"], ["#7A5C00", "#F0E442"],
  ].map(([light, night]) => ({ colour: light, colour_dark: night }));

  class Colours {
    constructor(styles, events) {
      this.styles = styles;
      this.by = "type";
      const counts = new Map();
      for (const event of events) {
        const who = Colours.actor(event);
        if (who) counts.set(who, (counts.get(who) || 0) + event.n);
      }
      const ranked = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
      this.actors = new Map(ranked.slice(0, ACTORS.length).map(([name], number) => [name, ACTORS[number]]));
      this.known = new Map();
      this.made = new Map();
    }

    static actor(event) {
      return event.perpetrator || event.actor1 || "";
    }

    style(event) {
      return pick(this.styles.event_types, event.event_type, this.styles.other_event_type);
    }

    look(event) {
      const key = this.by === "actor" ? `${event.event_type}\n${Colours.actor(event)}` : event.event_type;
      let found = this.known.get(key);
      if (!found) this.known.set(key, (found = this.make(event)));
      return found;
    }

    // After a change of theme, or of what colours stand for.
    forget() {
      this.known.clear();
      this.made.clear();
    }

    // One object for all events of a type in a colour, so that marks can be told apart by it.
    make(event) {
      const style = this.style(event);
      const tint = colour(this.by === "actor" ? this.actors.get(Colours.actor(event)) || this.styles.other_event_type : style);
      const key = `${event.event_type}\n${tint}`;
      if (!this.made.has(key)) this.made.set(key, { shape: style.shape, colour: tint });
      return this.made.get(key);
    }
  }

  sitmap.Colours = Colours;
})();
