// Builds page elements from values; text only ever becomes text.

const COLOURS = ["#0d5c63", "#8a4f7d", "#3d5a99", "#a35a1f", "#5b7a2f", "#a23b52", "#52609c"];

export function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children.filter((child) => child !== null));
  return made;
}

export function face(name, kind) {
  const initials = name.split(/\s+/).map((word) => word[0]).slice(0, 2).join("").toUpperCase();
  const made = element("span", { className: `face ${kind}`, ariaHidden: "true" }, initials);
  const sum = [...name].reduce((total, letter) => total + letter.codePointAt(0), 0);
  made.style.background = COLOURS[sum % COLOURS.length];
  return made;
}

export function badge(count) {
  return count ? element("span", { className: "badge", title: `${count} unread` }, String(count)) : null;
}

export function mark(made, isCurrent) {
  made.setAttribute("aria-current", String(isCurrent));
  return made;
}
