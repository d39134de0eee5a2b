// Run inside a copy of a report: tells what is wrong with it, one line each, in an element of its own.
(function () {
  "use strict";
  const wrong = [];
  const refused = [];
  document.addEventListener("securitypolicyviolation", event => refused.push("refused: " + event.effectiveDirective));
  const figures = [...document.querySelectorAll("figure")];

  // Half a pixel is how far two rounded edges may meet.
  const SLACK = 0.5;
  const within = (inner, outer) =>
    inner.left >= outer.left - SLACK && inner.right <= outer.right + SLACK &&
    inner.top >= outer.top - SLACK && inner.bottom <= outer.bottom + SLACK;
  const overlap = (one, other) =>
    one.left < other.right - SLACK && other.left < one.right - SLACK &&
    one.top < other.bottom - SLACK && other.top < one.bottom - SLACK;

  // Letters are as high as their size, without the room that a font keeps above and below them.
  function box(text) {
    const rect = text.getBoundingClientRect();
    const upright = text.hasAttribute("transform");
    const spare = upright ? rect.width * 0.15 : rect.height * 0.15;
    return upright
      ? { left: rect.left + spare, right: rect.right - spare, top: rect.top, bottom: rect.bottom, width: rect.width }
      : { left: rect.left, right: rect.right, top: rect.top + spare, bottom: rect.bottom - spare, width: rect.width };
  }

  function labels(figure, svg) {
    const frame = svg.getBoundingClientRect();
    const shown = [...svg.querySelectorAll("text")].map(text => [text.textContent, box(text)]).filter(([, b]) => b.width > 0);
    shown.forEach(([words, one], index) => {
      if (!within(one, frame)) wrong.push(figure.id + ": \"" + words + "\" leaves the figure");
      for (const [others, other] of shown.slice(index + 1)) {
        if (overlap(one, other)) wrong.push(figure.id + ": \"" + words + "\" and \"" + others + "\" overlap");
      }
    });
  }

  for (const figure of figures) {
    const svgs = figure.querySelectorAll("svg");
    if (svgs.length !== 1) { wrong.push(figure.id + ": " + svgs.length + " drawings"); continue; }
    const svg = svgs[0];
    const named = (svg.getAttribute("aria-labelledby") || "").split(" ").map(id => document.getElementById(id));
    if (svg.getAttribute("role") !== "img" || named.length !== 2 || named.some(name => !name || !name.textContent.trim())) {
      wrong.push(figure.id + ": no name");
    }
    const cells = [...figure.querySelectorAll("table tbody td")];
    const after = cells.filter(cell => svg.compareDocumentPosition(cell) & Node.DOCUMENT_POSITION_FOLLOWING);
    if (!after.length) wrong.push(figure.id + ": no table with numbers");
    const drawn = [...svg.querySelectorAll("path")].some(path => { const b = path.getBBox(); return b.width + b.height > 0; });
    if (!drawn) wrong.push(figure.id + ": nothing is drawn");
    const choices = [...figure.querySelectorAll("input[type=radio]")];
    for (const choice of choices) {
      choice.checked = true;
      labels(figure, svg);
      const tables = [...figure.querySelectorAll("details > div.choice")].filter(div => getComputedStyle(div).display !== "none");
      if (tables.length !== 1) wrong.push(figure.id + ": " + tables.length + " tables for one choice");
    }
    if (!choices.length) labels(figure, svg);
  }
  for (const day of document.querySelectorAll("time")) {
    if (day.getClientRects().length > 1) wrong.push("a line ends inside " + day.textContent);
  }
  if (document.documentElement.scrollWidth > window.innerWidth) wrong.push("scrolls sideways");

  // On paper nothing scrolls: what is wider than the page is cut off, or makes all of it smaller.
  if (document.documentElement.dataset.paper) {
    const width = document.documentElement.clientWidth;
    for (const element of document.querySelectorAll("svg, table, pre, p, dl, li")) {
      const box = element.getBoundingClientRect();
      if (!box.width || (box.right <= width + SLACK && box.left >= -SLACK)) continue;
      const section = element.closest("figure[id], section[id]");
      wrong.push((section ? section.id : "page") + ": a " + element.tagName.toLowerCase() + " is wider than the paper");
    }
    const size = element => parseFloat(getComputedStyle(element).fontSize);
    for (const note of document.querySelectorAll(".bound, .remark, footer, p.soft, figcaption")) {
      if (size(note) > size(document.body) + SLACK) wrong.push("a note is larger than the text: " + note.textContent);
    }
    const hidden = [...document.querySelectorAll("details table, details li")].filter(element =>
      !element.closest(".choice, .screen") && !element.checkVisibility({ contentVisibilityAuto: true }));
    if (hidden.length) wrong.push(hidden.length + " folded up, and so not printed");
  }

  // On a phone what is wide scrolls in a box of its own, with letters that can be read and columns of more than a word.
  if (document.documentElement.dataset.phone) {
    const width = Number(document.documentElement.dataset.phone);
    for (const element of document.querySelectorAll("h1, h2, h3, h4, p, li, dl, pre, summary, figcaption, table, svg")) {
      const box = element.getBoundingClientRect();
      if (!box.width || box.right <= width + SLACK || element.closest(".scrolls, .drawing")) continue;
      const section = element.closest("figure[id], section[id]");
      wrong.push((section ? section.id : "page") + ": a " + element.tagName.toLowerCase() + " is wider than a phone");
    }
    for (const box of document.querySelectorAll(".scrolls, .drawing")) {
      const rect = box.getBoundingClientRect();
      if (rect.width && rect.right > width + SLACK) wrong.push("a box is wider than a phone");
    }
    for (const svg of document.querySelectorAll("svg[viewBox]")) {
      const times = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
      const small = [...svg.querySelectorAll("text")].find(text => times * parseFloat(getComputedStyle(text).fontSize) < 8.9);
      if (times && small) wrong.push("letters are too small: " + small.textContent);
    }
    for (const cell of document.querySelectorAll("td")) {
      const rect = cell.getBoundingClientRect();
      if (rect.width && cell.textContent.length > 40 && rect.width < 200) wrong.push("a sliver of a column: " + cell.textContent);
    }
  }

  // What was refused and what was loaded is known when the page is complete.
  window.addEventListener("load", () => {
    for (const entry of performance.getEntriesByType("resource")) wrong.push("asked for " + entry.name);
    const told = document.createElement("pre");
    told.id = "checked";
    told.textContent = ["figures: " + figures.length, ...new Set(wrong), ...new Set(refused)].join("\n");
    document.body.append(told);
  });
})();
