// Dialogs: edit a field, merge, split, help. The browser keeps the focus inside and gives it back.
"use strict";
(() => {
  const { el } = sitmap;
  const HELP = [
    ["j ↓ / k ↑", "next, previous"], ["1 to 9", "put it at that candidate"], ["w", "a pick or click also for the other events resting on the name"],
    ["a", "accept as it is"], ["r", "reject: no event"], ["c", "click mode: click, or move the map with the arrows and press Enter; 1 exact, 2 near, 3 an area; Escape leaves"],
    ["e", "edit a field"], ["m", "merge with an event near by"], ["s", "split a joined event"], ["u", "undo the last decision"], ["?", "this list"],
  ];
  const FIELDS = [
    ["date", "Date", "2023-11-21, or 2023-11-20/2023-11-22", (event) => event.days],
    ["fatalities", "Deaths", "3, 3-5, 3/4/6, at least 3, unknown", (event) => event.deaths],
    ["injuries", "Injured", "3, 3-5, 3/4/6, at least 3, unknown", (event) => event.injured],
    ["sub_event_type", "Sub-event type", "", (event) => event.sub_event_type],
    ["perpetrator", "Perpetrator", "a name, or none", (event) => event.perpetrator],
    ["target", "Target", "a name, or none", (event) => event.target],
  ];
  const dialog = () => document.getElementById("panel");
  const close = () => dialog().close();

  function show(title, ...content) {
    const leave = el("button", { type: "button", on: { click: close } }, "Close (Esc)");
    dialog().replaceChildren(el("h2", { id: "panel-title" }, title), ...content.filter(Boolean), el("div", { class: "acts" }, leave));
    dialog().onkeydown = null;
    if (!dialog().open) dialog().showModal();
  }

  // A numbered list to choose from, by key or by click.
  function chooseFrom(title, hint, choices, done) {
    const take = (number) => { close(); done(choices[number]); };
    const buttons = choices.map(({ label, small }, number) => {
      const under = sitmap.words(small || "", "small");
      return el("button", { type: "button", class: "choice", on: { click: () => take(number) } }, sitmap.keyCap(String(number + 1)), el("span", {}, label, under));
    });
    show(title, el("p", { class: "hint" }, hint), ...buttons);
    dialog().onkeydown = (pressed) => {
      const number = Number(pressed.key) - 1;
      if (choices[number] && !pressed.ctrlKey && !pressed.metaKey && !pressed.altKey) { pressed.preventDefault(); take(number); }
    };
  }

  const merge = (event, done) => chooseFrom("Merge with", "The two are one event, told twice.",
    event.near.map((one) => ({ one, label: `${one.sub_event_type}, ${one.where}, ${one.date}`, small: `${one.km} km and ${sitmap.plural(one.days, "day")} away; ${one.source}: ${one.source_sentence}` })), ({ one }) => done(one));
  const split = (event, done) => chooseFrom("Split off", "Reports joined to this event; the one chosen becomes an event of its own.",
    event.members.map((id) => ({ id, label: `telling ${id}` })), ({ id }) => done(id));

  function edit(event, types, done) {
    const field = el("select", { id: "edit-field" }, ...FIELDS.map(([name, label]) => el("option", { value: name }, label)));
    const value = el("input", { id: "edit-value", maxlength: 200, autocomplete: "off" });
    const kinds = el("select", { id: "edit-kind" }, ...types.map((name) => el("option", { value: name }, name)));
    const text = el("label", { for: "edit-value" }, "What is right");
    const kind = el("label", { for: "edit-kind" }, "What is right");
    const hint = el("p", { class: "hint" });
    const turn = () => {
      const [name, , told, now] = FIELDS.find((one) => one[0] === field.value);
      const listed = name === "sub_event_type";
      [text, value].forEach((node) => (node.hidden = listed));
      [kind, kinds].forEach((node) => (node.hidden = !listed));
      value.value = now(event) || "";
      if (listed) kinds.value = now(event);
      hint.textContent = told;
    };
    const save = () => {
      const right = (field.value === "sub_event_type" ? kinds.value : value.value).trim();
      if (!right) { hint.textContent = "Write what is right, or close."; value.focus(); return; }
      if (sitmap.formula({ value: right })) { hint.textContent = "A spreadsheet would run this as a formula; write it otherwise."; value.focus(); return; }
      close();
      done(field.value, right);
    };
    field.addEventListener("change", turn);
    show("Edit a field", el("label", { for: "edit-field" }, "Field"), field, text, value, kind, kinds, hint, el("div", { class: "acts" }, el("button", { type: "button", on: { click: save } }, "Save (Enter)")));
    dialog().onkeydown = (pressed) => { if (pressed.key === "Enter" && pressed.target.tagName !== "BUTTON") { pressed.preventDefault(); save(); } };
    turn();
    field.focus();
  }

  const help = () => show("Keys", el("dl", {}, ...HELP.flatMap(([name, what]) => [el("dt", {}, sitmap.keyCap(name)), el("dd", {}, what)])));

  sitmap.panels = { merge, split, edit, help };
})();
