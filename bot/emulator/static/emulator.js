// Talks to the control API of the emulator that served this page.

async function answered(response) {
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.errors?.[0]?.description ?? answer.message);
  return answer;
}

export async function look(name, query) {
  return answered(await fetch(`/_emulator/${name}?${new URLSearchParams(query)}`));
}

export async function act(name, wish) {
  const headers = { "Content-Type": "application/json" };
  const body = JSON.stringify(wish);
  return answered(await fetch(`/_emulator/${name}`, { method: "POST", headers, body }));
}
