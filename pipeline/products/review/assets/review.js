// Wiring: the list, the event, the map and the keys, and one place that knows which event is open.
"use strict";
(async () => {
  const { el, decide, panels } = sitmap;
  const byId = (id) => document.getElementById(id);
  const read = (id) => JSON.parse(byId(id).textContent);
  const say = (text) => (byId("said").textContent = text);
  const complain = (text) => (byId("problem").textContent = text);
  let opened;
  try {
    opened = await sitmap.opened(read("review-data"));
  } catch (error) {
    complain(error.message);
    return;
  }
  const { data, keeper } = opened;
  const events = data.events;
  const map = new sitmap.PlaceMap(byId("review-map"), await sitmap.inflated(read("review-basemap")));
  let at = 0;
  let whole = false;
  let clicking = false;
  let precision = 1;
  let keysOn = true;
  const now = () => events[at];
  const decisionsOf = (event) => keeper.list.filter((one) => one.event_id === event.event_id);
  const idsMeant = () => (whole ? [now().event_id, ...now().same] : [now().event_id]);

  // ---- the list
  const items = events.map((event, number) => {
    const look = sitmap.pick(data.styles.event_types, event.event_type, data.styles.other_event_type);
    const icon = sitmap.icon({ shape: look.shape, colour: sitmap.colour(look) }, sitmap.pick(data.styles.precision_marks, event.mark, data.styles.precision_marks.country));
    return el("button", { type: "button", class: "item", on: { click: () => go(number) } }, icon,
      el("span", { class: "item-text" }, el("span", { class: "item-type" }, event.sub_event_type || event.event_type), el("span", { class: "item-place" }, event.where || "not placed"), el("span", { class: "item-date" }, event.date)));
  });
  byId("queue").append(...items);
  if (data.left_out) byId("queue").append(sitmap.words(`${sitmap.plural(data.left_out, "more event")} of lower rank; decide these and run sitmap map again.`, "p"));

  function tell() {
    const done = new Set(keeper.list.map((one) => one.event_id));
    items.forEach((item, number) => item.toggleAttribute("data-done", done.has(events[number].event_id)));
    const counts = [sitmap.plural(data.total, "event"), `${data.reviewed} reviewed before`, `${events.length} to look at`, sitmap.plural(keeper.list.length, "decision")];
    byId("summary").textContent = counts.join(" · ");
    byId("kept").textContent = keeper.words;
  }

  function show() {
    tell();
    if (!events.length) {
      byId("card").replaceChildren(sitmap.words("Nothing to review: no placement is in doubt.", "p"));
      return;
    }
    const decided = decisionsOf(now());
    byId("card").replaceChildren(sitmap.card(now(), data.styles, can, { decided, whole }));
    map.show(now(), decided.find((one) => one.slot === "verdict"), can.pick);
  }

  function go(number) {
    if (number < 0 || number >= events.length) return say(number < 0 ? "This is the first." : "This is the last.");
    items[at].removeAttribute("aria-current");
    at = number;
    whole = false;
    items[at].setAttribute("aria-current", "true");
    items[at].scrollIntoView({ block: "nearest" });
    leaveClicking();
    show();
    byId("card").scrollTop = 0;
    byId("card").focus({ preventScroll: true });
  }

  // ---- deciding
  async function take(one, { stay = false } = {}) {
    complain("");
    const number = at;
    const kept = keeper.add(one);
    if (!stay) onwards();
    try {
      await kept;
      say(`${number + 1} of ${events.length}: ${one.words}.`);
    } catch (error) {
      complain(`Not written: ${error.message}`);
    }
    tell();
    if (number === at) show();
  }
  const onwards = () => (at + 1 < events.length ? go(at + 1) : show());

  const can = {
    accept: () => take(decide.accept(now())),
    reject: () => take(decide.reject(now())),
    pick: (number) => now().candidates[number] && take(decide.pick(now(), now().candidates[number], idsMeant())),
    click: () => (clicking ? leaveClicking() : startClicking()),
    edit: () => panels.edit(now(), data.sub_event_types, (field, value) => take(decide.edit(now(), field, value), { stay: true })),
    merge: () => (now().near.length ? panels.merge(now(), (other) => take(decide.merge(now(), other), { stay: true })) : say("No event near by.")),
    split: () => (now().members.length ? panels.split(now(), (member) => take(decide.split(now(), member), { stay: true })) : say("One report tells it; there is nothing to split.")),
    next: () => go(at + 1),
    previous: () => go(at - 1),
    whole: () => {
      if (!now().same.length) return say("No other event rests on this name.");
      whole = !whole;
      say(whole ? "A pick or click counts for all events resting on the name." : "A pick or click counts for this event alone.");
      show();
    },
    undo: async () => {
      try {
        const last = await keeper.undo();
        if (!last) return say("Nothing to undo.");
        const number = events.findIndex((event) => event.event_id === last.event_id);
        if (number >= 0) go(number);
        say(`Undone: ${last.words}.`);
      } catch (error) {
        complain(`Not undone: ${error.message}`);
      }
    },
  };

  // ---- a place of one's own
  const MEANS = ["exact (within 2 km)", "near (within 25 km)", "an area (within 100 km)"];
  function startClicking() {
    clicking = true;
    document.body.classList.add("picking");
    map.clicked = put;
    byId("cross").hidden = byId("clicking").hidden = false;
    tellClicking();
    map.focus();
  }
  function tellClicking() {
    const text = `Click the place, or move the map with the arrows and press Enter. It counts as ${MEANS[precision - 1]}; 1, 2 or 3 changes that. Escape leaves.`;
    byId("clicking").textContent = text;
    say(text);
  }
  function leaveClicking() {
    if (!clicking) return;
    clicking = false;
    map.clicked = null;
    document.body.classList.remove("picking");
    byId("cross").hidden = byId("clicking").hidden = true;
    say("");
    byId("card").focus({ preventScroll: true });
  }
  function put(lat, lon) {
    const there = L.latLng(lat, lon).wrap();
    take(decide.point(now(), there.lat, there.lng, precision, idsMeant()));
    leaveClicking();
  }

  // ---- keys
  const KEYS = { j: can.next, ArrowDown: can.next, ArrowRight: can.next, k: can.previous, ArrowUp: can.previous, ArrowLeft: can.previous, a: can.accept, r: can.reject, m: can.merge, s: can.split, c: can.click, e: can.edit, u: can.undo, w: can.whole, "?": panels.help };
  function clickingKey(pressed) {
    if (pressed.key === "Escape") return leaveClicking();
    if (pressed.key === "Enter") return put(map.centre().lat, map.centre().lng);
    if (["1", "2", "3"].includes(pressed.key)) {
      precision = Number(pressed.key);
      return tellClicking();
    }
    return pressed.key === "c" ? leaveClicking() : false;
  }
  document.addEventListener("keydown", (pressed) => {
    const busy = pressed.target.closest("input:not([type=checkbox]), select, textarea, dialog") || byId("panel").open;
    if (!keysOn || busy || pressed.ctrlKey || pressed.metaKey || pressed.altKey || !events.length) return;
    if (clicking) {
      if (clickingKey(pressed) !== false) pressed.preventDefault();
      return;
    }
    const onMap = pressed.target.closest("#review-map") && pressed.key.startsWith("Arrow");
    const number = /^[1-9]$/.test(pressed.key) ? Number(pressed.key) - 1 : -1;
    const act = number >= 0 ? () => can.pick(number) : Object.hasOwn(KEYS, pressed.key) && KEYS[pressed.key];
    if (!act || onMap) return;
    pressed.preventDefault();
    act();
  });

  // ---- the bar
  function download() {
    const file = new Blob([sitmap.csv(keeper.list, byId("who").value.trim())], { type: "text/csv;charset=utf-8" });
    const anchor = el("a", { href: URL.createObjectURL(file), download: "corrections.csv" });
    anchor.click();
    setTimeout(() => URL.revokeObjectURL(anchor.href), 10000);
    say(`${sitmap.plural(keeper.list.length, "decision")} written to corrections.csv; where one is already kept, add these lines to it.`);
  }
  byId("title").textContent = `Review: ${data.title}`;
  byId("generated").textContent = data.generated;
  byId("who").value = keeper.who;
  byId("who").addEventListener("change", () => {
    const who = byId("who").value.trim();
    if (sitmap.formula({ who })) return complain("A spreadsheet would run this name as a formula; write it otherwise.");
    complain("");
    keeper.name(who);
  });
  byId("download").hidden = keeper.served;
  byId("download").addEventListener("click", download);
  byId("help").addEventListener("click", panels.help);
  byId("keys").addEventListener("click", () => {
    keysOn = !keysOn;
    byId("keys").setAttribute("aria-pressed", String(keysOn));
    byId("keys").replaceChildren(`Single keys ${keysOn ? "on" : "off"}`);
  });
  byId("theme").addEventListener("click", () => {
    document.documentElement.dataset.theme = sitmap.dark() ? "light" : "dark";
    sitmap.forgetPaint();
    map.repaint();
    if (events.length) show();
  });

  if (events.length) go(Math.max(0, events.findIndex((event) => !decisionsOf(event).length)));
  else show();
  if (!keeper.who && events.length) say("Write your name above once: it stands beside each decision.");
  sitmap.review = { keeper, ready: true };
})();
