// The popup: one card at a time, with a pager where several records share the place.
"use strict";
(() => {
  const { el } = sitmap;

  class Popup {
    constructor(map, details, turned) {
      Object.assign(this, { map, details, turned });
      this.popup = L.popup({ maxWidth: 360, minWidth: 250, autoPanPaddingTopLeft: [16, 16] });
      // "toggle" does not bubble: a popup whose details are opened needs its room and its place measured again.
      map.getContainer().addEventListener("toggle", () => this.popup.isOpen() && this.popup.update(), true);
    }

    // Back to where the reader came from; what was in the popup is gone, and the focus would be lost with it.
    leave(back) {
      if (!this.popup.isOpen()) return;
      const inside = this.popup.getElement().contains(document.activeElement);
      this.close();
      if (inside) back();
    }

    // card names one of the cards of details.js; right is what the panel of layers covers.
    async open(records, at, { card = "eventCard", first = 0, right = 16, keys = false } = {}) {
      const room = this.map.getSize();
      const options = this.popup.options;
      options.maxHeight = Math.max(room.y - 90, 160);
      options.maxWidth = Math.min(360, room.x - 40);
      options.autoPanPaddingBottomRight = [right, 16];
      options.minWidth = Math.min(250, options.maxWidth);
      const holder = el("div", { class: "pages", role: "dialog", "aria-label": "What happened here", tabindex: -1 });
      await this.turn(holder, records, card, first);
      this.popup.setLatLng(at).setContent(holder).openOn(this.map);
      this.popup.getElement()?.querySelector(".leaflet-popup-close-button")?.setAttribute("aria-label", "Close");
      if (keys) holder.focus({ preventScroll: true });
    }

    async turn(holder, records, card, number) {
      const record = records[number];
      const full = card === "eventCard" ? await this.details.of(record) : record;
      const by = (step) => () => this.turn(holder, records, card, (number + step + records.length) % records.length);
      const pager = records.length > 1 && el("div", { class: "pager" },
        el("button", { type: "button", "aria-label": "Previous", on: { click: by(-1) } }, "‹"),
        el("span", { "aria-live": "polite" }, `${number + 1} of ${records.length} here`),
        el("button", { type: "button", "aria-label": "Next", on: { click: by(1) } }, "›"));
      const focused = holder.contains(document.activeElement) && document.activeElement.getAttribute("aria-label");
      holder.replaceChildren(...[pager, sitmap[card](full)].filter(Boolean));
      if (focused) holder.querySelector(`[aria-label="${CSS.escape(focused)}"]`)?.focus();
      if (card === "eventCard") this.turned(record);
      if (this.popup.isOpen()) this.popup.update();
    }

    close() {
      this.map.closePopup();
    }
  }

  sitmap.Popup = Popup;
})();
