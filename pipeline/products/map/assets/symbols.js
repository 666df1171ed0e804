// The marks: one set of outlines for the canvas and for the legend. Only a filled mark says "exactly here".
"use strict";
(() => {
  const turn = (count, radius, phase = -90) =>
    Array.from({ length: count }, (_, corner) => {
      const angle = ((phase + (corner * 360) / count) * Math.PI) / 180;
      const length = Array.isArray(radius) ? radius[corner % radius.length] : radius;
      return [length * Math.cos(angle), length * Math.sin(angle)];
    });
  const arm = 0.36;
  // Corners for a radius of one, sized to look equally heavy.
  const CORNERS = {
    circle: turn(32, 0.98),
    square: turn(4, 1.2, 45),
    diamond: turn(4, 1.28),
    triangle: turn(3, 1.36).map(([x, y]) => [x, y + 0.18]),
    pentagon: turn(5, 1.12),
    star: turn(10, [1.42, 0.66]),
    cross: [
      [-arm, -1.15], [arm, -1.15], [arm, -arm], [1.15, -arm], [1.15, arm], [arm, arm],
      [arm, 1.15], [-arm, 1.15], [-arm, arm], [-1.15, arm], [-1.15, -arm], [-arm, -arm],
    ],
  };

  function outline(ctx, shape, x, y, radius) {
    ctx.beginPath();
    for (const [dx, dy] of CORNERS[shape] || CORNERS.circle) ctx.lineTo(x + dx * radius, y + dy * radius);
    ctx.closePath();
  }

  function stroke(ctx, style, width, dash = []) {
    ctx.setLineDash(dash);
    ctx.lineWidth = width;
    ctx.strokeStyle = style;
    ctx.stroke();
  }

  // Draw a mark: look is {shape, colour}, mark a row of precision_marks, extra {count, selected}.
  function draw(ctx, at, radius, look, mark, extra = {}) {
    const surface = sitmap.paint("surface");
    ctx.save();
    ctx.globalAlpha = 1; // Leaflet leaves the opacity of what it drew before
    ctx.lineJoin = "round";
    if (extra.selected) {
      ctx.beginPath();
      ctx.arc(at.x, at.y, radius + 8, 0, 2 * Math.PI);
      stroke(ctx, sitmap.paint("accent"), 3);
    }
    outline(ctx, look.shape, at.x, at.y, radius);
    if (mark.filled) {
      stroke(ctx, surface, 3.5);
      ctx.fillStyle = look.colour;
      ctx.fill();
      stroke(ctx, sitmap.paint("edge"), 0.8);
    } else {
      ctx.globalAlpha = 0.72;
      ctx.fillStyle = surface;
      ctx.fill();
      stroke(ctx, surface, 5);
      ctx.globalAlpha = 1;
      stroke(ctx, look.colour, 2, mark.dash);
    }
    if (mark.ring) {
      ctx.beginPath();
      ctx.arc(at.x, at.y, radius + 5.5, 0, 2 * Math.PI);
      stroke(ctx, look.colour, 1.2, mark.dash);
    }
    if (extra.count > 1) badge(ctx, at.x + radius + 2, at.y - radius - 2, extra.count);
    ctx.restore();
  }

  function badge(ctx, x, y, count) {
    const text = short(count);
    ctx.setLineDash([]);
    ctx.font = "700 10px system-ui, sans-serif";
    const half = Math.max(ctx.measureText(text).width / 2 + 3.5, 7.5);
    ctx.beginPath();
    ctx.roundRect(x - half, y - 7.5, 2 * half, 15, 7.5);
    ctx.fillStyle = sitmap.paint("text");
    ctx.fill();
    stroke(ctx, sitmap.paint("surface"), 1.5);
    ctx.fillStyle = sitmap.paint("surface");
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.fillText(text, x, y + 0.5);
  }

  // The same mark as a small picture for the list and the legend.
  function icon(look, mark, size = 22) {
    const canvas = document.createElement("canvas");
    const ratio = Math.max(window.devicePixelRatio || 1, 2);
    canvas.width = canvas.height = size * ratio;
    canvas.style.width = canvas.style.height = `${size}px`;
    canvas.className = "icon";
    canvas.setAttribute("aria-hidden", "true");
    const ctx = canvas.getContext("2d");
    ctx.scale(ratio, ratio);
    draw(ctx, { x: size / 2, y: size / 2 }, mark.ring ? 4.6 : 5.6, look, mark);
    return canvas;
  }

  // Many places in one: a count in a ring that is divided like the events. Nothing like a mark.
  function bubble(ctx, at, radius, shares, count) {
    ctx.save();
    ctx.beginPath();
    ctx.arc(at.x, at.y, radius, 0, 2 * Math.PI);
    ctx.fillStyle = sitmap.paint("surface");
    ctx.fill();
    stroke(ctx, sitmap.paint("surface"), 6);
    let angle = -Math.PI / 2;
    for (const [tint, share] of [...shares].sort()) {
      const end = angle + (share / count) * 2 * Math.PI;
      ctx.beginPath();
      ctx.arc(at.x, at.y, radius, angle, end);
      stroke(ctx, tint, 3.5);
      angle = end;
    }
    ctx.font = "650 11px system-ui, sans-serif";
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.fillStyle = sitmap.paint("text");
    ctx.fillText(short(count), at.x, at.y + 0.5);
    ctx.restore();
  }

  const short = (count) => (count < 1000 ? String(count) : count < 1e6 ? `${+(count / 1e3).toPrecision(2)}k` : `${+(count / 1e6).toPrecision(2)}M`);

  function circle(ctx, at, radius, tint, wide, opacity) {
    ctx.save();
    ctx.beginPath();
    ctx.arc(at.x, at.y, radius, 0, 2 * Math.PI);
    if (wide) {
      ctx.globalAlpha = opacity;
      ctx.fillStyle = tint;
      ctx.fill();
    }
    ctx.globalAlpha = wide ? 0.8 : 0.45;
    stroke(ctx, tint, wide ? 1.2 : 0.8, wide ? [4, 3] : []);
    ctx.restore();
  }

  Object.assign(sitmap, { icon, draw, bubble, circle });
})();
