// Printing: paper is narrower than the screen, so what was in view is fitted into it and put back afterwards.
"use strict";
(() => {
  const SHARP = 2; // pixels of the sheet for each of the screen

  // Leaflet draws its canvases in the next frame, and a page that is being printed has none.
  function drawNow(map) {
    const renderers = new Set();
    map.eachLayer((layer) => layer._renderer && renderers.add(layer._renderer));
    for (const renderer of renderers) renderer._redraw();
  }

  // Browsers print each canvas opaque, so that the upper would hide the lower: all of them onto one.
  function onOneSheet(map) {
    const size = map.getSize();
    const frame = map.getContainer().getBoundingClientRect();
    const sheet = document.createElement("canvas");
    Object.assign(sheet, { className: "print-sheet", width: size.x * SHARP, height: size.y * SHARP });
    Object.assign(sheet.style, { width: `${size.x}px`, height: `${size.y}px` });
    const ctx = sheet.getContext("2d");
    ctx.scale(SHARP, SHARP);
    ctx.fillStyle = sitmap.paint("water");
    ctx.fillRect(0, 0, size.x, size.y);
    for (const pane of ["base", "data", "marks", "names"]) {
      for (const canvas of map.getPane(pane).querySelectorAll("canvas")) {
        const area = canvas.getBoundingClientRect();
        ctx.drawImage(canvas, area.left - frame.left, area.top - frame.top, area.width, area.height);
      }
    }
    L.DomUtil.setPosition(sheet, map.containerPointToLayerPoint([0, 0]));
    map.getPane("mapPane").append(sheet);
    return sheet;
  }

  // repaint draws everything at once, in the colours of the theme that is set.
  function connectPrinting(map, list, repaint) {
    const root = document.documentElement;
    let theme = null;
    let view = null;
    let sheet = null;
    const resize = (printing) => {
      document.body.classList.toggle("printing", printing);
      list.print(printing);
      map.invalidateSize({ animate: false, pan: false });
    };
    window.addEventListener("beforeprint", () => {
      if (sheet) return;
      view = { bounds: map.getBounds(), centre: map.getCenter(), zoom: map.getZoom() };
      theme = root.dataset.theme;
      root.dataset.theme = "light";
      resize(true);
      repaint();
      map.fitBounds(view.bounds, { animate: false });
      drawNow(map);
      sheet = onOneSheet(map);
    });
    window.addEventListener("afterprint", () => {
      sheet?.remove();
      sheet = null;
      if (theme) root.dataset.theme = theme;
      else delete root.dataset.theme;
      resize(false);
      repaint();
      if (view) map.setView(view.centre, view.zoom, { animate: false });
    });
  }

  sitmap.connectPrinting = connectPrinting;
})();
