/* A button beside day and moment inputs opens the browser's own calendar. Without script, or in an old browser, one types. */
(() => {
  "use strict";
  const able = "showPicker" in HTMLInputElement.prototype;
  const two = (text) => text.padStart(2, "0");

  /* 2024.6.3 → 2024-06-03, 2024年6月3日9时5分 → 2024-06-03 09:05; anything else stays as typed */
  const tidy = (text, moment) => {
    const parts = text.normalize("NFKC").match(/\d+/g) || [];
    if (parts.length < 3 || parts[0].length !== 4 || parts.some((part, n) => n && part.length > 2)) return text;
    const day = `${parts[0]}-${two(parts[1])}-${two(parts[2])}`;
    if (!moment) return parts.length === 3 ? day : text;
    return parts.length === 5 ? `${day} ${two(parts[3])}:${two(parts[4])}` : text;
  };

  const icon = () => {
    const make = (name, given) => {
      const node = document.createElementNS("http://www.w3.org/2000/svg", name);
      Object.entries(given).forEach(([key, value]) => node.setAttribute(key, value));
      return node;
    };
    const svg = make("svg", { class: "icon", viewBox: "0 0 24 24", "aria-hidden": "true" });
    svg.append(make("path", { d: "M4 6h16v14H4zM4 10h16M8 3v4M16 3v4" }));
    return svg;
  };

  const equip = (input) => {
    if (input.dataset.equipped) return;
    input.dataset.equipped = "yes";
    const moment = input.dataset.pick !== "date";
    input.addEventListener("change", () => { input.value = tidy(input.value, moment); });
    if (!able || input.readOnly || input.disabled) return;
    const box = document.createElement("span");
    box.className = "pick";
    const native = document.createElement("input");
    native.type = input.dataset.pick;
    native.tabIndex = -1;
    native.setAttribute("aria-hidden", "true");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button";
    button.title = "打开日历";
    button.setAttribute("aria-label", "打开日历");
    button.append(icon());
    button.addEventListener("click", () => {
      native.value = tidy(input.value, moment).replace(" ", "T");
      native.showPicker();
    });
    native.addEventListener("change", () => {
      if (native.value) input.value = native.value.replace("T", " ").slice(0, 16);
      input.dispatchEvent(new Event("input", { bubbles: true }));
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
    input.replaceWith(box);
    box.append(input, native, button);
  };

  const all = (root) => root.querySelectorAll("input[data-pick]").forEach(equip);
  all(document);
  document.addEventListener("htmx:load", (event) => all(event.target));
})();
