// Data out of the file: plain or deflated blocks, columns back to rows, the details of events a chunk at a time.
"use strict";
(() => {
  async function read(id) {
    const block = document.getElementById(id);
    const text = block.type === "application/json" ? block.textContent : await inflate(block.textContent);
    block.remove();
    return JSON.parse(text);
  }

  // base64 of a zlib stream; the browser's own decoder, which needs no network and no right to run code.
  async function inflate(text) {
    const binary = atob(text);
    const bytes = new Uint8Array(binary.length);
    for (let i = 0; i < binary.length; i += 1) bytes[i] = binary.charCodeAt(i);
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"))).text();
  }

  // A column is a list, a dictionary d with indices i into it, or the steps s of numbers that only rise.
  function values(column) {
    if (Array.isArray(column)) return column;
    if (column.d) return column.i.map((index) => column.d[index]);
    let sum = 0;
    return column.s.map((step) => (sum += step));
  }

  function rows(table) {
    const columns = Object.entries(table.columns).map(([name, column]) => [name, values(column)]);
    return Array.from({ length: table.n }, (_, number) => {
      const row = {};
      for (const [name, column] of columns) row[name] = column[number];
      return row;
    });
  }

  // The rest of an event's record, read from its chunk when it is first asked for.
  class Details {
    constructor(size) {
      this.size = size;
      this.chunks = new Map();
      this.count = document.querySelectorAll('script[id^="sitmap-details-"]').length;
    }

    chunk(number) {
      if (!this.chunks.has(number)) this.chunks.set(number, read(`sitmap-details-${number}`).then(rows));
      return this.chunks.get(number);
    }

    async of(event) {
      if (!this.count) return event;
      const chunk = await this.chunk(Math.floor(event.row / this.size));
      return { ...chunk[event.row % this.size], ...event };
    }

    // Every chunk in turn, with the number of its first row; the page stays awake between them.
    async each(visit) {
      for (let number = 0; number < this.count; number += 1) visit(await this.chunk(number), number * this.size);
    }
  }

  Object.assign(sitmap, { read, rows, Details });
})();
