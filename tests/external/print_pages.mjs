// Opens pages in Chromium and reports on each as JSON: what axe-core objects to, what sticks out sideways, what it
// asked the network for, and how small its smallest text is.
//
//   node print_pages.mjs CHROMIUM PROFILE FLAG... < jobs.json
//
// A job is {"file": path, "width": pixels, "media": "screen" or "print", "spaced": whether text is set with wide spacing}.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import puppeteer from "puppeteer-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
// WCAG 2.2, 1.4.12: nothing may be lost with these.
const SPACING =
  "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }" +
  "p { margin-bottom: 2em !important }";

const [executablePath, profile, ...args] = process.argv.slice(2);
const jobs = JSON.parse(readFileSync(0, "utf8"));
const browser = await puppeteer.launch({ executablePath, args, userDataDir: profile, headless: true });
const reports = [];
try {
  for (const job of jobs) {
    const page = await browser.newPage();
    const requests = [];
    page.on("request", (request) => requests.push(request.url()));
    await page.setViewport({ width: job.width, height: 900 });
    await page.emulateMediaType(job.media);
    await page.goto(pathToFileURL(job.file).href, { waitUntil: "load" });
    if (job.spaced) await page.addStyleTag({ content: SPACING });
    await page.evaluate(axe);
    reports.push({
      violations: await page.evaluate(async () => {
        const found = await globalThis.axe.run(document, { resultTypes: ["violations"] });
        const shown = (each) => each.nodes.map((node) => node.html.slice(0, 150)).join(" | ");
        return found.violations.map((each) => `${each.id}: ${shown(each)}`);
      }),
      // Formulas are laid out in two dimensions, so that WCAG 2.2, 1.4.10 excepts them.
      wide: await page.evaluate(() => {
        for (const math of document.querySelectorAll("math")) math.style.display = "none";
        const width = document.documentElement.clientWidth;
        if (document.documentElement.scrollWidth <= width) return [];
        const outside = [...document.querySelectorAll("body *")].filter((node) => {
          const box = node.getBoundingClientRect();
          return box.right > width + 1 || box.left < -1;
        });
        return outside.slice(0, 3).map((node) => node.outerHTML.slice(0, 120));
      }),
      requests: requests.filter((url) => !url.startsWith("data:")).slice(1),
      smallest: await page.evaluate(() => {
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        let smallest = Infinity;
        while (walker.nextNode()) {
          const element = walker.currentNode.parentElement;
          if (!walker.currentNode.data.trim() || element.closest(".vh, math, footer, script, style")) continue;
          smallest = Math.min(smallest, parseFloat(getComputedStyle(element).fontSize));
        }
        return smallest;
      }),
    });
    await page.close();
  }
} finally {
  await browser.close();
}
process.stdout.write(JSON.stringify(reports));
