// Drag an entry, or Alt+↑/↓ on it, to change the order; the buttons do the same without script.
(() => {
  const list = document.querySelector("[data-sortable]");
  if (!list) return;
  const form = document.getElementById("order-form");
  let dragged = null;

  const send = () => {
    form.querySelectorAll("[name=order]").forEach((old) => old.remove());
    for (const row of list.children) {
      const field = document.createElement("input");
      field.type = "hidden";
      field.name = "order";
      field.value = row.dataset.id;
      form.append(field);
    }
    form.submit();
  };

  for (const row of list.children) {
    row.draggable = true;
    row.addEventListener("dragstart", () => { dragged = row; row.classList.add("dragged"); });
    row.addEventListener("dragend", () => { row.classList.remove("dragged"); if (dragged) send(); dragged = null; });
    row.addEventListener("dragover", (event) => {
      event.preventDefault();
      if (!dragged || dragged === row) return;
      const below = event.clientY > row.getBoundingClientRect().top + row.offsetHeight / 2;
      row[below ? "after" : "before"](dragged);
    });
    row.addEventListener("keydown", (event) => {
      if (!event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
      event.preventDefault();
      const other = event.key === "ArrowUp" ? row.previousElementSibling : row.nextElementSibling;
      if (!other) return;
      other[event.key === "ArrowUp" ? "before" : "after"](row);
      send();
    });
  }
})();
