// Around the map: the heading, and below the list what could not be placed and the claims.
"use strict";
(() => {
  const { el, byId, plural, total } = sitmap;

  // Below the list, always in sight: records that have no place on the map.
  function fillAsides(data, visible, details) {
    const unplaced = visible.filter((event) => event.lat === null);
    const line = (event) => [sitmap.titleOf(event), event.date];
    const open = new Set([...document.querySelectorAll("#asides > details[open]")].map((node) => node.id));
    const asides = [
      aside("unplaced", `Not placed (${total(unplaced).toLocaleString("en")})`, unplaced, async (event) => sitmap.eventCard(await details.of(event)), line),
      aside("claims-list", `${data.styles.claims.label} (${data.claims.length.toLocaleString("en")})`, data.claims, async (claim) => sitmap.claimCard(claim), (claim) => [claim.measure, claim.count]),
    ].filter(Boolean);
    for (const node of asides) node.open = open.has(node.id);
    byId("asides").replaceChildren(...asides);
  }

  const MOST = 300;

  function aside(id, title, records, card, line) {
    if (!records.length) return null;
    const body = el("div", { class: "aside-body" });
    const node = el("details", { id, class: "aside" }, el("summary", {}, title), body);
    node.addEventListener("toggle", () => {
      if (!node.open || body.childElementCount) return;
      body.append(...records.slice(0, MOST).map((record) => entry(record, card, line)));
      if (records.length > MOST) body.append(el("p", { class: "none" }, `${plural(records.length - MOST, "more record")}: filter, or download what you see.`));
    });
    return node;
  }

  function entry(record, card, line) {
    const node = el("details", { class: "entry" }, el("summary", {}, line(record).filter(Boolean).join(" · ")));
    node.addEventListener("toggle", async () => {
      if (node.open && node.childElementCount < 2) node.append(await card(record));
    });
    return node;
  }

  // The heading: what this is, when, how much of it has a place.
  function fillHeading(summary) {
    const credits = summary.attribution.map((credit) => sitmap.words(credit));
    byId("title").textContent = summary.title;
    byId("credits").replaceChildren("Data: ", ...credits.flatMap((credit, n) => (n ? [" · ", credit] : [credit])), " · drawn with Leaflet");
    byId("generated").textContent = summary.generated && `Generated ${summary.generated}`;
    byId("aggregated").textContent = summary.aggregated;
    byId("aggregated").hidden = !summary.aggregated;
  }

  function fillSummary(summary, visible) {
    const said = (number) => number.toLocaleString("en");
    let [shown, placed, coarse] = [0, 0, 0];
    for (const event of visible) {
      shown += event.n;
      if (event.lat !== null) placed += event.n;
      if (event.lat !== null && event.rough) coarse += event.n;
    }
    const all = shown === summary.events;
    const facts = [
      summary.period,
      `${all ? "" : `${said(shown)} of `}${plural(summary.events, "event")} from ${plural(summary.reports, "report")}`,
      `${said(placed)} of ${said(shown)} placed; ${said(coarse)} only to province or country`,
    ];
    byId("summary").replaceChildren(...(summary.events ? facts.filter(Boolean) : ["No events"]).map((fact) => el("span", { class: "fact-chip" }, fact)));
    byId("shown").textContent = summary.events ? `${all ? "All" : `${said(shown)} of`} ${plural(summary.events, "event")} shown` : "";
  }

  Object.assign(sitmap, { fillAsides, fillHeading, fillSummary });
})();
