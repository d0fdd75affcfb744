(function () {
  // Desktop Anki keeps one document for all cards, so nothing here may be global but what the next card must find.
  var root = document.getElementById("qf"), list = root && root.querySelector(".qf-o");
  if (window.qfKeys) { document.removeEventListener("keydown", window.qfKeys); window.qfKeys = null; }
  if (!list) return;
  var back = root.classList.contains("qf-back"), many = list.hasAttribute("data-many");
  var key = "qf " + root.getAttribute("data-id"), state = load(), items = [].slice.call(list.children);
  if (!back) { state = { n: (state ? state.n : 0) + 1, p: [] }; save(); }
  state = state || { n: 1, p: [] };
  if (!list.hasAttribute("data-keep")) shuffle();
  if (back) mark(); else enable();

  // AnkiDroid reloads the page between the sides; where storage is refused, the seed alone gives the same order.
  function load() {
    try { return JSON.parse(sessionStorage.getItem(key)); } catch (refused) { return (window.qfState || {})[key]; }
  }
  function save() {
    try { sessionStorage.setItem(key, JSON.stringify(state)); } catch (refused) { (window.qfState = {})[key] = state; }
  }
  function shuffle() {
    var seed = key + new Date().toDateString() + state.n, h = 2166136261, i, j, swap;
    for (i = 0; i < seed.length; i++) h = Math.imul(h ^ seed.charCodeAt(i), 16777619);
    function below(n) {
      h = (h + 0x6d2b79f5) | 0;
      var t = Math.imul(h ^ (h >>> 15), 1 | h);
      t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
      return Math.floor(((t ^ (t >>> 14)) >>> 0) / 4294967296 * n);
    }
    var loose = items.filter(function (li) { return !li.hasAttribute("data-fixed"); });
    for (i = loose.length - 1; i > 0; i--) { j = below(i + 1); swap = loose[i]; loose[i] = loose[j]; loose[j] = swap; }
    items = items.map(function (li) { return li.hasAttribute("data-fixed") ? li : loose.shift(); });
    items.forEach(function (li) { list.appendChild(li); });
  }
  function pick(li) {
    var on = many ? li.getAttribute("aria-checked") !== "true" : true;
    if (!many) items.forEach(function (other) { other.setAttribute("aria-checked", "false"); });
    li.setAttribute("aria-checked", String(on));
    state.p = items.filter(function (one) { return one.getAttribute("aria-checked") === "true"; })
      .map(function (one) { return one.getAttribute("data-n"); });
    save();
  }
  function enable() {
    list.setAttribute("role", many ? "group" : "radiogroup");
    list.setAttribute("aria-labelledby", "qf-stem");
    items.forEach(function (li, at) {
      li.setAttribute("role", many ? "checkbox" : "radio");
      li.setAttribute("aria-checked", "false");
      li.setAttribute("tabindex", "0");
      li.classList.add("tappable");
      li.addEventListener("click", function (event) { if (!event.target.closest("a")) pick(li); });
      li.addEventListener("keydown", function (event) {
        var step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
        if (event.target !== li || event.ctrlKey || event.altKey || event.metaKey) return;
        // Anki takes Space, Enter and digits for itself on the desktop; arrows and x are free everywhere.
        if (event.key === " " || event.key === "Enter" || event.key === "x") pick(li);
        else if (step) {
          var next = items[(at + step + items.length) % items.length];
          next.focus();
          if (!many) pick(next);
        } else return;
        event.preventDefault();
        event.stopPropagation();
      });
    });
    window.qfKeys = function (event) {
      var li = /^[1-9]$/.test(event.key) && list.isConnected && items[event.key - 1];
      if (!li || event.ctrlKey || event.altKey || event.metaKey || /^(INPUT|TEXTAREA)$/.test(event.target.tagName)) return;
      pick(li);
      li.focus();
      event.preventDefault();
      event.stopPropagation();
    };
    document.addEventListener("keydown", window.qfKeys);
  }
  function mark() {
    var right = 0, wrong = 0, missed = 0;
    items.forEach(function (li) {
      var ok = li.hasAttribute("data-ok"), picked = state.p.indexOf(li.getAttribute("data-n")) >= 0;
      if (picked) { li.classList.add("qf-picked"); li.setAttribute("data-you", list.getAttribute("data-you")); }
      if (picked && ok) right++; else if (picked) wrong++; else if (ok) missed++;
      [].forEach.call(root.querySelectorAll('.qf-x[data-n="' + li.getAttribute("data-n") + '"]'), function (named) {
        li.appendChild(named);
      });
    });
    var named = root.querySelector(".qf-misconceptions");
    if (named && !named.querySelector(".qf-x")) named.hidden = true;
    var verdict = !right ? "incorrect" : wrong + missed ? "partial" : "correct";
    if (right + wrong) [].forEach.call(root.querySelectorAll("[data-when]"), function (part) {
      part.hidden = part.getAttribute("data-when") !== verdict;
    });
  }
})();
