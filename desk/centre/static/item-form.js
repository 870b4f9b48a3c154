/* The lists of an item's form: rows added, moved and taken away at once; without this the buttons post the form. */
"use strict";
(() => {
  const form = document.getElementById("draft");
  if (!form) return;
  let next = 1000, touched = false;
  const told = () => form.dispatchEvent(new Event("input", { bubbles: true }));
  const first = (row) => row.querySelector(".cell :is(input, select, textarea)");
  const add = (list, after) => {
    const lines = list.querySelector(".lines");
    if (lines.children.length >= Number(list.dataset.most)) return null;
    const row = list.querySelector("template").content.firstElementChild.cloneNode(true);
    const at = next++;
    for (const one of row.querySelectorAll("[name], [id], [for], [value]")) {
      for (const name of ["name", "id", "for"]) {
        if (one.hasAttribute(name)) one.setAttribute(name, one.getAttribute(name).replace("__", at));
      }
    }
    if (after) after.after(row); else lines.append(row);
    return row;
  };
  const moves = {
    add: (list) => { const row = add(list, null); if (row) first(row).focus(); },
    up: (list, row) => row.previousElementSibling?.before(row),
    down: (list, row) => row.nextElementSibling?.after(row),
    remove: (list, row) => {
      const beside = row.nextElementSibling || row.previousElementSibling;
      row.remove();
      (beside ? first(beside) : list.querySelector("[data-row=add]"))?.focus();
    },
  };
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-row]");
    if (!button) return;
    event.preventDefault();
    moves[button.dataset.row](button.closest("[data-list]"), button.closest(".row"));
    if (button.isConnected && button.dataset.row !== "add") button.focus();
    told();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    if (event.target.matches("[data-find]")) {
      event.preventDefault();
      event.target.closest(".asks").querySelector("button").click();
      return;
    }
    const row = event.target.closest(".row");
    if (!row || event.target.matches("button, summary")) return;
    event.preventDefault();
    const made = add(row.closest("[data-list]"), row);
    if (made) { first(made).focus(); told(); }
  });
  /* Several lines that are pasted into the first column are a row each. */
  form.addEventListener("paste", (event) => {
    const row = event.target.closest(".row");
    if (!row || event.target !== first(row)) return;
    const lines = event.clipboardData.getData("text").split(/[\r\n]+/).map((one) => one.trim()).filter(Boolean);
    if (lines.length < 2) return;
    event.preventDefault();
    let at = row;
    lines.forEach((text, place) => {
      if (place) at = add(row.closest("[data-list]"), at) || at;
      first(at).value = place ? text : event.target.value + text;
    });
    first(at).focus();
    told();
  });
  const beside = document.getElementById("beside");
  let open = false;  // whether the changes were looked at: what is drawn anew is as it was left
  beside.addEventListener("htmx:beforeSwap", () => { open = Boolean(document.getElementById("changes")?.open); });
  beside.addEventListener("htmx:afterSwap", () => { const made = document.getElementById("changes"); if (made) made.open = open; });
  form.addEventListener("htmx:afterSwap", told);  // rows were copied
  form.addEventListener("input", () => { touched = true; });
  form.addEventListener("submit", () => { touched = false; });
  window.addEventListener("beforeunload", (event) => { if (touched) event.preventDefault(); });
})();
