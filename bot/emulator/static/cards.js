// Draws cards with Microsoft's renderer, and tells what was pressed.

const HOST = {
  fontFamily: "inherit",
  spacing: { small: 4, default: 8, medium: 14, large: 20, extraLarge: 28, padding: 12 },
  separator: { lineThickness: 1, lineColor: "#dfe6e8" },
  fontSizes: { small: 13, default: 15, medium: 16, large: 18, extraLarge: 22 },
  fontWeights: { lighter: 300, default: 400, bolder: 650 },
  imageSizes: { small: 40, medium: 80, large: 160 },
  containerStyles: {
    default: { backgroundColor: "#ffffff", foregroundColors: colours("#17252a", "#5c6f75") },
    emphasis: { backgroundColor: "#f3f7f7", foregroundColors: colours("#17252a", "#5c6f75") },
    good: { backgroundColor: "#e8f5ec", foregroundColors: colours("#17252a", "#3f5a48") },
    attention: { backgroundColor: "#fdecea", foregroundColors: colours("#17252a", "#6b3a36") },
    warning: { backgroundColor: "#fff5e0", foregroundColors: colours("#17252a", "#6b5726") },
    accent: { backgroundColor: "#e0f0f0", foregroundColors: colours("#17252a", "#33595d") },
  },
  actions: {
    maxActions: 5, spacing: "default", buttonSpacing: 8, actionsOrientation: "horizontal",
    actionAlignment: "left", showCard: { actionMode: "inline", inlineTopMargin: 12 },
  },
  factSet: { title: { weight: "bolder", wrap: true, maxWidth: 160 }, value: { wrap: true }, spacing: 12 },
};

function colours(plain, subtle) {
  const named = { default: plain, dark: "#17252a", light: "#ffffff", accent: "#0d5c63" };
  const all = { ...named, good: "#1d6f42", warning: "#8a5a00", attention: "#b3261e" };
  return Object.fromEntries(Object.entries(all).map(([name, value]) => [
    name, { default: value, subtle: name === "default" ? subtle : value },
  ]));
}

export function canDraw() {
  return typeof AdaptiveCards !== "undefined";
}

export function draw(content, onSubmit) {
  const card = new AdaptiveCards.AdaptiveCard();
  card.version = AdaptiveCards.Versions.v1_3;
  card.hostConfig = new AdaptiveCards.HostConfig(HOST);
  card.onExecuteAction = (action) => {
    if (action instanceof AdaptiveCards.SubmitAction) onSubmit(action.data ?? {});
    if (action instanceof AdaptiveCards.OpenUrlAction) open(action.url);
  };
  AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
    result.outputHtml = formatted(text);
    result.didProcess = true;
  };
  card.parse(content);
  const drawn = card.render();
  for (const link of drawn?.querySelectorAll("a") ?? []) outside(link);
  return drawn;
}

export function outside(link) {
  link.target = "_blank";
  link.rel = "noopener noreferrer";
}

function open(url) {
  if (/^https?:\/\//i.test(url)) window.open(url, "_blank", "noopener");
}

// The little markdown that cards know; everything is escaped before anything becomes a tag.
function formatted(text) {
  const escaped = text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
  const lines = escaped.split(/\r?\n/).map((line) => line
    .replace(/\[([^\]]+)\]\((https?:\/\/)([^\s)]+)\)/g, '<a href="$2$3">$1</a>')
    .replace(/\*\*(.+?)\*\*/g, "<strong>$1</strong>")
    .replace(/(^|[\s(])[_*]([^_*\s][^_*]*)[_*](?=$|[\s).,;:!?])/g, "$1<em>$2</em>"));
  return list(lines);
}

function list(lines) {
  const parts = lines.map((line) => {
    const item = /^\s*[-*]\s+(.*)$/.exec(line);
    return item ? `<li>${item[1]}</li>` : line;
  });
  return parts.join("<br>")
    .replace(/<\/li><br><li>/g, "</li><li>")
    .replace(/(<li>.*<\/li>)/g, "<ul>$1</ul>")
    .replace(/<br><ul>/g, "<ul>").replace(/<\/ul><br>/g, "</ul>");
}
