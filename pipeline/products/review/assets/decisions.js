// What an analyst decided -> lines of the corrections file. Pure: no page, no store.
"use strict";
(() => {
  const COLUMNS = ["kind", "event_id", "other_id", "field", "value", "precision", "who", "when", "note"];
  // Of two decisions that fill the same slot of an event the later takes the place of the earlier.
  const slotOf = (kind, more = "") => (["accept", "reject", "pick", "point"].includes(kind) ? "verdict" : `${kind}:${more}`);

  let made = 0;
  function decision(kind, event, rows, words, more = "") {
    made += 1;
    const id = `${Date.now().toString(36)}-${made}`;
    return { id, event_id: event.event_id, kind, slot: slotOf(kind, more), rows, words };
  }

  const accept = (event) =>
    decision("accept", event, [{ kind: "accept", event_id: event.event_id, value: event.state }], "accepted as it is");
  const reject = (event) => decision("reject", event, [{ kind: "reject", event_id: event.event_id }], "rejected: no event");

  function pick(event, candidate, ids) {
    const rows = ids.map((id) => ({ kind: "place", event_id: id, value: candidate.id }));
    const several = ids.length > 1 ? `, with ${sitmap.plural(ids.length - 1, "other event")} of the name` : "";
    return { ...decision("pick", event, rows, `placed at ${candidate.where}${several}`), place: candidate.id };
  }

  function point(event, lat, lon, precision, ids) {
    const value = `${lat.toFixed(5)}, ${lon.toFixed(5)}`;
    const rows = ids.map((id) => ({ kind: "coordinates", event_id: id, value, precision: String(precision) }));
    return { ...decision("point", event, rows, `placed at ${value}`), at: [lat, lon] };
  }

  const merge = (event, other) =>
    decision("merge", event, [{ kind: "merge", event_id: event.event_id, other_id: other.event_id }], `one with ${other.event_id}`, other.event_id);
  function split(event, member) {
    const others = event.members.filter((id) => id !== member).join(";");
    return decision("split", event, [{ kind: "split", event_id: member, other_id: others }], `${member} split off`, member);
  }
  const edit = (event, field, value) =>
    decision("edit", event, [{ kind: "edit", event_id: event.event_id, field, value }], `${field} set to ${value}`, field);

  // What a spreadsheet would run as a formula. Only coordinates begin with a minus by right.
  const formula = (row) =>
    Object.entries(row).some(([column, text]) => /^[=+@\t\r]/.test(text) || (/^-/.test(text) && !(row.kind === "coordinates" && column === "value")));

  const cell = (text) => (/[",\r\n;]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  function csv(decisions, who) {
    const lines = decisions.flatMap((one) => one.rows.map((row) => COLUMNS.map((name) => cell((name === "who" ? who : row[name] || one[name]) || "")).join(",")));
    return `${[COLUMNS.join(","), ...lines].join("\r\n")}\r\n`;
  }

  Object.assign(sitmap, { decide: { accept, reject, pick, point, merge, split, edit }, formula, csv });
})();
