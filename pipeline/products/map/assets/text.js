// Every element that shows words is made here. Words go in as textContent and never as markup; addresses become links
// only when they are plain web addresses.
"use strict";
window.sitmap = (() => {
  // Make an element. A string child is text with its own direction; anything else must be a node.
  function el(tag, options = {}, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(options)) {
      if (name === "on") Object.entries(value).forEach(([type, listener]) => node.addEventListener(type, listener));
      else if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value);
    }
    for (const child of children.flat()) if (child) node.append(typeof child === "string" ? words(child) : child);
    return node;
  }

  // Words from a report or from us, isolated so that their direction cannot turn what stands around them.
  function words(text, kind = "span") {
    const node = document.createElement(kind);
    node.dir = "auto";
    node.textContent = text;
    return node;
  }

  function webAddress(text) {
    try {
      const url = new URL(text);
      return url.protocol === "http:" || url.protocol === "https:" ? url.href : null;
    } catch {
      return null;
    }
  }

  function link(address, label) {
    const href = webAddress(address);
    if (!href) return words(label || address);
    const node = words(label || address, "a");
    node.href = href;
    node.rel = "noopener noreferrer";
    node.target = "_blank";
    return node;
  }

  function plural(count, one, many = `${one}s`) {
    return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
  }

  // A row of a table of styles; a name out of a report must not reach what every object inherits ("constructor").
  const pick = (table, name, otherwise) => (Object.hasOwn(table, name) ? table[name] : otherwise);

  // Asked for every mark: remembered until the theme changes, as the paints below.
  let night = null;
  const dark = () => {
    const chosen = document.documentElement.dataset.theme;
    night ??= chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    return night;
  };
  const colour = (style) => (dark() && style.colour_dark) || style.colour;
  // The style sheet's colours for the canvas; kept, since a mark asks for several and there may be ten thousand.
  const kept = new Map();
  const paint = (name) => {
    if (!kept.has(name)) kept.set(name, getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim());
    return kept.get(name);
  };
  const forgetPaint = () => {
    kept.clear();
    night = null;
  };

  const DAY = 86400000;
  const day = (number) => new Date(number * DAY).toISOString().slice(0, 10);
  const dayNumber = (text) => {
    const time = /^\d{4}-\d{2}-\d{2}$/.test(text || "") ? Date.parse(`${text}T00:00:00Z`) : NaN;
    return Number.isNaN(time) ? null : Math.round(time / DAY);
  };

  const byId = (id) => document.getElementById(id);

  return { el, words, link, plural, pick, dark, colour, paint, forgetPaint, day, dayNumber, byId };
})();
