// A vector tile of points -> its features. Only what sitmap's own tiles have (pipeline/products/points/mvt.py): one
// layer of points with texts and whole numbers; whatever else stands in a tile is passed over.
"use strict";
(() => {
  const utf8 = new TextDecoder();

  class Bytes {
    constructor(bytes, at = 0, end = bytes.length) {
      Object.assign(this, { bytes, at, end });
    }

    // Seven bits a byte, the lowest first; by multiplication, as shifts would end at 32 bits.
    number() {
      let [sum, scale] = [0, 1];
      for (;;) {
        if (this.at >= this.end) throw new RangeError("the tile ends too early");
        const byte = this.bytes[this.at++];
        sum += (byte & 0x7f) * scale;
        if (byte < 0x80) return sum;
        scale *= 128;
      }
    }

    signed() {
      const number = this.number();
      return number % 2 ? -(number + 1) / 2 : number / 2;
    }

    // What a field of some length holds, as bytes of their own that may not reach beyond it.
    part() {
      const length = this.number();
      const start = this.at;
      if (start + length > this.end) throw new RangeError("the tile ends too early");
      this.at = start + length;
      return new Bytes(this.bytes, start, start + length);
    }

    text() {
      const { at, end } = this.part();
      return utf8.decode(this.bytes.subarray(at, end));
    }

    skip(type) {
      if (type === 0) this.number();
      else if (type === 1) this.at += 8;
      else if (type === 2) this.part();
      else if (type === 5) this.at += 4;
      else throw new RangeError("no vector tile");
    }

    // Each field: its number goes to a reader by that name, which takes its content.
    fields(readers) {
      while (this.at < this.end) {
        const key = this.number();
        const reader = readers[Math.floor(key / 8)];
        if (reader) reader(this);
        else this.skip(key % 8);
      }
    }
  }

  function value(bytes) {
    let found = null;
    bytes.fields({ 1: (at) => (found = at.text()), 4: (at) => (found = at.number()), 5: (at) => (found = at.number()), 6: (at) => (found = at.signed()) });
    return found;
  }

  function feature(bytes, keys, values) {
    const found = { id: -1, x: 0, y: 0, properties: new Map() };
    bytes.fields({
      1: (at) => (found.id = at.number()),
      2: (at) => {
        for (const tags = at.part(); tags.at < tags.end; ) found.properties.set(keys[tags.number()], values[tags.number()]);
      },
      4: (at) => {
        const point = at.part();
        point.number(); // move to, once
        [found.x, found.y] = [point.signed(), point.signed()];
      },
    });
    return found;
  }

  // The features of a tile, and how many steps it is wide.
  function readTile(buffer) {
    const [keys, values, features] = [[], [], []];
    let extent = 4096;
    const layer = { 2: (at) => features.push(at.part()), 3: (at) => keys.push(at.text()), 4: (at) => values.push(value(at.part())), 5: (at) => (extent = at.number()) };
    new Bytes(new Uint8Array(buffer)).fields({ 3: (at) => at.part().fields(layer) });
    return { extent, features: features.map((bytes) => feature(bytes, keys, values)) };
  }

  sitmap.readTile = readTile;
})();
