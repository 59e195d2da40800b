// What pages do beyond being there: everything that they show was written by the server.

const byId = (id) => document.getElementById(id);

/** The server's time goes on from the moment that the page came, whatever this machine's clock says. */
function runClock() {
  const clock = byId("clock");
  if (!clock) return;
  const [navigation] = performance.getEntriesByType("navigation");
  const start = Date.parse(clock.dateTime) - (navigation?.responseStart ?? 0);
  const offset = Number(clock.dataset.offsetSeconds) * 1000;

  const show = () => {
    const now = start + performance.now();
    const utc = new Date(now);
    const local = new Date(now + offset);
    clock.dateTime = utc.toISOString();
    clock.title = `${dayOf(utc)}, ${timeOf(utc)} UTC`;
    byId("clock-day").textContent = dayOf(local);
    byId("clock-time").textContent = timeOf(local);
    setTimeout(show, 1000 - (now % 1000));
  };
  show();
}

const dayOf = (date) => date.toUTCString().slice(0, 16).replace(",", "");
const timeOf = (date) => date.toISOString().slice(11, 19);

/** The theme changes at once; the server remembers it, and writes it into the next page. */
function runThemes() {
  const form = document.querySelector(".theme-form");
  form?.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!button) return;
    event.preventDefault();
    document.documentElement.dataset.theme = button.value;
    for (const each of form.querySelectorAll("button")) each.setAttribute("aria-pressed", String(each === button));
    const body = new URLSearchParams(new FormData(form));
    body.set("theme", button.value);
    fetch(form.action, { method: "POST", body, redirect: "manual" }).catch(() => {});
  });
}

class Refusal extends Error {}

async function ask(path, body) {
  const response = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Requested-With": "fetch" },
    body: JSON.stringify(body),
  });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refusal(answer.detail ?? `The server answered ${response.status}. Try again.`);
  return answer;
}

const toHex = (text) => "0x" + Array.from(new TextEncoder().encode(text), (byte) => byte.toString(16).padStart(2, "0")).join("");

async function signIn(wallet, say) {
  say("Your wallet asks which account to use.");
  const [address] = await wallet.request({ method: "eth_requestAccounts" });
  if (!address) throw new Refusal("The wallet gave no account. Unlock it, choose one, and try again.");
  const { message } = await ask("/api/auth/nonce", { address });
  say("Your wallet shows a message of this site. Sign it to go on.");
  const signature = await wallet.request({ method: "personal_sign", params: [toHex(message), address] });
  say("Signing in …");
  await ask("/api/auth/login", { message, signature });
  location.assign("/");
}

const REJECTED_BY_USER = 4001;
const ALREADY_ASKED = -32002;

function explain(error) {
  if (error instanceof Refusal) return error.message;
  if (error?.code === REJECTED_BY_USER) return "You refused in the wallet, so nothing happened. Try again when you like.";
  if (error?.code === ALREADY_ASKED) return "The wallet has asked already. Open it, answer there, and try again.";
  if (error instanceof TypeError) return "The server cannot be reached. Look at your connection and try again.";
  return `The wallet could not sign: ${error?.message ?? "it does not say why"}.`;
}

function runWallet() {
  const button = byId("wallet");
  const status = byId("wallet-status");
  if (!button || !status) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    if (!window.ethereum?.request) {
      status.className = "bad";
      status.textContent = "There is no wallet in this browser. Install one as an extension, such as Rabby or MetaMask, or open this page in a wallet's own browser.";
      return;
    }
    button.disabled = true;
    status.className = "";
    try {
      await signIn(window.ethereum, (text) => (status.textContent = text));
    } catch (error) {
      status.className = "bad";
      status.textContent = explain(error);
      button.disabled = false;
    }
  });
}

runClock();
runThemes();
runWallet();
