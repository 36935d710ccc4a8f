"use strict";
(() => {
  document.documentElement.classList.add("scripted");
  const made = document.getElementById("made");
  const local = new Date(made.dateTime);
  made.title = made.textContent;
  made.textContent = local.toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });

  const table = document.querySelector("table.calls");
  const calls = new Map();
  for (const part of document.querySelectorAll("details.call, .failures > li")) calls.set(part.dataset.n, part);

  // A link to a call or to a turn of it opens the call, also one that the filter hides.
  const reveal = () => {
    let id = location.hash.slice(1);
    try { id = decodeURIComponent(id); } catch { return; }
    const target = id && document.getElementById(id);
    const call = target && target.closest("details.call, .failures > li");
    if (!call) return;
    call.hidden = false;
    if (call.open === false) {
      call.open = true;
      target.scrollIntoView();
    }
  };
  addEventListener("hashchange", reveal);
  if (!table) return;

  const form = document.querySelector("form.filter");
  const rows = [...table.tBodies[0].rows];
  const output = form.querySelector("output");
  const fields = form.elements;
  const list = () => {
    const text = fields.text.value.trim().toLowerCase();
    const state = fields.state.value;
    const agent = fields.agent ? fields.agent.value : "";
    const rule = fields.rule.value;
    let shown = 0;
    for (const row of rows) {
      const { dataset } = row;
      row.hidden = !(
        dataset.text.toLowerCase().includes(text) &&
        (!state || dataset.state.split(" ").includes(state)) &&
        (!agent || dataset.agent === agent) &&
        (!rule || dataset.rules.includes(` ${rule} `))
      );
      calls.get(dataset.n).hidden = row.hidden;
      if (!row.hidden) shown += 1;
    }
    output.textContent = output.dataset.text.replace("{shown}", shown).replace("{all}", rows.length);
    document.querySelector(".nothing").hidden = shown > 0;
  };
  form.addEventListener("input", list);
  form.addEventListener("reset", () => setTimeout(list));
  form.addEventListener("submit", (event) => event.preventDefault());
  for (const button of document.querySelectorAll("button.rule")) {
    button.addEventListener("click", () => {
      form.reset();
      fields.rule.value = button.dataset.rule;
      list();
      document.getElementById("calls").scrollIntoView();
      fields.rule.focus({ preventScroll: true });
    });
  }

  const value = (row, at) => {
    const cell = row.cells[at];
    if (!("v" in cell.dataset)) return cell.textContent;
    return cell.dataset.v === "" ? null : Number(cell.dataset.v);
  };
  const compare = (a, b) => (typeof a === "number" ? a - b : a.localeCompare(b, undefined, { numeric: true }));
  const headings = [...table.tHead.rows[0].cells];
  headings.forEach((heading, at) => {
    heading.querySelector("button").addEventListener("click", () => {
      const turned = heading.getAttribute("aria-sort") === "ascending" ? -1 : 1;
      for (const other of headings) other.removeAttribute("aria-sort");
      heading.setAttribute("aria-sort", turned === 1 ? "ascending" : "descending");
      const keyed = rows.map((row) => [value(row, at), row]);
      keyed.sort(([a], [b]) => (a === null ? (b === null ? 0 : 1) : b === null ? -1 : turned * compare(a, b)));
      table.tBodies[0].append(...keyed.map(([, row]) => row));
    });
  });

  const toggle = (open) => {
    for (const call of calls.values()) if (!call.hidden && call.matches("details")) call.open = open;
  };
  const openAll = document.getElementById("open-all");
  if (openAll) {
    openAll.addEventListener("click", () => toggle(true));
    document.getElementById("close-all").addEventListener("click", () => toggle(false));
  }
  list();
  reveal();
})();
