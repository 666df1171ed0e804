// Where decisions are kept: in this browser until they are downloaded, or in the folder that `sitmap review` serves.
"use strict";
(() => {
  const without = (list, one) => list.filter((old) => !(old.event_id === one.event_id && old.slot === one.slot));

  // A file on disk: in localStorage if the browser has it, said so either way.
  class InBrowser {
    constructor(data) {
      this.list = [];
      this.who = "";
      this.key = `sitmap-review:${data.title}:${data.generated}`;
      try {
        const kept = JSON.parse(localStorage.getItem(this.key) || "{}");
        this.list = Array.isArray(kept.list) ? kept.list : [];
        this.who = String(kept.who || "");
        this.remembers = true;
      } catch {
        this.remembers = false;
      }
    }
    get served() { return false; }
    get words() {
      const until = "download corrections.csv and put it beside the reports, or into the folder of this page; then run sitmap map again";
      return this.remembers ? `Decisions are kept in this browser: ${until}.` : `Decisions are kept only until this tab closes: ${until}.`;
    }
    async add(one) {
      this.list = [...without(this.list, one), { ...one, when: new Date().toISOString().slice(0, 10) }];
      this._keep();
    }
    // The decision that is taken back, or undefined where there is none.
    async undo() {
      const last = this.list.at(-1);
      this.list = this.list.slice(0, -1);
      this._keep();
      return last;
    }
    name(who) {
      this.who = who;
      this._keep();
    }
    _keep() {
      try {
        localStorage.setItem(this.key, JSON.stringify({ list: this.list, who: this.who }));
      } catch {
        this.remembers = false;
      }
    }
  }

  // `sitmap review`: each decision is a line in the folder's corrections.csv as soon as it is made, in order.
  class InFolder {
    constructor(data, token) {
      this.list = data.decisions;
      this.who = data.who;
      this.file = data.file;
      this.token = token;
      this.last = Promise.resolve();
    }
    get served() { return true; }
    get words() { return `Each decision is written to ${this.file}; the next sitmap map applies it.`; }
    add(one) {
      const told = { ...one, who: this.who };
      return this._after(async () => {
        await this._post("/decide", told);
        this.list = [...without(this.list, one), one];
      });
    }
    undo() {
      return this._after(async () => {
        const last = this.list.at(-1);
        if (!last) return undefined;
        await this._post("/undo", {});
        this.list = this.list.slice(0, -1);
        return last;
      });
    }
    name(who) { this.who = who; }
    // Only when all before it are written: what is on its way can be undone too.
    _after(step) {
      this.last = this.last.then(step, step);
      return this.last;
    }
    async _post(path, body) {
      const headers = { "Content-Type": "application/json", "X-Sitmap-Token": this.token };
      const answer = await fetch(path, { method: "POST", headers, body: JSON.stringify(body) });
      const told = await answer.json();
      if (!answer.ok) throw new Error(told.error || `the server answered ${answer.status}`);
    }
  }

  // The data of the page: inside it, or from the server for the token in the address, which then leaves the address.
  async function opened(inside) {
    if (inside) return { data: inside, keeper: new InBrowser(inside) };
    const asked = new URLSearchParams(location.hash.slice(1)).get("token");
    if (asked) sessionStorage.setItem("sitmap-token", asked);
    history.replaceState(null, "", "/");
    const token = asked || sessionStorage.getItem("sitmap-token") || "";
    const answer = await fetch("/data", { headers: { "X-Sitmap-Token": token } });
    if (!answer.ok) throw new Error("This address has no key to the review; open the one that sitmap review printed.");
    const data = await answer.json();
    return { data, keeper: new InFolder(data, token) };
  }

  async function inflated(text) {
    const bytes = Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    return new Response(stream).json();
  }

  Object.assign(sitmap, { opened, inflated });
})();
