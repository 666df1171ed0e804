// The time window: a histogram to drag over, and two dates to type. Spans count in every bin that they touch.
"use strict";
(() => {
  const { el } = sitmap;
  const DAY = 86400000;
  const BINS = 48;
  const WIDTH = 300;
  const HEIGHT = 40;
  const ms = (day) => Date.parse(`${day}T00:00:00Z`);
  const day = (time) => new Date(time).toISOString().slice(0, 10);
  const valid = (text) => (/^\d{4}-\d{2}-\d{2}$/.test(text || "") && !Number.isNaN(ms(text)) ? text : "");

  function svg(tag, attributes) {
    const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
    Object.entries(attributes).forEach(([name, value]) => node.setAttribute(name, value));
    return node;
  }

  class TimeWindow {
    constructor(events, show, changed) {
      Object.assign(this, { show, changed });
      this.dated = events.filter((event) => event.from);
      this.box = document.getElementById("time");
      this.box.hidden = this.dated.length < 2;
      if (this.box.hidden) return;
      this.first = ms(this.dated.reduce((least, event) => (event.from < least ? event.from : least), "9999-12-31"));
      this.last = ms(this.dated.reduce((most, event) => (event.to > most ? event.to : most), "0000-01-01")) + DAY;
      this.step = Math.max(DAY, Math.ceil((this.last - this.first) / BINS / DAY) * DAY);
      this.build();
    }

    build() {
      const input = (label, name) => el("input", { type: "date", "aria-label": label, min: day(this.first), max: day(this.last - DAY), value: this.show[name],
        on: { change: (at) => this.set({ [name]: valid(at.target.value) }) } });
      this.from = input("From", "from");
      this.to = input("To", "to");
      this.reset = el("button", { type: "button", on: { click: () => this.set({ from: "", to: "" }) } }, "All dates");
      this.chart = svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", "aria-hidden": "true" });
      this.drawBars();
      this.band = svg("rect", { class: "band", y: 0, height: HEIGHT });
      this.chart.append(this.band);
      this.listen();
      this.box.replaceChildren(this.chart, el("div", { class: "dates" }, this.from, el("span", {}, "to"), this.to, this.reset));
      this.sync();
    }

    drawBars() {
      const count = Math.ceil((this.last - this.first) / this.step);
      const bins = new Array(count).fill(0);
      for (const event of this.dated) {
        const end = Math.min(Math.floor((ms(event.to) - this.first) / this.step), count - 1);
        for (let bin = Math.floor((ms(event.from) - this.first) / this.step); bin <= end; bin += 1) bins[bin] += 1;
      }
      const most = Math.max(...bins);
      const wide = (this.step / (this.last - this.first)) * WIDTH;
      bins.forEach((number, bin) => {
        const high = number ? Math.max((number / most) * (HEIGHT - 4), 2) : 0;
        this.chart.append(svg("rect", { class: "bar-of-time", x: bin * wide + 0.5, width: Math.max(wide - 1, 0.8), y: HEIGHT - high, height: high }));
      });
    }

    listen() {
      let start = null;
      const timeAt = (at) => {
        const area = this.chart.getBoundingClientRect();
        const share = Math.min(Math.max((at.clientX - area.left) / area.width, 0), 0.9999);
        return this.first + share * (this.last - this.first);
      };
      const drag = (at) => {
        const ends = [start, timeAt(at)].sort((a, b) => a - b);
        this.set({ from: day(ends[0]), to: day(ends[1]) });
      };
      this.chart.addEventListener("pointerdown", (at) => {
        start = timeAt(at);
        this.chart.setPointerCapture(at.pointerId);
      });
      this.chart.addEventListener("pointermove", (at) => start !== null && drag(at));
      this.chart.addEventListener("pointerup", (at) => {
        if (start !== null) drag(at);
        start = null;
      });
    }

    set(ends) {
      Object.assign(this.show, ends);
      this.sync();
      this.changed();
    }

    sync() {
      const { from, to } = this.show;
      const [start, end] = [from ? ms(from) : this.first, to ? ms(to) + DAY : this.last];
      const x = (time) => ((time - this.first) / (this.last - this.first)) * WIDTH;
      this.from.value = from || day(this.first);
      this.to.value = to || day(this.last - DAY);
      this.reset.hidden = !from && !to;
      this.band.setAttribute("x", Math.max(x(start), 0));
      this.band.setAttribute("width", Math.max(Math.min(x(end), WIDTH) - Math.max(x(start), 0), 0));
      this.band.style.display = from || to ? "" : "none";
    }
  }

  // An event with no date is shown whatever the window: hiding it would say that it lies outside.
  const within = (event, show) => !event.from || ((!show.to || event.from <= show.to) && (!show.from || event.to >= show.from));

  Object.assign(sitmap, { TimeWindow, within, validDay: valid });
})();
