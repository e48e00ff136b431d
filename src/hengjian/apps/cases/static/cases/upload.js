/* A large file goes in parts, with its progress, and goes on where it broke off. Without script the form sends it whole. */
(() => {
  "use strict";
  const form = document.querySelector("form[data-sendings]");
  if (!form || !window.fetch || !Blob.prototype.arrayBuffer) return;
  const note = form.querySelector("[data-progress]");
  const bar = note.querySelector("progress");
  const words = note.querySelector("[data-words]");
  const button = form.querySelector("button.primary");
  /* not form.dataset: the form has a field of that name */
  const given = (name) => form.getAttribute(`data-${name}`);
  const address = given("sendings");
  const pause = (seconds) => new Promise((done) => { setTimeout(done, seconds * 1000); });

  /* SHA-256 piece by piece: what the browser offers wants the whole file at once and https */
  const primes = [];
  for (let n = 2; primes.length < 64; n += 1) if (primes.every((p) => n % p)) primes.push(n);
  const bits = (x) => Math.floor((x - Math.floor(x)) * 4294967296);
  const rounds = Uint32Array.from(primes, (p) => bits(Math.cbrt(p)));
  class Sha256 {
    constructor() {
      this.state = Uint32Array.from(primes.slice(0, 8), (p) => bits(Math.sqrt(p)));
      this.rest = new Uint8Array(0);
      this.length = 0;
      this.w = new Uint32Array(64);
    }

    add(bytes) {
      this.length += bytes.length;
      const all = new Uint8Array(this.rest.length + bytes.length);
      all.set(this.rest);
      all.set(bytes, this.rest.length);
      const end = all.length - (all.length % 64);
      for (let at = 0; at < end; at += 64) this.block(all, at);
      this.rest = all.slice(end);
    }

    block(data, at) {
      const w = this.w;
      for (let i = 0; i < 16; i += 1) {
        const j = at + i * 4;
        w[i] = (data[j] << 24) | (data[j + 1] << 16) | (data[j + 2] << 8) | data[j + 3];
      }
      for (let i = 16; i < 64; i += 1) {
        const x = w[i - 15];
        const y = w[i - 2];
        const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
        const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
        w[i] = (w[i - 16] + s0 + w[i - 7] + s1) | 0;
      }
      let [a, b, c, d, e, f, g, h] = this.state;
      for (let i = 0; i < 64; i += 1) {
        const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
        const t1 = (h + s1 + ((e & f) ^ (~e & g)) + rounds[i] + w[i]) | 0;
        const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
        const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
        h = g; g = f; f = e; e = (d + t1) | 0; d = c; c = b; b = a; a = (t1 + t2) | 0;
      }
      [a, b, c, d, e, f, g, h].forEach((value, i) => { this.state[i] += value; });
    }

    hex() {
      const size = this.length;
      const tail = new Uint8Array(this.rest.length < 56 ? 64 : 128);
      tail.set(this.rest);
      tail[this.rest.length] = 128;
      const view = new DataView(tail.buffer);
      view.setUint32(tail.length - 8, Math.floor(size / 536870912));
      view.setUint32(tail.length - 4, (size * 8) % 4294967296);
      for (let at = 0; at < tail.length; at += 64) this.block(tail, at);
      return Array.from(this.state, (x) => x.toString(16).padStart(8, "0")).join("");
    }
  }

  const ask = async (method, path, body, json = true) => {
    const headers = { "X-CSRFToken": form.querySelector("[name=csrfmiddlewaretoken]").value };
    headers["Content-Type"] = json ? "application/json" : "application/octet-stream";
    const answer = await fetch(address + path, { method, headers, body: json && body ? JSON.stringify(body) : body });
    const told = await answer.json().catch(() => ({}));
    if (!answer.ok) {
      const error = new Error((told.error && told.error.message) || "服务器没有接受，请稍后再传。");
      error.status = answer.status;
      throw error;
    }
    return told;
  };

  /* What the network breaks is tried again; what the server refuses is not. */
  const patient = async (work) => {
    for (let tries = 0; ; tries += 1) {
      try {
        return await work();
      } catch (error) {
        if (error.status && error.status !== 503) throw error;
        if (tries === 4) throw new Error("网络中断。已传的部分还在，网络恢复后再点一次，从断开处接着传。");
        await pause(2 ** tries);
      }
    }
  };

  const tell = (done, size, text) => {
    bar.max = size;
    bar.value = done;
    words.textContent = text || `已传 ${Math.floor((done / size) * 100)}%（${Math.floor(done / 1048576)} / ${Math.ceil(size / 1048576)} MB）`;
  };

  const send = async (file) => {
    const place = { court: Number(form.elements.court.value), dataset: Number(form.elements.dataset.value) };
    const begun = await patient(() => ask("POST", "", { ...place, name: file.name, size: file.size }));
    const sum = new Sha256();
    let here = begun.offset;
    if (here) tell(0, file.size, "上次没有传完，先核对已传的部分……");
    for (let at = 0; at < file.size; at += begun.part) {
      const bytes = new Uint8Array(await file.slice(at, at + begun.part).arrayBuffer());
      sum.add(bytes);
      const end = at + bytes.length;
      if (end <= here) continue;
      const from = Math.max(at, here);
      const part = bytes.subarray(from - at);
      here = (await patient(() => ask("PUT", `/${begun.id}?offset=${from}`, part, false))).offset;
      tell(here, file.size);
    }
    tell(file.size, file.size, "已传完，正在读取，请稍候……");
    return patient(() => ask("POST", `/${begun.id}/finish`, { digest: sum.hex() }));
  };

  form.addEventListener("submit", async (event) => {
    const file = form.elements.file.files[0];
    if (!file || file.size <= Number(given("from"))) return;
    event.preventDefault();
    button.disabled = true;
    note.hidden = false;
    note.classList.remove("error");
    try {
      const upload = await send(file);
      window.location.assign(given("then").replace("0", upload.id));
    } catch (error) {
      note.classList.add("error");
      words.textContent = error.message;
      button.disabled = false;
      button.textContent = "接着传";
    }
  });
})();
