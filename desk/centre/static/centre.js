/* What pages do beyond the forms: keys in lists, choosing all, pictures that zoom and turn, word of news. */
"use strict";
(() => {
  const rows = () => [...document.querySelectorAll("table.rows a.row")];
  const at = () => rows().indexOf(document.activeElement);
  const step = (by) => {
    const all = rows();
    if (all.length) all[Math.max(0, Math.min(all.length - 1, at() < 0 ? 0 : at() + by))].focus();
  };
  document.addEventListener("keydown", (event) => {
    if (event.target.matches("input:not([type=checkbox]), textarea, select") || event.ctrlKey || event.altKey || event.metaKey) return;
    const link = (rel) => document.querySelector(`a[rel=${rel}]`);
    if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else if (event.key === "x" && at() >= 0) rows()[at()].closest("tr").querySelector("input[type=checkbox]")?.click();
    else if (event.key === "/") document.querySelector("[data-key='/']")?.focus();
    else if (event.key === "ArrowRight" && document.querySelector(".stage")) link("next")?.click();
    else if (event.key === "ArrowLeft" && document.querySelector(".stage")) link("prev")?.click();
    else return;
    event.preventDefault();
  });
  document.addEventListener("change", (event) => {
    const name = event.target.dataset?.all;
    if (name) document.querySelectorAll(`input[name="${name}"]`).forEach((one) => { one.checked = event.target.checked; });
    for (const button of document.querySelectorAll("button[data-count]")) {  // how many it is about
      button.dataset.words ??= button.textContent;
      const count = document.querySelectorAll(`input[name="${button.dataset.count}"]:checked`).length;
      button.textContent = button.dataset.words + (count ? ` ${count} 件` : "");
    }
  });
  const picture = document.getElementById("picture");
  const tools = document.querySelector("[data-viewer]");
  if (picture && tools) {
    tools.hidden = false;
    let zoom = 1, turn = 0;
    const show = () => {
      picture.style.width = `${zoom * 100}%`;
      picture.style.rotate = `${turn}deg`;
    };
    tools.addEventListener("click", (event) => {
      const asked = event.target.dataset;
      if (asked.zoom) zoom = Math.max(0.2, Math.min(8, zoom * Number(asked.zoom)));
      else if (asked.turn) turn = (turn + Number(asked.turn)) % 360;
      else if ("fit" in asked) { zoom = 1; turn = 0; }
      show();
    });
  }
  /* A place that is pointed at on the map of what was measured goes into its field. */
  for (const room of document.querySelectorAll("[data-picks]")) {
    room.hidden = false;
    const map = room.querySelector("svg"), box = document.getElementById(room.dataset.picks), here = map.querySelector(".here");
    map.addEventListener("click", (event) => {
      const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(map.getScreenCTM().inverse());
      const { west, north, wide, tall } = map.dataset;
      box.value = `${(+west + at.x * wide).toFixed(4)},${(north - at.y * tall).toFixed(4)}`;
      here.setAttribute("cx", at.x);
      here.setAttribute("cy", at.y);
      here.classList.add("set");
      box.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }
  /* What is typed is kept for whoever types it, in case the page is left before it is sent. */
  for (const form of document.querySelectorAll("main form[method=post]")) {
    if (!form.elements.csrf || form.querySelector("[type=password]") || form.closest(".kept")) continue;
    const words = () => [...new FormData(form)].filter(([name, value]) => typeof value === "string" && name !== "csrf");
    const held = () => JSON.stringify(words());
    const action = new URL(form.getAttribute("action"), location.href).pathname;
    const given = [...document.querySelectorAll(".kept [name=action]")].some((one) => one.value === action);  // back from before
    let timer = 0, first = held(), was = first, left = false, typed = false;
    const tell = () => {
      clearTimeout(timer);
      timer = 0;
      const now = held();
      if (left || now === was) return;
      was = now;
      const sent = new URLSearchParams(words());
      sent.set("csrf", form.elements.csrf.value);
      sent.set("kept.action", action);
      sent.set("kept.page", location.pathname + location.search);
      if (now === first && !given) sent.set("kept.none", "1");
      if (!navigator.sendBeacon("/kept", sent)) fetch("/kept", { method: "POST", body: sent });  // too long for the first
    };
    const soon = () => { clearTimeout(timer); timer = setTimeout(tell, 1500); };
    form.addEventListener("input", () => { typed = true; soon(); });
    form.addEventListener("change", soon);
    form.addEventListener("submit", () => { clearTimeout(timer); left = true; });  // the centre keeps what it refuses
    addEventListener("pagehide", tell);
    addEventListener("pageshow", () => {  // on the way back a browser fills in what it remembers, by now, and nobody typed that
      left = false;
      if (!typed) first = was = held();
    });
  }
  const source = document.body.dataset.live;
  const live = document.getElementById("live");
  if (source && live && "EventSource" in window) {
    new EventSource(source).addEventListener("changed", () => { live.hidden = false; });
  }
})();
