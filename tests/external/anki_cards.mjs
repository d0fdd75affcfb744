// Shows cards the way Anki's clients do, and prints what was seen as JSON: facts only, the test judges them.
//
// node anki_cards.mjs CHROMIUM CARDS.json FLAG...   CARDS: [{entry, ordinal, note_type, front, back, css}]
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import puppeteer from "puppeteer-core";

const [executablePath, source, ...args] = process.argv.slice(2);
const cards = JSON.parse(fs.readFileSync(source, "utf-8"));
const axe = fs.readFileSync(new URL("./node_modules/axe-core/axe.min.js", import.meta.url), "utf-8");
const profile = fs.mkdtempSync(path.join(os.tmpdir(), "quizforge-cards-"));
const browser = await puppeteer.launch({ executablePath, args, userDataDir: profile });
const seen = { errors: [], requests: [] };

const named = (entry) => cards.find((card) => card.entry === entry);

/** A page whose every navigation shows `page.html`; nothing reaches the network. */
async function open({ width = 320, refuseStorage = false, script = true } = {}) {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  await page.setViewport({ width, height: 640, isMobile: width < 500, hasTouch: width < 500 });
  await page.setJavaScriptEnabled(script);
  await page.setRequestInterception(true);
  page.on("request", (request) => {
    if (request.isNavigationRequest()) return request.respond({ contentType: "text/html; charset=utf-8", body: page.html });
    // Pictures of a deck lie beside the card; no collection serves them here.
    if (!request.url().startsWith("http://anki.invalid/")) seen.requests.push(request.url());
    return request.abort();
  });
  page.on("pageerror", (error) => seen.errors.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" && !/ERR_FAILED/.test(message.text())) seen.errors.push(message.text());
  });
  if (refuseStorage) {
    await page.evaluateOnNewDocument(() => {
      Object.defineProperty(window, "sessionStorage", { get() { throw new Error("storage refused"); } });
    });
  }
  return page;
}

const document_of = (card, side, mode = "") =>
  `<!doctype html><html lang="en"><head><title>Anki</title><meta name="viewport" content="width=device-width, initial-scale=1">` +
  `<style>${card.css}</style></head><body class="card card1 ${mode}"><div id="qa">${side ? card[side] : ""}</div></body></html>`;

/** AnkiDroid and AnkiMobile: each side is a page of its own. */
async function load(page, card, side, mode = "") {
  page.html = document_of(card, side, mode);
  await page.goto("http://anki.invalid/");
}

/** Desktop: one document; a new side replaces the HTML of the last, and its scripts run. */
async function swap(page, card, side) {
  await page.evaluate((html) => {
    const place = document.getElementById("qa");
    place.innerHTML = html;
    for (const old of place.querySelectorAll("script")) {
      const script = document.createElement("script");
      script.textContent = old.textContent;
      old.replaceWith(script);
    }
  }, card[side]);
}

const options = (page) => page.evaluate(() => [...document.querySelectorAll(".qf-o > li")].map((li) => ({
  n: li.dataset.n, text: li.firstChild.textContent.trim(), role: li.getAttribute("role"), checked: li.getAttribute("aria-checked"),
  tappable: li.classList.contains("tappable"), picked: li.classList.contains("qf-picked"), ok: "ok" in li.dataset,
  label: getComputedStyle(li, "::after").content, border: getComputedStyle(li).borderTopColor,
  feedback: li.querySelector(".qf-f")?.checkVisibility() ?? null, height: li.getBoundingClientRect().height,
  named: [...li.querySelectorAll(".qf-x")].map((claim) => claim.textContent.trim()),
})));
const order = async (page) => (await options(page)).map((option) => option.n).join(" ");
const click = (page, what) => page.evaluate((what) => {
  [...document.querySelectorAll(".qf-o > li")].find((li) => [li.dataset.n, li.firstChild.textContent.trim()].includes(what)).click();
}, what);
const visible = (page) => page.evaluate(() => document.querySelector("main").innerText);

async function violations(page) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => globalThis.axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
  }));
  return found.violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.html.slice(0, 160)}`));
}

/** Every card, both sides, on the narrowest phone, by day and in both kinds of night. */
async function everyCard() {
  const page = await open();
  const found = [];
  for (const card of cards) {
    for (const [side, mode] of [["front", ""], ["back", "nightMode"], ["front", "night_mode"], ["back", ""]]) {
      await load(page, card, side, mode);
      await page.evaluate(() => document.querySelectorAll("details").forEach((part) => { part.open = true; }));
      const size = await page.evaluate(() => ({
        wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
        targets: [...document.querySelectorAll("summary, .qf-o > li[role], input")].map((part) => part.getBoundingClientRect().height),
        tappable: [...document.querySelectorAll("summary")].every((part) => part.classList.contains("tappable")),
        background: getComputedStyle(document.body).backgroundColor,
      }));
      found.push({ entry: card.entry, ordinal: card.ordinal, side, mode, ...size, text: await visible(page), violations: await violations(page) });
    }
  }
  return found;
}

async function desktop(one, two, refuseStorage) {
  const page = await open({ width: 800, refuseStorage });
  page.html = document_of(one);
  await page.goto("http://anki.invalid/");
  const steps = [];
  for (const [card, side] of [[one, "front"], [one, "back"], [two, "front"], [two, "back"], [one, "front"], [one, "back"]]) {
    await swap(page, card, side);
    if (side === "front") await click(page, "2");
    steps.push({ entry: card.entry, side, options: await options(page) });
  }
  // A key that is pressed on the back belongs to Anki, which grades by it.
  const graded = await page.evaluate(() => document.dispatchEvent(new KeyboardEvent("keydown", { key: "1", cancelable: true, bubbles: true })));
  return { steps, graded, picked: (await options(page)).filter((option) => option.picked).map((option) => option.n) };
}

async function reloading(card, picks, opening) {
  const page = await open(opening);
  await load(page, card, "front");
  const front = await order(page);
  for (const n of picks) await click(page, n);
  const chosen = (await options(page)).filter((option) => option.checked === "true").map((option) => option.text);
  await load(page, card, "back");
  const verdicts = await page.evaluate(() => [...document.querySelectorAll("[data-when]")].filter((part) => part.checkVisibility()).map((part) => part.dataset.when));
  const list = await page.evaluate(() => document.querySelector(".qf-misconceptions")?.checkVisibility() ?? null);
  return { front, chosen, back: await order(page), options: await options(page), verdicts, list };
}

async function orders(card, times) {
  const page = await open();
  const found = [];
  for (let time = 0; time < times; time++) {
    await load(page, card, "front");
    found.push(await order(page));
  }
  return found;
}

async function withoutScript(card) {
  const page = await open({ script: false });
  await load(page, card, "front");
  const front = { options: await options(page), text: await visible(page) };
  await load(page, card, "back");
  return { front, back: { options: await options(page), text: await visible(page) } };
}

async function keyboard(single, many) {
  const page = await open({ width: 800 });
  const checked = async () => (await options(page)).map((option, at) => (option.checked === "true" ? at : -1)).filter((at) => at >= 0);
  const found = {};
  await load(page, single, "front");
  await page.keyboard.press("3");
  found.digit = await checked();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  found.tabSpace = await checked();
  await page.keyboard.press("ArrowUp");
  found.arrow = await checked();
  found.outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
  await load(page, many, "front");
  for (const key of ["1", "2", "1"]) await page.keyboard.press(key);
  found.toggled = await checked();
  for (const key of ["ArrowDown", "ArrowDown", "x", "ArrowUp", "Enter"]) await page.keyboard.press(key);
  found.many = await checked();
  await load(page, single, "front");
  await page.evaluate(() => { window.kept = []; document.addEventListener("keydown", (event) => window.kept.push(event.defaultPrevented)); });
  for (const key of ["Space", "Enter", "9", "e", "0"]) await page.keyboard.press(key);
  await page.keyboard.down("Control");
  await page.keyboard.press("1");
  await page.keyboard.up("Control");
  found.left = { prevented: await page.evaluate(() => window.kept), checked: await checked() };
  return found;
}

async function direction(card) {
  const page = await open();
  await load(page, card, "front");
  return page.evaluate(() => {
    const li = document.querySelector(".qf-o > li"), box = li.getBoundingClientRect();
    const range = document.createRange();
    range.selectNodeContents(li.firstChild);
    const text = range.getBoundingClientRect();
    return { direction: getComputedStyle(li).direction, left: text.left - box.left, right: box.right - text.right, wide: document.documentElement.scrollWidth > innerWidth };
  });
}

try {
  const single = named("single"), many = named("many");
  const report = {
    every: await everyCard(),
    desktop: [await desktop(single, many, false), await desktop(single, many, true)],
    reloading: await reloading(many, ["Two", "Five"], {}),
    wrong: await reloading(single, ["First wrong"], {}),
    refused: await reloading(single, ["The key"], { refuseStorage: true }),
    orders: await orders(single, 12),
    numeric: await orders(named("numeric"), 5),
    withoutScript: await withoutScript(single),
    keyboard: await keyboard(single, many),
    arabic: await direction(named("arabic")),
  };
  console.log(JSON.stringify({ ...report, ...seen }));
} finally {
  await browser.close();
  fs.rmSync(profile, { recursive: true, force: true });
}
