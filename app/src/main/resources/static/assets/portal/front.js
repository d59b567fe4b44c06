"use strict";
// Rows by id: an event carries an order's state, and the newest state replaces the row that stands there.
const body = document.getElementById("orders");
const ROWS_MAX = 15;

function cell(row, text, className) {
  const td = row.insertCell();
  td.textContent = text ?? "";
  if (className) td.className = className;
  return td;
}

function show(order) {
  const known = [...body.rows].find((row) => row.dataset.id === order.id);
  const row = body.insertRow(0);
  row.dataset.id = order.id;
  cell(row, order.at, "text-nowrap");
  cell(row, order.code, "text-nowrap");
  cell(row, order.product);
  cell(row, order.destination);
  cell(row, order.price, "text-end text-nowrap");
  const badge = document.createElement("span");
  badge.className = "badge";
  badge.dataset.status = order.status;
  badge.textContent = order.status;
  cell(row, "").append(badge);
  cell(row, order.proof, "proof");
  known?.remove();
  while (body.rows.length > ROWS_MAX) body.rows[body.rows.length - 1].remove();
  document.getElementById("empty").hidden = true;
}

const stream = new EventSource(body.dataset.stream);
stream.addEventListener("order", (event) => show(JSON.parse(event.data)));
stream.addEventListener("open", () => { document.getElementById("lost").hidden = true; });
stream.addEventListener("error", () => { document.getElementById("lost").hidden = false; });

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
  const label = button.textContent;
  button.textContent = document.getElementById("content").dataset.copied;
  setTimeout(() => { button.textContent = label; }, 1500);
});
