// Shows QTI 3 items in a player, answers them, and prints what was seen as JSON: facts only, the test judges them.
//
//   node qti_players.mjs CHROMIUM JOBS.json PROFILE FLAG...
//
// A job is {"xml": the item, "files": {path: base64}, "kinds": {response: interaction}, "attempts": [{response: value}]}.
// A value is what the specification says: a text, an identifier, a list of identifiers or of pairs of them.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import puppeteer from "puppeteer-core";

const player = readFileSync(
  createRequire(import.meta.url).resolve("@citolab/qti-components/package.json").replace("package.json", "cdn/index.global.js"),
  "utf8",
);
const HOME = "http://qti.invalid/items/";
const [executablePath, source, profile, ...args] = process.argv.slice(2);
const jobs = JSON.parse(readFileSync(source, "utf8"));
const browser = await puppeteer.launch({ executablePath, args, userDataDir: profile, headless: true });

let visits = 0;

/** A page that is served from memory; nothing reaches the network. */
async function open(seen) {
  const page = await browser.newPage();
  await page.setViewport({ width: 900, height: 1200 });
  await page.setRequestInterception(true);
  page.on("request", (request) => {
    const url = request.url();
    if (request.isNavigationRequest()) {
      return request.respond({ contentType: "text/html", body: "<!doctype html><qti-item><item-container></item-container></qti-item>" });
    }
    if (url.startsWith(`${HOME}item.xml`)) return request.respond({ contentType: "application/xml; charset=utf-8", body: seen.xml });
    if (url.endsWith("/favicon.ico")) return request.respond({ status: 204 });
    const file = seen.files[url.replace(HOME, "")];
    if (file !== undefined) return request.respond({ contentType: "image/png", body: Buffer.from(file, "base64") });
    if (!url.startsWith("data:")) seen.requests.push(url);
    return url.startsWith("data:") ? request.continue() : request.abort();
  });
  page.on("pageerror", (error) => seen.errors.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") seen.errors.push(message.text());
  });
  await page.goto(HOME);
  await page.evaluate(player);
  // The player takes the namespaces away (7.27.4), so that it shows formulas as their letters. The browser itself is
  // asked whether it can lay them out.
  await page.evaluate(() => {
    window.formulas = (xml) => {
      const place = document.body.appendChild(document.createElement("div"));
      const found = new DOMParser().parseFromString(xml, "application/xml").querySelectorAll("math");
      const seen = [...found].map((math) => {
        const shown = place.appendChild(document.importNode(math, true));
        const [above, below] = shown.querySelector("mfrac")?.children ?? [];
        const stacked = above === undefined || above.getBoundingClientRect().bottom <= below.getBoundingClientRect().top;
        return { width: shown.getBoundingClientRect().width, mathml: shown instanceof MathMLElement, stacked };
      });
      place.remove();
      return seen;
    };
  });
  return page;
}

/** Show the item as if it had not been seen before, its options shuffled as it allows. */
const show = (page) =>
  page.evaluate(async (url) => {
    const container = document.querySelector("item-container");
    container.itemDoc = null;
    await container.updateComplete;
    const connected = new Promise((resolve) => document.addEventListener("qti-assessment-item-connected", resolve, { once: true }));
    container.itemURL = url;
    await connected;
    window.item = container.shadowRoot.querySelector("qti-assessment-item");
    const elements = [...window.item.querySelectorAll("*")];
    await Promise.all(elements.map((element) => element.updateComplete));
    await Promise.all(elements.filter((element) => element.localName === "img").map((image) => image.decode().catch(() => {})));
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  }, `${HOME}item.xml?${(visits += 1)}`);

/** A part of an interaction, also inside its shadow. */
const part = (page, response, selector) =>
  page.evaluateHandle(
    (response, selector) => {
      const interaction = window.item.querySelector(`[response-identifier="${response}"]`);
      return interaction.querySelector(selector) ?? interaction.shadowRoot.querySelector(selector);
    },
    response,
    selector,
  );

async function answer(page, kind, response, value) {
  if (kind === "choiceInteraction") {
    for (const identifier of [value].flat()) await (await part(page, response, `qti-simple-choice[identifier="${identifier}"]`)).click();
  } else if (kind === "inlineChoiceInteraction") {
    await (await part(page, response, 'button[part="trigger"]')).click();
    await (await part(page, response, `qti-inline-choice[identifier="${value}"]`)).click();
  } else if (kind === "textEntryInteraction" || kind === "extendedTextInteraction") {
    const box = await part(page, response, "input, textarea");
    await box.type(value);
    await box.evaluate((element) => element.blur());
  } else {
    // Pairs and orders are drawn with the mouse, which is the player's affair; a session that is taken up again is ours.
    await page.evaluate((response, value) => { window.item.variables = [{ identifier: response, value }]; }, response, value);
  }
}

/** What an attempt led to. */
const outcome = (page) =>
  page.evaluate(async () => {
    window.item.processResponse();
    await Promise.all([...window.item.querySelectorAll("qti-modal-feedback")].map((element) => element.updateComplete));
    const variables = Object.fromEntries(window.item.variables.map((variable) => [variable.identifier, variable.value]));
    const shown = [...window.item.querySelectorAll("qti-modal-feedback")].filter((element) => element.showStatus === "on");
    const seen = shown.map((element) => [element.getAttribute("identifier"), element.shadowRoot.querySelector("dialog").open]);
    for (const element of shown) element.closeFeedback();
    return { score: Number(variables.SCORE), variables, feedback: seen };
  });

try {
  const reports = [];
  const seen = { xml: "", files: {}, requests: [], errors: [] };
  const page = await open(seen);
  for (const job of jobs) {
    Object.assign(seen, { xml: job.xml, files: job.files, requests: [], errors: [] });
    await show(page);
    const view = await page.evaluate((source) => ({
      heights: [...window.item.querySelectorAll("[response-identifier]")].map((element) => element.getBoundingClientRect().height),
      text: window.item.querySelector("qti-item-body").innerText,
      formulas: window.formulas(source),
      images: [...window.item.querySelectorAll("img")].map((image) => image.naturalWidth),
    }), job.xml);
    const attempts = [];
    for (const values of job.attempts) {
      await show(page);
      for (const [response, value] of Object.entries(values)) await answer(page, job.kinds[response], response, value);
      attempts.push(await outcome(page));
    }
    reports.push({ ...view, attempts, requests: seen.requests, errors: seen.errors });
  }
  process.stdout.write(JSON.stringify(reports));
} finally {
  await browser.close();
}
