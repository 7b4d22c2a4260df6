// The chat page: one person's view of the emulated Webex, looked at anew every second.

import { clear, invite, show } from "./conversation.js";
import { act, look } from "./emulator.js";
import { showGrants, showLatest, showPeople, showSpaces } from "./surroundings.js";

const POLL_MILLISECONDS = 1000;
const chosen = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
const [composer, text, mention, title, trouble, now] =
  ["composer", "text", "mention", "title", "trouble", "now"].map((id) => document.getElementById(id));
let world = null;
let looking = 0;

async function refresh() {
  const turn = ++looking;
  try {
    const query = chosen.person ? { person: chosen.person } : {};
    if (chosen.space && !chosen.space.includes("@")) query.space = chosen.space;
    const seen = await look("screen", query);
    if (turn !== looking) return;
    world = seen;
    chosen.person ??= seen.person;
    settle();
    paint();
    complain("");
  } catch (error) {
    if (turn === looking) complain(`The emulator does not answer: ${error.message}`);
  }
}

// A 1:1 space with a bot exists only after the first message; until then its address stands for it.
function spaces() {
  const known = world.spaces.map((space) => ({ ...space, key: space.id }));
  const direct = known.filter((space) => space.type === "direct");
  const others = world.people
    .filter((bot) => bot.kind === "bot" && !direct.some((space) => space.members.includes(bot.email)))
    .map((bot) => ({ key: bot.email, title: bot.displayName, type: "direct", members: [bot.email], unread: 0 }));
  return [...others, ...known];
}

function settle() {
  const all = spaces();
  const born = all.find((space) => space.type === "direct" && space.members.includes(chosen.space));
  const fitting = all.find((space) => space.key === chosen.space) ?? born;
  const first = all.find((space) => space.type === "direct") ?? all[0];
  const key = (fitting ?? first)?.key ?? "";
  if (key !== chosen.space) choose({ space: key });
}

function choose(change) {
  Object.assign(chosen, change);
  history.replaceState(null, "", `#${new URLSearchParams(chosen)}`);
  clear();
  complain("");
  refresh();
}

function paint() {
  const people = world.people.filter((person) => person.kind === "person");
  const space = spaces().find((candidate) => candidate.key === chosen.space);
  now.textContent = new Date(world.now).toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
  showPeople(people, chosen.person, (person) => choose({ person, space: "" }));
  showSpaces(spaces(), chosen.space, (key) => choose({ space: key }));
  showGrants(world.grants, (clientId) => wish("revoke", { person: chosen.person, clientId }));
  showLatest(world.latest, jump);
  title.textContent = space?.title ?? "";
  offerMention(space);
  const isReady = world.space === chosen.space;
  if (isReady) show(world.messages, (messageId, inputs) => wish("press", { person: chosen.person, messageId, inputs }));
  if (!isReady || world.messages.length === 0) invite(`Say something to ${space?.title ?? "somebody"}, for example: help`);
}

function offerMention(space) {
  const bot = world.people.find((person) => person.kind === "bot" && space?.members.includes(person.email));
  mention.hidden = !bot || space.type !== "group";
  mention.textContent = bot ? `@${bot.displayName}` : "";
  text.placeholder = mention.hidden ? "Write a message" : "A bot hears only what mentions it";
}

// Goes to a message's space; as somebody who is in it, where the present person is not.
function jump(roomId) {
  if (world.spaces.some((space) => space.id === roomId)) return choose({ space: roomId });
  const message = world.latest.find((candidate) => candidate.roomId === roomId);
  return choose({ person: message.readers[0], space: roomId });
}

async function wish(name, values) {
  try {
    await act(name, values);
    await refresh();
    return true;
  } catch (error) {
    complain(error.message);
    return false;
  }
}

function complain(words) {
  trouble.textContent = words;
  trouble.hidden = !words;
}

composer.addEventListener("submit", async (event) => {
  event.preventDefault();
  const where = chosen.space.includes("@") ? { to: chosen.space } : { space: chosen.space };
  const said = text.value.trim();
  if (said && await wish("speak", { person: chosen.person, text: said, ...where })) text.value = "";
  text.focus();
});
text.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  composer.requestSubmit();
});
mention.addEventListener("click", () => {
  text.value = `${mention.textContent} ${text.value}`;
  text.focus();
});
for (const button of document.querySelectorAll("[data-move]")) {
  button.addEventListener("click", () => wish("clock", { move_seconds: Number(button.dataset.move) }));
}
refresh();
setInterval(refresh, POLL_MILLISECONDS);
