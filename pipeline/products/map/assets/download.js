// "Download what I see": the rows that pass the filters, as GeoJSON or as CSV, made here from what the file holds.
"use strict";
(() => {
  const { day } = sitmap;
  const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/; // what a spreadsheet takes for a formula (OWASP, "CSV injection")
  const TEXT = (value) => value ?? "";
  // Name of the column as in events.csv -> its value; numbers stay numbers.
  const COLUMNS = {
    event_id: 0, event_status: 0, event_date: (e) => (e.from === null ? "" : day(e.from)), date_start: (e) => (e.from === null ? "" : day(e.from)),
    date_end: (e) => (e.to === null ? "" : day(e.to)), time_precision: 0, date_prec: 0, date_text: 0, event_type: 0, sub_event_type: 0, actor1: 0, actor2: 0,
    perpetrator: 0, target: 0, location: 0, admin1: 0, admin2: 0, country: 0, latitude: (e) => e.lat ?? "", longitude: (e) => e.lon ?? "", geo_precision: 0,
    where_prec: 0, where_description: 0, uncertainty_m: 0, geo_score: 0, low: 0, best: 0, high: 0, injuries_low: 0, injuries_best: 0, injuries_high: 0,
    count_text: 0, source: 0, source_url: 0, source_date: 0, source_title: 0, n_sources: 0, notes: 0, source_sentence: 0, attributed_to: 0, confidence: 0,
    confidence_level: 0, corrected: 0, events_counted: (e) => e.n,
  };

  function record(event) {
    return Object.fromEntries(Object.entries(COLUMNS).map(([name, read]) => [name, TEXT(read ? read(event) : event[name])]));
  }

  const bare = (value) => (value === "" ? null : value);

  function geojson(records) {
    const features = records.map((row) => {
      const point = row.latitude === "" ? null : { type: "Point", coordinates: [row.longitude, row.latitude] };
      return { type: "Feature", id: row.event_id, geometry: point, properties: Object.fromEntries(Object.entries(row).map(([name, value]) => [name, bare(value)])) };
    });
    return JSON.stringify({ type: "FeatureCollection", features });
  }

  const cell = (value) => {
    const text = typeof value === "string" && FORMULA.test(value) ? `'${value}` : String(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };

  // RFC 4180, with the byte order mark by which a spreadsheet knows UTF-8.
  function csv(records) {
    const lines = [Object.keys(COLUMNS), ...records.map((row) => Object.values(row))];
    return `\ufeff${lines.map((line) => line.map(cell).join(",")).join("\r\n")}\r\n`;
  }

  const FORMATS = { geojson: [geojson, "application/geo+json"], csv: [csv, "text/csv;charset=utf-8"] };

  async function download(events, details, format) {
    const full = [];
    for (const event of events) full.push(await details.of(event));
    const [write, type] = FORMATS[format];
    const address = URL.createObjectURL(new Blob([write(full.map(record))], { type }));
    const link = document.createElement("a");
    link.href = address;
    link.download = `events-shown.${format}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
  }

  Object.assign(sitmap, { download });
})();
