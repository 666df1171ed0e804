// The list of events: only the rows in sight exist, so that a hundred thousand scroll like ten. One stop for the tab
// key; the arrow keys go through it.
"use strict";
(() => {
  const { el, icon, plural, day } = sitmap;
  const ROW = 66;
  const HEAD = 30;
  const SPARE = 6;
  const ON_PAPER = 300;
  const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December"];

  const months = new Map();
  const monthOf = ({ from }) => {
    if (!months.has(from)) {
      const [year, month] = from === null ? [] : day(from).split("-").map(Number);
      months.set(from, from === null ? "Date not stated" : `${MONTHS[month - 1]} ${year}`);
    }
    return months.get(from);
  };

  const titleOf = (event) => {
    const what = event.sub_event_type || event.event_type || "Event";
    return event.n > 1 ? `${what} (${event.n.toLocaleString("en")} events)` : what;
  };

  class List {
    constructor(data, colours, actions) {
      Object.assign(this, { data, colours, actions, events: [], heads: [], current: null, active: 0 });
      this.box = document.getElementById("list");
      this.sheet = el("div", { class: "sheet", role: "list" });
      this.box.append(this.sheet);
      this.box.addEventListener("scroll", () => this.draw(), { passive: true });
      this.box.addEventListener("keydown", (at) => this.key(at));
      new ResizeObserver(() => this.draw()).observe(this.box);
    }

    // Only where each month begins is written down; the place of every row follows from it.
    show(events) {
      this.events = events.filter((event) => event.lat !== null);
      this.heads = [];
      let last;
      this.events.forEach((event, number) => {
        if (event.from === last && number) return;
        last = event.from;
        const month = monthOf(event);
        if (this.heads.at(-1)?.month !== month) this.heads.push({ month, first: number, top: number * ROW + this.heads.length * HEAD });
      });
      this.active = Math.min(this.active, Math.max(this.events.length - 1, 0));
      this.sheet.style.height = `${this.events.length * ROW + this.heads.length * HEAD}px`;
      this.draw(true);
    }

    // How many months have begun before what lies at a height, or by a row.
    begun(passes) {
      let [low, high] = [0, this.heads.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (passes(this.heads[middle])) low = middle + 1;
        else high = middle;
      }
      return low;
    }

    topOf(number) {
      return number * ROW + this.begun(({ first }) => first <= number) * HEAD;
    }

    // Rows and months between two heights, as keys with their tops.
    between(top, bottom) {
      const wanted = [];
      const months = this.begun((head) => head.top <= top);
      const first = Math.max(Math.floor((top - months * HEAD) / ROW), 0);
      for (let number = first; number < this.events.length; number += 1) {
        const at = this.topOf(number);
        if (at > bottom) break;
        const head = this.heads[this.begun((one) => one.first <= number) - 1];
        if (head.first === number) wanted.push({ key: `m${number}`, month: head.month, top: head.top });
        wanted.push({ key: `e${number}`, event: this.events[number], number, top: at });
      }
      return wanted;
    }

    // Rows that are already there stay: a new one under the pointer or the focus would lose both.
    draw(anew = false) {
      const { scrollTop, clientHeight } = this.box;
      const [top, bottom] = this.printing ? [0, ON_PAPER * ROW] : [scrollTop - SPARE * ROW, scrollTop + clientHeight + SPARE * ROW];
      const wanted = this.between(top, bottom);
      const kept = new Map(anew ? [] : [...this.sheet.children].map((node) => [node.dataset.key, node]));
      const focused = document.activeElement?.closest?.("#list .item")?.dataset.row;
      if (!this.events.length) this.sheet.replaceChildren(el("p", { class: "none" }, "No events on the map."));
      else if (anew || wanted.length !== kept.size || wanted.some((one) => !kept.has(one.key))) {
        this.sheet.replaceChildren(...wanted.map((one) => kept.get(one.key) || this.node(one)));
        if (focused !== undefined) this.sheet.querySelector(`[data-row="${focused}"]`)?.focus({ preventScroll: true });
      }
    }

    node(line) {
      const node = line.month ? el("div", { class: "month-line", role: "listitem" }, el("h2", { class: "month" }, line.month)) : this.item(line);
      node.style.top = `${line.top}px`;
      node.dataset.key = line.key;
      return node;
    }

    item({ event, number }) {
      const status = event.event_status && event.event_status !== "asserted" && el("strong", { class: "tag" }, event.event_status);
      const place = event.where || event.where_description || "place not named";
      const button = el("button", { type: "button", class: "item", "data-row": event.row, tabindex: number === this.active ? 0 : -1,
        "aria-current": event === this.current && "true",
        on: { click: () => this.actions.choose(event), focus: () => this.focused(number, event), blur: () => this.actions.point(null),
          mouseenter: () => this.actions.point(event), mouseleave: () => this.actions.point(null) } },
        icon(this.colours.look(event), this.data.styles.precision_marks[event.mark]),
        el("span", { class: "item-text" },
          el("span", { class: "item-type" }, titleOf(event), status),
          el("span", { class: "item-place" }, place),
          el("span", { class: "item-date" }, [event.date, event.harm !== "not stated" && event.harm].filter(Boolean).join(" · "))));
      return el("div", { class: "line", role: "listitem", "aria-setsize": this.events.length, "aria-posinset": number + 1 }, button);
    }

    focused(number, event) {
      this.sheet.querySelector('[tabindex="0"]')?.setAttribute("tabindex", "-1");
      this.active = number;
      this.sheet.querySelector(`[data-row="${event.row}"]`)?.setAttribute("tabindex", "0");
      this.actions.point(event);
    }

    key(at) {
      const page = Math.max(Math.floor(this.box.clientHeight / ROW) - 1, 1);
      const by = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity }[at.key];
      if (by === undefined || !this.events.length) return;
      at.preventDefault();
      const number = Math.min(Math.max(this.active + by, 0), this.events.length - 1);
      this.reveal(this.events[number]);
      this.sheet.querySelector(`[data-row="${this.events[number].row}"]`)?.focus({ preventScroll: true });
    }

    reveal(event) {
      const number = this.events.indexOf(event);
      if (number < 0) return;
      const top = this.topOf(number);
      const { scrollTop, clientHeight } = this.box;
      if (top < scrollTop + HEAD) this.box.scrollTop = Math.max(top - HEAD, 0);
      else if (top + ROW > scrollTop + clientHeight) this.box.scrollTop = top + ROW - clientHeight;
      this.draw();
    }

    focus() {
      (this.sheet.querySelector('[tabindex="0"]') || this.box).focus({ preventScroll: true });
    }

    // Point out the chosen event, without moving the focus.
    mark(event) {
      this.current = event;
      this.sheet.querySelectorAll("[aria-current]").forEach((node) => node.removeAttribute("aria-current"));
      if (!event) return;
      this.reveal(event);
      this.sheet.querySelector(`[data-row="${event.row}"]`)?.setAttribute("aria-current", "true");
    }

    // Light up, without scrolling, the row of what the pointer is over on the map.
    glow(event) {
      this.sheet.querySelectorAll(".glow").forEach((node) => node.classList.remove("glow"));
      if (event) this.sheet.querySelector(`[data-row="${event.row}"]`)?.classList.add("glow");
    }

    // Paper does not scroll: the first rows are all put on it.
    print(on) {
      this.printing = on;
      this.draw(true);
      this.box.dataset.more = on && this.events.length > ON_PAPER ? `The list goes on: ${plural(this.events.length, "event")} in all.` : "";
    }
  }

  Object.assign(sitmap, { List, titleOf });
})();
