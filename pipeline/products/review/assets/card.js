// One event in full, in words: what, where and why, what else it could be, and what can be done about it.
"use strict";
(() => {
  const { el, words } = sitmap;
  const fact = (name, text) => text && el("div", { class: "fact" }, el("dt", {}, name), el("dd", {}, text));
  const list = (texts) => el("ul", {}, ...texts.map((text) => el("li", {}, text)));
  const key = (name) => {
    const node = document.createElement("kbd");
    node.textContent = name;
    return node;
  };

  // The sentence with the place words marked; offsets count code points, as Python does.
  function sentence({ source_sentence: text, marked }) {
    const quote = el("blockquote", { dir: "auto" });
    const points = Array.from(text);
    if (!marked) quote.textContent = text;
    else {
      const mark = document.createElement("mark");
      mark.textContent = points.slice(...marked).join("");
      quote.append(points.slice(0, marked[0]).join(""), mark, points.slice(marked[1]).join(""));
    }
    return quote;
  }

  function choice(number, candidate, pressed, go) {
    const small = words(candidate.why.join("; ") || "no reasons kept", "small");
    const label = el("span", {}, `${candidate.where} (score ${Number(candidate.score || 0).toFixed(2)})`, small);
    return el("button", { type: "button", class: "choice", "aria-pressed": String(pressed), on: { click: go } }, number < 9 && key(String(number + 1)), label);
  }

  const act = (name, label, go) => el("button", { type: "button", on: { click: go } }, key(name), words(` ${label}`));

  // can: what each act does; state: {decided, whole}.
  function card(event, styles, can, state) {
    const look = sitmap.pick(styles.event_types, event.event_type, styles.other_event_type);
    const mark = sitmap.pick(styles.precision_marks, event.mark, styles.precision_marks.country);
    const verdict = state.decided.find((one) => one.slot === "verdict");
    const rest = event.same.length;
    const whole = rest > 0 && el("label", { class: "whole" }, el("input", { type: "checkbox", checked: state.whole, on: { change: can.whole } }), key("w"), `also the ${sitmap.plural(rest, "other event")} resting on “${event.where_description}”`);
    const icon = sitmap.icon({ shape: look.shape, colour: sitmap.colour(look) }, mark);
    return el("article", { class: "card" },
      el("h2", {}, icon, ` ${event.sub_event_type || event.event_type}`),
      el("p", { class: "kind" }, [event.event_type, event.event_status].filter(Boolean).join(", ")),
      ...state.decided.map((one) => el("p", { class: "decided" }, `Decided: ${one.words}`)),
      event.corrected && el("p", { class: "decided" }, `Corrected before: ${event.corrected}`),
      el("dl", {}, fact("When", event.date), fact("By", event.perpetrator || "not stated"), fact("Against", event.target || "not stated"), fact("Harm", event.harm), fact("Source", [event.source, event.doc_id].filter(Boolean).join("; "))),
      sentence(event),
      event.source_url && el("p", { class: "by" }, ...event.source_url.split(" ").map((address) => sitmap.link(address, address))),
      el("h3", {}, "Why it is on this list"),
      list(event.because.length ? event.because : ["a little of everything; nothing stands out"]),
      el("h3", {}, `Where it was put: ${event.where || "nowhere"}`),
      el("p", { class: "kind" }, [event.where_description && `from “${event.where_description}”`, event.precision, event.score !== null && `score ${event.score.toFixed(2)}`].filter(Boolean).join("; ")),
      event.rel_text && el("p", { class: "hint" }, `The words give a relation (“${event.rel_text}”): another pick puts the event at the place itself.`),
      event.why.length > 0 && el("details", { class: "why" }, el("summary", {}, "Why there"), list(event.why)),
      el("h3", {}, event.candidates.length ? "What else it could be" : "No other candidates are known"),
      ...event.candidates.map((one, number) => choice(number, one, verdict && verdict.place === one.id, () => can.pick(number))),
      whole,
      event.disagreements.length > 0 && el("h3", {}, "Where reports differ"),
      event.disagreements.length > 0 && list(event.disagreements),
      event.notes && el("p", { class: "notes" }, event.notes),
      el("div", { class: "acts", role: "group", "aria-label": "Decide" },
        act("a", "Accept", can.accept), act("c", "Click a place", can.click), act("r", "Reject", can.reject), act("e", "Edit", can.edit),
        event.near.length > 0 && act("m", "Merge", can.merge), event.members.length > 0 && act("s", "Split", can.split), act("u", "Undo", can.undo), act("k", "Previous", can.previous), act("j", "Next", can.next)),
    );
  }

  Object.assign(sitmap, { card, keyCap: key });
})();
