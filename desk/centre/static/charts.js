/* Draws each canvas from the block of data of the same name; the table beside it says the same without script. */
"use strict";
(() => {
  if (!window.Chart) return;
  const look = getComputedStyle(document.documentElement);
  const ink = (name) => look.getPropertyValue(name).trim();
  const inks = [ink("--accent"), "#d98200", ink("--ok")];
  Chart.defaults.color = ink("--soft");
  Chart.defaults.borderColor = ink("--line");
  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
  Chart.defaults.animation = false;
  Chart.defaults.maintainAspectRatio = false;
  for (const canvas of document.querySelectorAll("canvas[data-chart]")) {
    const told = JSON.parse(document.getElementById(`data-${canvas.dataset.chart}`).textContent);
    const values = { beginAtZero: true, max: told.most, ticks: told.whole ? { precision: 0 } : {} };
    new Chart(canvas, {
      type: told.kind,
      data: {
        labels: told.labels,
        datasets: told.sets.map((one, at) => ({ ...one, backgroundColor: inks[at % 3], borderColor: inks[at % 3], maxBarThickness: 36, spanGaps: true })),
      },
      options: {
        indexAxis: told.across ? "y" : "x",
        scales: told.across ? { x: values } : { y: values },
        plugins: { legend: { display: told.sets.length > 1 || told.kind === "line", position: "bottom" } },
      },
    });
  }
})();
