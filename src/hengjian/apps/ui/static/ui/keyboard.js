/* Help for the hands. Every shortcut presses a real link or button; nothing here is needed to do the work. */
(function () {
  "use strict";

  var doc = document;
  var on = function (name, handler, capture) { doc.addEventListener(name, handler, !!capture); };
  var all = function (selector, root) { return Array.prototype.slice.call((root || doc).querySelectorAll(selector)); };
  var seen = function (element) { return !!(element.offsetParent || element.getClientRects().length); };

  /* 1 shortcuts ------------------------------------------------------------------------------------------------ */
  var waitingForGo = 0;

  function typing(target) {
    return !!target.closest("input:not([type=checkbox]):not([type=radio]):not([type=submit]), textarea, select, [contenteditable=true]");
  }

  function shortcutsOn() { return doc.body.getAttribute("data-shortcuts") !== "off"; }

  function byKey(attribute, key) {
    return all("[" + attribute + "]").filter(function (element) {
      return element.getAttribute(attribute).toLowerCase() === key && seen(element) && !element.disabled;
    })[0];
  }

  function press(element) {
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName)) { element.focus(); if (element.select) { element.select(); } return; }
    element.click();
    if (element.tagName === "SUMMARY" && element.parentNode.open) {
      var first = element.parentNode.querySelector("textarea, input:not([type=hidden]), select, button");
      if (first) { first.focus(); }
    }
  }

  on("keydown", function (event) {
    if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.altKey || event.metaKey) { return; }
    if (event.key === "Escape") { closePops(null); return; }
    if (!shortcutsOn() || typing(event.target) || doc.querySelector("dialog[open]")) { return; }
    var key = event.key.toLowerCase();
    if (waitingForGo && Date.now() - waitingForGo < 1500) {
      waitingForGo = 0;
      var place = byKey("data-go", key);
      if (place) { event.preventDefault(); place.click(); }
      return;
    }
    if (key === "g") { waitingForGo = Date.now(); return; }
    if (key === "?") { event.preventDefault(); showKeys(); return; }
    if (key === "j" || key === "k") { event.preventDefault(); move(key === "j" ? 1 : -1); return; }
    if (event.key.length !== 1 || behind) { return; }
    var target = byKey("data-key", key);
    if (target) { event.preventDefault(); press(target); }
  });

  /* 2 lists: J and K move real focus from row to row; Enter then opens the link as always ------------------------- */
  var following, behind = false; // behind: the pane does not show the marked row yet, so no act may be pressed

  ["htmx:afterSettle", "htmx:responseError", "htmx:sendError"].forEach(function (name) { on(name, function () { behind = false; }); });
  window.addEventListener("pageshow", function () { behind = false; });

  function rows() {
    return all("[data-rows] [data-row]").filter(seen);
  }

  function linkOf(row) {
    return row.matches("a, button") ? row : row.querySelector("a[data-open], a, button");
  }

  function move(step) {
    var list = rows();
    if (!list.length) { return; }
    var at = list.findIndex(function (row) { return row.contains(doc.activeElement); });
    if (at < 0) { at = list.findIndex(function (row) { return row.classList.contains("here"); }); if (at < 0 && step > 0) { at = -1; } }
    var next = list[Math.min(list.length - 1, Math.max(0, at + step))];
    mark(next);
    var link = linkOf(next);
    if (!link) { return; }
    link.focus();
    next.scrollIntoView({ block: "nearest" });
    if (next.closest("[data-follow]")) {
      clearTimeout(following);
      behind = true;
      following = setTimeout(function () { link.click(); }, 160);
    }
  }

  function mark(row) {
    all("[data-row].here", row.closest("[data-rows]")).forEach(function (other) { other.classList.remove("here"); });
    row.classList.add("here");
  }

  on("click", function (event) {
    var row = event.target.closest && event.target.closest("[data-rows][data-follow] [data-row]");
    if (!row) { return; }
    mark(row);
    if (!event.ctrlKey && !event.metaKey && !event.shiftKey && event.target.closest("a")) { behind = true; }
  });

  /* 3 the help dialog lists what this very page offers ------------------------------------------------------------ */
  function labelOf(element) {
    var text = element.getAttribute("data-key-label") || element.getAttribute("aria-label");
    if (text) { return text; }
    var copy = element.cloneNode(true);
    all("kbd, svg, .count, .vh", copy).forEach(function (part) { part.remove(); });
    return copy.textContent.replace(/\s+/g, " ").trim();
  }

  function showKeys() {
    var dialog = doc.getElementById("keys");
    if (!dialog || !dialog.showModal) { return; }
    var pairs = rows().length ? [["J / K", "下一行、上一行"], ["Enter", "打开所在行"]] : [];
    all("[data-key]").filter(seen).forEach(function (e) { pairs.push([e.getAttribute("data-key").toUpperCase(), labelOf(e)]); });
    all("[data-go]").filter(seen).forEach(function (e) { pairs.push(["G " + e.getAttribute("data-go").toUpperCase(), "转到" + labelOf(e)]); });
    pairs.push(["Esc", "关闭弹出的内容"], ["?", "本说明"]);
    var list = doc.createElement("dl");
    list.className = "list";
    pairs.forEach(function (pair) {
      var dt = doc.createElement("dt"), dd = doc.createElement("dd");
      pair[0].split(" ").forEach(function (part) {
        if (part === "/") { dt.appendChild(doc.createTextNode(" / ")); return; }
        var kbd = doc.createElement("kbd");
        kbd.textContent = part;
        dt.appendChild(kbd);
        dt.appendChild(doc.createTextNode(" "));
      });
      dd.textContent = pair[1];
      list.appendChild(dt);
      list.appendChild(dd);
    });
    var box = doc.getElementById("keys-list");
    box.textContent = "";
    box.appendChild(list);
    dialog.showModal();
  }

  /* 4 drop-downs close when one looks elsewhere ------------------------------------------------------------------- */
  function closePops(except) {
    all("details.drop[open], details.pop[open]").forEach(function (details) {
      if (details === except || (except && details.contains(except))) { return; }
      var inside = details.contains(doc.activeElement);
      if (details.querySelector("form[data-dirty]")) { return; }
      details.open = false;
      if (inside && !except) { details.querySelector("summary").focus(); }
    });
  }

  on("click", function (event) { closePops(event.target); });

  /* 5 dialogs: <button data-dialog="id"> ---------------------------------------------------------------------------- */
  on("click", function (event) {
    var opener = event.target.closest && event.target.closest("[data-dialog]");
    var dialog = opener && doc.getElementById(opener.getAttribute("data-dialog"));
    if (dialog && dialog.showModal) { event.preventDefault(); dialog.showModal(); }
  });

  /* 6 unsaved changes: <form data-guard> ---------------------------------------------------------------------------- */
  on("input", function (event) {
    var form = event.target.form;
    if (form && (form.hasAttribute("data-guard") || form.closest("details.pop"))) { form.setAttribute("data-dirty", ""); }
  });
  on("submit", function (event) { event.target.removeAttribute("data-dirty"); });
  on("hengjian:saved", function (event) { event.target.removeAttribute("data-dirty"); });
  window.addEventListener("beforeunload", function (event) {
    if (doc.querySelector("form[data-guard][data-dirty]")) { event.preventDefault(); event.returnValue = ""; }
  });

  /* 7 copy, print, choose all ---------------------------------------------------------------------------------------- */
  function say(button, text) {
    var before = button.getAttribute("data-before") || button.textContent;
    button.setAttribute("data-before", before);
    button.textContent = text;
    setTimeout(function () { button.textContent = before; }, 1600);
  }

  on("click", function (event) {
    var button = event.target.closest && event.target.closest("[data-copy]");
    if (!button) { return; }
    var source = doc.querySelector(button.getAttribute("data-copy"));
    var text = source ? ("value" in source ? source.value : source.textContent.trim()) : "";
    if (navigator.clipboard) {
      navigator.clipboard.writeText(text).then(function () { say(button, "已复制"); }, function () { say(button, "请手动复制"); });
      return;
    }
    var area = doc.createElement("textarea");
    area.value = text;
    doc.body.appendChild(area);
    area.select();
    say(button, doc.execCommand("copy") ? "已复制" : "请手动复制");
    area.remove();
  });

  on("click", function (event) {
    if (event.target.closest && event.target.closest("[data-print]")) { window.print(); }
  });

  on("change", function (event) {
    var box = event.target;
    if (!box.hasAttribute || !box.hasAttribute("data-check-all")) { return; }
    all("input[type=checkbox][name='" + box.getAttribute("data-check-all") + "']").forEach(function (other) { other.checked = box.checked; });
  });

  /* a choice that needs more opens what asks for it: <details data-opened-by="name" data-not-by="value"> ---------------- */
  on("change", function (event) {
    all("details[data-opened-by='" + event.target.name + "']").forEach(function (more) {
      more.open = more.getAttribute("data-not-by") !== event.target.value;
    });
  });

  /* 8 after a refused form the reader lands on the summary; a form is not sent twice by a double click ------------------ */
  function ready() {
    var errors = doc.getElementById("errors");
    if (errors) { errors.focus(); }
    all("[data-needs-script]").forEach(function (element) { element.hidden = false; });
  }

  on("submit", function (event) {
    var form = event.target;
    if (event.defaultPrevented || (form.method || "").toLowerCase() !== "post") { return; }
    if (form.hasAttribute("data-sent") && Date.now() - Number(form.getAttribute("data-sent")) < 3000) { event.preventDefault(); return; }
    form.setAttribute("data-sent", String(Date.now()));
  });

  if (doc.readyState === "loading") { on("DOMContentLoaded", ready); } else { ready(); }
  doc.addEventListener("htmx:beforeSwap", function (event) {
    var status = event.detail.xhr.status;
    if (status === 422 || status === 409 || status === 403) { event.detail.shouldSwap = true; event.detail.isError = false; }
  });
})();
