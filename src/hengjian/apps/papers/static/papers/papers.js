/* Y and N answer for the row in which the focus is; J and K move (ui/keyboard.js). Without script the form has radios. */
(function () {
  "use strict";
  var doc = document;
  doc.addEventListener("keydown", function (event) {
    var key = event.key.toLowerCase();
    if ((key !== "y" && key !== "n") || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) { return; }
    if (doc.body.getAttribute("data-shortcuts") === "off" || doc.querySelector("dialog[open]")) { return; }
    var at = doc.activeElement;
    if (at && at.matches("textarea, select, input:not([type=radio])")) { return; }
    var row = (at && at.closest("[data-decide]")) || doc.querySelector("[data-decide].here");
    var radio = row && row.querySelector("input[value=" + (key === "y" ? "accepted" : "rejected") + "]");
    if (!radio) { return; }
    event.preventDefault();
    radio.checked = true;
    radio.dispatchEvent(new Event("input", { bubbles: true }));
  });
  doc.addEventListener("focusin", function (event) {
    var row = event.target.closest && event.target.closest("[data-item]");
    doc.querySelectorAll("mark.here").forEach(function (mark) { mark.classList.remove("here"); });
    var mark = row && doc.getElementById("m-" + row.getAttribute("data-item"));
    if (!mark) { return; }
    mark.classList.add("here");
    var box = mark.closest(".paper");
    if (box && box.scrollHeight > box.clientHeight) { box.scrollTop = mark.offsetTop - 80; }
  });
})();
