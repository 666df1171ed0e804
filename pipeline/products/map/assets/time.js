// The time window: a histogram that is the slider. Drag over it, move or resize the window, step and play it; the keys
// do the same. Spans count in every bin that they touch.
"use strict";
(() => {
  const { el, day, dayNumber, plural, byId } = sitmap;
  const BINS = 60;
  const HEIGHT = 44;
  const PLAY_MS = 650;
  const UNITS = { day: 1, week: 7, month: 30 };

  function svg(tag, attributes) {
    const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
    Object.entries(attributes).forEach(([name, value]) => node.setAttribute(name, value));
    return node;
  }

  class TimeWindow {
    constructor(events, rules, changed) {
      Object.assign(this, { events, rules, changed, unit: "day", playing: null });
      this.dated = events.filter((event) => event.from !== null);
      this.undated = sitmap.total(events) - sitmap.total(this.dated);
      this.box = byId("time");
      this.box.hidden = this.dated.length < 2;
      if (this.box.hidden) return;
      this.first = this.dated.reduce((least, event) => Math.min(least, event.from), Infinity);
      this.last = this.dated.reduce((most, event) => Math.max(most, event.to), -Infinity);
      this.step = Math.max(1, Math.ceil((this.last + 1 - this.first) / BINS));
      this.count = Math.ceil((this.last + 1 - this.first) / this.step);
      this.all = this.bins(events);
      this.build();
    }

    bins(events) {
      const bins = new Float64Array(this.count);
      for (const { from, to, n } of events) {
        if (from === null) continue;
        const end = Math.floor((to - this.first) / this.step);
        for (let bin = Math.floor((from - this.first) / this.step); bin <= end; bin += 1) bins[bin] += n;
      }
      return bins;
    }

    build() {
      this.chart = svg("svg", { viewBox: `0 0 ${this.count} ${HEIGHT}`, preserveAspectRatio: "none", "aria-hidden": "true" });
      const bar = (name) => Array.from({ length: this.count }, (_, bin) => this.chart.appendChild(svg("rect", { class: name, x: bin + 0.06, width: 0.88 })));
      [this.back, this.front] = [bar("bar-all"), bar("bar-shown")];
      const slider = (name, label) => el("div", { class: `slider ${name}`, role: "slider", tabindex: 0, "aria-label": label, on: { keydown: (at) => this.key(at, name) } });
      this.sliders = { window: slider("window", "Time window: move it"), start: slider("start", "Start of the time window"), end: slider("end", "End of the time window") };
      this.track = el("div", { class: "track" }, this.chart, Object.values(this.sliders));
      this.listen();
      this.box.replaceChildren(this.track, this.axis(), this.buttons(), this.dates());
      this.raise(this.back, this.all);
    }

    axis() {
      const most = Math.max(...this.all);
      const bin = this.step === 1 ? "day" : `${this.step} days`;
      return el("div", { class: "axis" }, el("span", {}, day(this.first)), el("span", {}, `up to ${most.toLocaleString("en")} in ${bin}`), el("span", {}, day(this.last)));
    }

    buttons() {
      const button = (label, sign, action) => el("button", { type: "button", "aria-label": label, title: label, on: { click: action } }, document.createTextNode(sign));
      this.play = button("Play", "▶", () => (this.playing ? this.pause() : this.start()));
      const unit = el("select", { "aria-label": "Step", on: { change: () => (this.unit = unit.value) } },
        Object.keys(UNITS).map((name) => el("option", { value: name }, document.createTextNode(`by ${name}`))));
      this.tick = el("input", { type: "checkbox", on: { change: () => this.set({ undated: this.tick.checked }) } });
      const undated = this.undated ? el("label", { class: "row undated", title: `${plural(this.undated, "event")} without a date` }, this.tick, el("span", {}, `${this.undated.toLocaleString("en")} undated`)) : null;
      return el("div", { class: "steps" }, button("Step back", "◀", () => this.shift(-1)), this.play, button("Step forward", "▶▏", () => this.shift(1)), unit, undated);
    }

    dates() {
      const input = (label, name) => el("input", { type: "date", "aria-label": label, min: day(this.first), max: day(this.last),
        on: { change: (at) => this.set({ [name]: dayNumber(at.target.value) }) } });
      [this.from, this.to] = [input("From", "from"), input("To", "to")];
      this.reset = el("button", { type: "button", class: "all-dates", on: { click: () => this.set({ from: null, to: null }) } }, "All dates");
      return el("div", { class: "dates" }, this.from, el("span", {}, "–"), this.to, this.reset);
    }

    // Pointer: within the window it is moved, near an edge resized, elsewhere a new one is drawn.
    listen() {
      let drag = null;
      const dayAt = (at) => {
        const area = this.track.getBoundingClientRect();
        const share = Math.min(Math.max((at.clientX - area.left) / area.width, 0), 0.99999);
        return this.first + Math.floor(share * this.count * this.step);
      };
      this.track.addEventListener("pointerdown", (at) => {
        const { start, end, window } = this.sliders;
        const { from, to } = this.window();
        const from0 = at.target === start ? to : at.target === end ? from : dayAt(at);
        const narrowed = this.rules.from !== null || this.rules.to !== null;
        drag = at.target === window && narrowed ? { from, to, at: dayAt(at) } : { anchor: from0, x: at.clientX, edge: at.target === start || at.target === end };
        this.pause();
        this.track.setPointerCapture(at.pointerId);
        at.preventDefault();
        if (at.target.role === "slider") at.target.focus({ preventScroll: true });
      });
      this.track.addEventListener("pointermove", (at) => {
        if (!drag) return;
        if (drag.anchor === undefined) return this.move(drag.from, drag.to, dayAt(at) - drag.at);
        if (!drag.edge && Math.abs(at.clientX - drag.x) < 3) return;
        const [from, to] = [drag.anchor, dayAt(at)].sort((a, b) => a - b);
        this.set({ from: Math.max(from, this.first), to: Math.min(to, this.last) });
      });
      for (const type of ["pointerup", "pointercancel"]) this.track.addEventListener(type, () => (drag = null));
    }

    window() {
      return { from: this.rules.from ?? this.first, to: this.rules.to ?? this.last };
    }

    // The window by some days, as wide as it was, and no further than there are events.
    move(from, to, by) {
      const most = Math.min(Math.max(by, this.first - from), this.last - to);
      if (to - from >= this.last - this.first) return;
      this.set({ from: from + most, to: to + most });
    }

    // Without a window, a step opens one at the beginning.
    shift(sign) {
      const { from, to } = this.window();
      const step = UNITS[this.unit];
      if (this.rules.from === null && this.rules.to === null) this.set(sign > 0 ? { from: this.first, to: this.first + step - 1 } : { from: this.last - step + 1, to: this.last });
      else this.move(from, to, sign * step);
    }

    start() {
      const { to } = this.window();
      if (this.rules.from === null || to >= this.last) this.set({ from: this.first, to: this.first + UNITS[this.unit] - 1 });
      this.playing = setInterval(() => {
        if (this.window().to >= this.last) return this.pause();
        this.shift(1);
      }, PLAY_MS);
      this.sayPlaying();
    }

    pause() {
      clearInterval(this.playing);
      this.playing = null;
      this.sayPlaying();
    }

    // While it plays, the counts are not read out at every step.
    sayPlaying() {
      const on = this.playing !== null;
      this.play.textContent = on ? "❚❚" : "▶";
      this.play.setAttribute("aria-label", on ? "Pause" : "Play");
      this.play.title = on ? "Pause" : "Play";
      byId("shown").setAttribute("aria-live", on ? "off" : "polite");
    }

    key(at, name) {
      const step = UNITS[this.unit];
      const far = this.last - this.first;
      const by = { ArrowRight: step, ArrowUp: step, ArrowLeft: -step, ArrowDown: -step, PageUp: 7 * step, PageDown: -7 * step, Home: -far, End: far }[at.key];
      if (by === undefined) return;
      at.preventDefault();
      const { from, to } = this.window();
      if (name === "window") this.move(from, to, by);
      else if (name === "start") this.set({ from: Math.min(Math.max(from + by, this.first), to) });
      else this.set({ to: Math.max(Math.min(to + by, this.last), from) });
    }

    set(ends) {
      Object.assign(this.rules, ends);
      this.changed();
    }

    raise(bars, bins) {
      const most = Math.max(...this.all);
      bins.forEach((number, bin) => {
        const high = number ? Math.max((number / most) * (HEIGHT - 3), 2) : 0;
        bars[bin].setAttribute("y", HEIGHT - high);
        bars[bin].setAttribute("height", high);
      });
    }

    update(timed) {
      if (this.box.hidden) return;
      this.raise(this.front, this.bins(timed));
      const { rules } = this;
      const { from, to } = this.window();
      const share = (number) => (Math.min(Math.max((number - this.first) / (this.count * this.step), 0), 1) * 100).toFixed(3);
      const narrowed = rules.from !== null || rules.to !== null;
      this.from.value = day(Math.max(from, this.first));
      this.to.value = day(Math.min(to, this.last));
      this.reset.hidden = !narrowed;
      this.tick.checked = rules.undated;
      const { window, start, end } = this.sliders;
      const edge = narrowed ? share(to + 1) : 100;
      Object.assign(window.style, { left: `${share(from)}%`, width: `${Math.max(edge - share(from), 0)}%` });
      start.style.left = `${share(from)}%`;
      end.style.left = `${edge}%`;
      this.track.classList.toggle("narrowed", narrowed);
      this.say(start, from, day(from));
      this.say(end, to, day(to));
      this.say(window, from, `${day(from)} to ${day(to)}`);
    }

    say(node, value, text) {
      Object.entries({ "aria-valuemin": this.first, "aria-valuemax": this.last, "aria-valuenow": value, "aria-valuetext": text })
        .forEach(([name, said]) => node.setAttribute(name, said));
    }
  }

  sitmap.TimeWindow = TimeWindow;
})();
