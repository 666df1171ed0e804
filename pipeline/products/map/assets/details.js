// What a popup says: the record of one event, claim or place, with the words it was read from.
"use strict";
(() => {
  const { el, words, link, plural } = sitmap;

  const fact = (term, ...values) => {
    const said = values.flat().filter(Boolean);
    return said.length ? el("div", { class: "fact" }, el("dt", {}, term), el("dd", {}, said)) : null;
  };

  function eventCard(event) {
    return el("article", { class: "card" },
      el("header", {},
        el("h2", {}, sitmap.titleOf(event)),
        el("p", { class: "kind" }, event.sub_event_type ? event.event_type : "",
          event.event_status && event.event_status !== "asserted" && el("strong", { class: "tag" }, event.event_status))),
      el("dl", {},
        fact("When", event.date, event.date_text && quote(event.date_text)),
        fact("Who", who(event)),
        fact("Harm", event.harm, event.count_text && quote(event.count_text)),
        fact("Where", event.where || "not placed", event.where_description && quote(event.where_description)),
        event.lat !== null && fact("Precision", event.precision),
        event.confidence_level && fact("Confidence", event.confidence_level, event.confidence !== "" && event.confidence !== undefined && el("span", { class: "quiet" }, ` (${Number(event.confidence).toFixed(2)} of 1)`))),
      placing(event),
      sentence(event.source_sentence, event.marked),
      el("p", { class: "by" }, event.attributed_to && `According to ${event.attributed_to}. `, sources(event)),
      why(event),
      changes(event),
      event.notes && el("p", { class: "notes" }, event.notes));
  }

  const quote = (text) => el("q", {}, words(text));

  function who(event) {
    const { perpetrator, target, actor1, actor2 } = event;
    if (perpetrator || target) return [perpetrator || "not stated", el("span", { class: "to" }, " → "), target || "not stated"];
    const named = [actor1, actor2].filter(Boolean);
    return named.length ? `${named.join(" and ")} (who did it is not stated)` : "not stated";
  }

  // The sentence as printed, the place words marked; offsets count code points, not UTF-16 units.
  function sentence(text, marked) {
    if (!text) return null;
    const quoted = el("blockquote", { dir: "auto" });
    if (!marked) quoted.textContent = text;
    else {
      const points = Array.from(text);
      const mark = document.createElement("mark");
      mark.textContent = points.slice(...marked).join("");
      quoted.append(points.slice(0, marked[0]).join(""), mark, points.slice(marked[1]).join(""));
    }
    return quoted;
  }

  // Names are joined by ";" and addresses by spaces; they belong together where there are as many of each.
  function sources(record) {
    const names = (record.source || "").split(";").map((name) => name.trim()).filter(Boolean);
    const addresses = (record.source_url || "").split(/\s+/).filter(Boolean);
    const paired = names.length === addresses.length;
    const shown = addresses.map((address, number) => link(address, paired ? names[number] : ""));
    const named = paired ? [] : names.map((name) => words(name));
    const dated = record.source_date && words(record.source_date);
    const parts = [record.source_title && words(record.source_title, "cite"), ...named, ...shown, dated].filter(Boolean);
    const separated = parts.flatMap((part, number) => (number ? [document.createTextNode(" · "), part] : [part]));
    const count = record.n_sources > 1 ? [document.createTextNode(` (${plural(record.n_sources, "report")})`)] : [];
    return separated.length ? [document.createTextNode("Source: "), ...separated, ...count] : [];
  }

  // In one sentence why it stands where it stands, and below it all of the reasons.
  function placing(event) {
    if (event.n > 1 || !event.why) return null;
    const placed = event.lat !== null;
    if (!placed) return el("p", { class: "placing" }, event.why.length ? `Has no place because ${event.why[0]}.` : "Has no place on the map.");
    const because = event.why.length ? [" because ", words(event.why[0])] : [];
    const others = event.others.length ? ["; could also be ", words(event.others[0]), event.others.length > 1 ? ` or ${plural(event.others.length - 1, "other place")}` : ""] : ["; no other place came into question"];
    return el("p", { class: "placing" }, "Placed at ", words(event.where || "this point"), ...because, ...others, ".");
  }

  function why(event) {
    if (!event.why || (!event.why.length && !event.others.length && !event.date_reasons)) return null;
    const placed = event.lat !== null;
    return el("details", { class: "why" },
      el("summary", {}, placed ? "All reasons, and what else it could be" : "Why it has no place"),
      event.why.length && placed ? el("p", {}, `Placed at ${event.where || "this point"} because:`) : null,
      el("ul", {}, event.why.map((reason) => el("li", {}, reason))),
      event.others.length
        ? [el("p", {}, "Could also be:"), el("ul", {}, event.others.map((other) => el("li", {}, other)))]
        : placed && el("p", {}, "No other place came into question."),
      event.date_reasons && el("p", {}, `Dated because: ${event.date_reasons}`),
      placed && event.geo_score !== "" && el("p", {}, `Score of the place: ${Number(event.geo_score).toFixed(2)} of 1`));
  }

  // What hands and other reports have changed.
  function changes(event) {
    const list = (title, items) => items?.length ? el("div", { class: "changes" }, el("p", {}, title), el("ul", {}, items.map((item) => el("li", {}, item)))) : null;
    return [
      event.corrected && el("p", { class: "changes" }, `Corrected: ${event.corrected}`),
      list("Reports differ:", event.differ),
      list("Told by several reports, joined because:", event.merged),
    ];
  }

  function claimCard(claim) {
    return el("article", { class: "card" },
      el("header", {}, el("h2", {}, claim.measure || "Claim"), el("p", { class: "kind" }, "Claim or tally: not an event, never summed")),
      el("dl", {}, fact("Figure", claim.count), fact("Period", claim.period), fact("About", claim.scope)),
      sentence(claim.source_sentence, null),
      el("p", { class: "by" }, claim.attributed_to && `According to ${claim.attributed_to}. `, sources(claim)));
  }

  function placeCard(place) {
    return el("article", { class: "card" },
      el("header", {}, el("h2", {}, place.name), el("p", { class: "kind" }, place.where)),
      el("dl", {}, fact("Named", plural(place.n, "time")), fact("As", place.as.join(", "))));
  }

  Object.assign(sitmap, { eventCard, claimCard, placeCard });
})();
