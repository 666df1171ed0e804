// Search: every word must be found, whatever its case or accents, in places, actors, words, or anywhere.
"use strict";
(() => {
  // Latin, Greek and Cyrillic accents, Arabic vowel signs and the tatweel go; letters stay.
  const PLAIN = /^[\x20-\x7e\n]*$/; // most texts: nothing to take off, and there may be a hundred thousand
  const fold = (text) => {
    const low = text.toLowerCase();
    return PLAIN.test(low) ? low.replaceAll("`", "'") : low.normalize("NFD").replace(/[\p{M}\u0640]/gu, "").replace(/[’ʼ‘`]/g, "'");
  };
  // "two words" in quotes stay together.
  const terms = (query) => (fold(query).match(/"[^"]+"|[^\s"]+/g) || []).map((term) => term.replaceAll('"', ""));

  const SCOPES = { all: "Everything", place: "Places", actor: "Actors", words: "Titles and sentences" };
  const CORE = {
    place: (event) => [event.where, event.location, event.admin1, event.country, event.where_description],
    actor: (event) => [event.perpetrator, event.target, event.actor1, event.actor2],
    words: (event) => [event.sub_event_type, event.event_type],
  };
  const REST = (row) => fold([row.source_title, row.source_sentence, row.notes, row.attributed_to].filter(Boolean).join("\n"));

  class Search {
    constructor(events, details) {
      Object.assign(this, { events, details, texts: {}, ready: null });
    }

    core(scope) {
      this.texts[scope] ??= this.events.map((event) => fold(CORE[scope](event).filter(Boolean).join("\n")));
      return this.texts[scope];
    }

    // Sentences and titles lie in the details: they are read once, when words are first searched.
    rest() {
      this.ready ??= (async () => {
        const texts = [];
        await this.details.each((rows, first) => rows.forEach((row, number) => (texts[first + number] = REST(row))));
        this.texts.rest = texts;
      })();
      return this.ready;
    }

    needsRest(rules) {
      return rules.words.trim() !== "" && (rules.scope === "all" || rules.scope === "words") && !this.texts.rest && this.details.count > 0;
    }

    // Which rows hold every term; null where nothing is asked.
    find(rules) {
      const wanted = terms(rules.words);
      if (!wanted.length) return null;
      const scopes = rules.scope === "all" ? Object.keys(CORE) : [rules.scope];
      const columns = scopes.map((scope) => this.core(scope));
      if (scopes.includes("words") && this.texts.rest) columns.push(this.texts.rest);
      const found = new Uint8Array(this.events.length);
      for (let row = 0; row < found.length; row += 1) {
        found[row] = wanted.every((term) => columns.some((column) => column[row].includes(term))) ? 1 : 0;
      }
      return found;
    }
  }

  Object.assign(sitmap, { Search, SCOPES, fold });
})();
