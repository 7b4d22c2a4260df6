// Shows what lies around the conversation: people, spaces, consents, news from everywhere.

import { badge, element, face, mark } from "./element.js";

const drawnFrom = new Map();

// Replaces the content of a box, unless it would show the same as before.
function fill(id, values, build) {
  const seen = JSON.stringify(values);
  if (drawnFrom.get(id) === seen) return;
  drawnFrom.set(id, seen);
  document.getElementById(id).replaceChildren(...build());
}

export function showPeople(people, current, choose) {
  fill("people", [people, current], () => people.map((person) => {
    const about = person.roles[0] ?? person.email;
    const words = element("span", { className: "name" }, person.displayName, element("small", {}, about));
    const className = person.isActive ? "person" : "person gone";
    const tab = element("button", { type: "button", className, onclick: () => choose(person.email) },
      face(person.displayName, person.kind), words, badge(person.unread));
    return mark(tab, person.email === current);
  }));
}

export function showSpaces(spaces, current, choose) {
  fill("spaces", [spaces, current], () => spaces.map((space) => {
    const last = space.lastMessage;
    const about = last ? `${last.personName}: ${last.text ?? "a card"}` : "Nothing said yet";
    const words = element("span", { className: "words" },
      element("strong", {}, space.title), element("span", { className: "quiet" }, about));
    const kind = space.type === "group" ? "person" : "bot";
    const row = element("button", { type: "button", className: "space", onclick: () => choose(space.key) },
      face(space.title, kind), words, badge(space.unread));
    return mark(row, space.key === current);
  }));
}

export function showGrants(grants, revoke) {
  const nothing = () => [element("p", { className: "quiet" }, "None yet.")];
  fill("grants", grants, () => grants.length === 0 ? nothing() : grants.map((grant) => {
    const until = new Date(grant.refreshExpires).toLocaleDateString();
    const isOver = grant.isRevoked || grant.hasEnded;
    const scopes = grant.scopes.length === 1 ? "1 scope" : `${grant.scopes.length} scopes`;
    const ending = grant.isRevoked ? "taken back" : grant.hasEnded ? `ended on ${until}` : `can be renewed until ${until}`;
    const button = element("button", { type: "button", onclick: () => revoke(grant.clientId) }, "Take back");
    return element("div", { className: isOver ? "grant over" : "grant" },
      element("strong", {}, grant.integration),
      element("span", { className: "quiet" }, `${scopes}, ${ending}`),
      isOver ? null : element("div", {}, button));
  }));
}

export function showLatest(messages, choose) {
  const nothing = () => [element("p", { className: "quiet" }, "Nobody said anything yet.")];
  fill("latest", messages, () => messages.length === 0 ? nothing() : messages.map((message) => {
    const said = element("span", { className: "words" }, message.text ?? "a card");
    const where = element("span", { className: "quiet" }, `${message.personName} ${message.roomType === "direct" ? "to" : "in"} ${message.spaceTitle}`);
    return element("button", { type: "button", className: "news", onclick: () => choose(message.roomId) }, where, said);
  }));
}
