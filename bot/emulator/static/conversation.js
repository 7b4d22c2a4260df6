// Shows what was said in a space; a message that stands already is left alone, typed inputs too.

import { canDraw, draw, outside } from "./cards.js";
import { element, face } from "./element.js";

const shown = new Map();
const box = document.getElementById("messages");

export function clear() {
  shown.clear();
  box.replaceChildren();
}

export function show(messages, press) {
  const wasAtEnd = box.scrollHeight - box.scrollTop - box.clientHeight < 80;
  const isFirst = shown.size === 0;
  let hasChanged = false;
  messages.forEach((message, place) => {
    const key = `${message.updated}${message.isDeleted}${canDraw()}`;
    if (shown.get(message.id)?.key === key) return;
    const drawn = draft(message, messages[place - 1], press);
    const before = shown.get(message.id)?.drawn;
    if (before) before.replaceWith(drawn); else box.append(drawn);
    shown.set(message.id, { key, drawn });
    hasChanged = true;
  });
  box.querySelector(".empty")?.toggleAttribute("hidden", messages.length > 0);
  if (hasChanged && (wasAtEnd || isFirst)) box.scrollTop = box.scrollHeight;
}

export function invite(words) {
  box.replaceChildren(element("p", { className: "empty" }, words));
}

function draft(message, previous, press) {
  const written = new Date(message.created);
  const isNewDay = !previous || new Date(previous.created).toDateString() !== written.toDateString();
  const states = `${message.parentId ? " reply" : ""}${message.isDeleted ? " deleted" : ""}`;
  const time = written.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  const head = element("div", { className: "head" },
    element("strong", {}, message.personName),
    element("span", { className: "quiet" }, message.updated ? `${time} · edited` : time));
  const line = element("article", { className: `message${states}` },
    face(message.personName, message.personKind),
    element("div", {}, head, body(message, press)));
  line.dataset.id = message.id;
  const day = written.toLocaleDateString([], { weekday: "long", day: "numeric", month: "long", year: "numeric" });
  return isNewDay ? element("div", {}, element("div", { className: "day" }, day), line) : line;
}

function body(message, press) {
  if (message.isDeleted) return element("div", { className: "body" }, "This message was deleted.");
  const card = message.attachments?.[0]?.content;
  if (card && canDraw()) return cardBody(message, card, press);
  if (!message.html) return element("div", { className: "body plain" }, message.text ?? "");
  const made = element("div", { className: "body" });
  made.innerHTML = message.html; // the emulator rendered it, with every tag of the author escaped
  made.querySelectorAll("a").forEach(outside);
  return made;
}

function cardBody(message, card, press) {
  const note = element("p", { className: "sent", hidden: true }, "Sent");
  const drawn = draw(card, async (inputs) => {
    note.hidden = !(await press(message.id, inputs));
    setTimeout(() => { note.hidden = true; }, 3000);
  });
  return element("div", { className: "body" }, element("div", { className: "card" }, drawn ?? message.text ?? ""), note);
}
