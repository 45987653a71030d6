// Who comes in is noted by a tap, network or not: a queue on the phone, sent as soon as it can be.
(function () {
  var root = document.querySelector("[data-sheet]"), words = root.dataset, path = words.sheet;
  var KEY = "presences:" + path, MOST = 200, AGAIN = 10000, LONGEST = 60000;
  var tapped = 0, finger = { x: 0, y: 0 }, last = finger, busy = false, timer, pause = AGAIN, failed = "";
  function all(query, within) { return Array.prototype.slice.call((within || document).querySelectorAll(query)); }
  function one(query) { return root.querySelector(query); }
  function read() {
    try { return JSON.parse(localStorage.getItem(KEY)) || { taps: [], held: [] }; } catch (_broken) { return { taps: [], held: [] }; }
  }
  function write(queue) {
    if (queue.taps.length || queue.held.length) localStorage.setItem(KEY, JSON.stringify(queue));
    else localStorage.removeItem(KEY);
  }
  // Without a memory, each tap is a plain form, as without this script.
  try { write(read()); localStorage.setItem("presences", "1"); } catch (_refused) { return; }

  function id() {
    if (window.crypto.randomUUID) return crypto.randomUUID();
    var bytes = crypto.getRandomValues(new Uint8Array(16)), text = "";
    bytes.forEach(function (byte) { text += (byte + 256).toString(16).slice(1); });
    return text.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  }
  function say(text) { one("[data-said]").textContent = text; }
  function about(tap) { return tap.card ? "c" + tap.card : "p" + tap.person; }

  function tap(what) {
    var queue = read();
    what.id = id();
    what.at = Date.now();
    queue.taps.push(what);
    write(queue);
    // Whose card it is, the server alone knows.
    say((what.card ? words.cardWaits : what.adds ? words.isThere : words.isOff).replace("{name}", what.name));
    show();
    send();
  }
  function hold(queue, name, why) { queue.held.push({ name: name, why: why }); }

  // The page as the server made it, with what waits on top.
  function show() {
    var queue = read(), last = {}, list = document.querySelector("[data-there]");
    queue.taps.forEach(function (tap) { last[about(tap)] = tap; });
    all(".pending").forEach(function (line) { line.remove(); });
    all("[data-part] li, [data-found] li").forEach(function (line) {
      var box = line.querySelector("[name=resident_id]"), off = line.querySelector("form[action$='/retirer']");
      var number = box ? box.value : off ? off.getAttribute("action").split("/").slice(-2)[0] : "";
      var waits = last["p" + number];
      line.hidden = !!waits && (box ? waits.adds : !waits.adds);
    });
    Object.keys(last).forEach(function (key) {
      var tap = last[key], line = document.createElement("li"), name = document.createElement("span"), button = document.createElement("button");
      var number = tap.person && document.querySelector("[data-there] form[action$='/presences/" + tap.person + "/retirer']");
      if (!list || tap.adds === !!number) return;
      line.className = "row between pending";
      if (tap.adds) line.dataset.adds = "";
      name.innerHTML = "<strong></strong> <small class='soft'></small>";
      name.firstChild.textContent = tap.name;
      name.lastChild.textContent = tap.adds ? words.pending : words.removed;
      button.type = "button";
      button.className = "button soft small";
      button.textContent = words.undo;
      button.setAttribute("aria-label", words.undo + "\u00a0: " + tap.name);
      button.addEventListener("click", function () {
        window.tapAgain({ person: tap.person, card: tap.card, name: tap.name, role: tap.role, adds: !tap.adds });
      });
      line.append(name, button);
      list.prepend(line);
    });
    all("[data-part] .count").forEach(function (count) {
      var part = count.closest("[data-part]");
      count.textContent = all("li", part).filter(function (line) { return !line.hidden && (line.className.indexOf("pending") < 0 || "adds" in line.dataset); }).length;
    });
    var nobody = document.querySelector("[data-nobody]");
    if (nobody) nobody.hidden = queue.taps.length > 0;
    var count = all(".pending").length || Object.keys(last).length;
    one("[data-waiting]").hidden = !queue.taps.length || !failed;
    one("[data-count]").textContent = (count > 1 ? words.many : words.one).replace("{n}", count);
    one("[data-why]").textContent = failed === "out" ? words.out : failed === "leaving" ? words.leaving : words.safe;
    one("[data-enter-link]").hidden = failed !== "out";
    one("[data-held]").hidden = !queue.held.length;
    one("[data-held-list]").replaceChildren.apply(one("[data-held-list]"), queue.held.map(function (held) {
      var line = document.createElement("li"), name = document.createElement("strong");
      name.textContent = held.name;
      line.append(name, "\u00a0: " + held.why);
      return line;
    }));
  }
  window.tapAgain = tap;

  function token() { return (document.querySelector("[name=csrf_token]") || {}).value || ""; }
  function later(wait) { clearTimeout(timer); timer = setTimeout(send, wait); }
  function send(second) {
    var batch = read().taps.slice(0, MOST), now = Date.now();
    if (busy || !batch.length) return;
    busy = true;
    fetch(words.send, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token() },
      body: JSON.stringify({ taps: batch.map(function (tap) {
        var sent = { id: tap.id, ago: Math.max(0, now - tap.at), adds: tap.adds, role: tap.role || "" };
        if (tap.card) sent.card = tap.card; else sent.person = tap.person;
        return sent;
      }) }),
    }).then(function (answer) {
      busy = false;
      if (answer.status >= 500) throw new Error("not taken");
      if (answer.status === 401 || answer.status === 403) { failed = "out"; show(); return; }
      // The page is old, and its key with it: a new one, then once more.
      if (answer.status === 400 && second !== true) return refresh().then(function () { if (failed !== "out") send(true); });
      if (!/json/.test(answer.headers.get("content-type"))) throw new Error("not an answer");
      return answer.json().then(function (told) { taken(batch, told); });
    }).catch(function () {
      busy = false;
      failed = location.hash === "#parti" ? "leaving" : "offline";
      show();
      later(pause);
      pause = Math.min(pause * 2, LONGEST);
    });
  }
  // What the server has is forgotten here; what it refuses keeps its name on the phone.
  function taken(batch, told) {
    var queue = read(), done = told.taken || [], refused = told.refused || {}, names = told.names || {};
    var sent = batch.map(function (tap) { return tap.id; });
    queue.taps = queue.taps.filter(function (tap) {
      if (sent.indexOf(tap.id) < 0) return true;
      if (names[tap.id]) say((tap.adds ? words.isThere : words.isOff).replace("{name}", names[tap.id]));
      if (done.indexOf(tap.id) < 0) hold(queue, tap.name, refused[tap.id] || told.message || words.later);
      return false;
    });
    failed = "";
    pause = AGAIN;
    write(queue);
    if (queue.taps.length) { show(); send(); } else refresh();
  }

  // The lists as everyone made them, a new key for the forms, and the page that the phone keeps.
  function refresh() {
    return fetch(path, { headers: { Accept: "text/html" } }).then(function (answer) {
      if (answer.redirected || !answer.ok) { if (answer.redirected) failed = "out"; show(); return; }
      var copy = answer.clone();
      keep(copy);
      return answer.text().then(function (html) {
        var made = new DOMParser().parseFromString(html, "text/html");
        var key = made.querySelector("[name=csrf_token]"), focused = document.activeElement;
        all("[data-part]").forEach(function (part) {
          var other = made.querySelector('[data-part="' + part.dataset.part + '"]');
          if (other) part.replaceChildren.apply(part, Array.prototype.slice.call(other.childNodes));
        });
        if (key) all("[name=csrf_token]").forEach(function (box) { box.value = key.value; });
        show();
        if (focused && !focused.isConnected) next();
      });
    }).catch(function () { show(); });
  }
  // Whoever uses a keyboard or a screen reader goes on from the next name.
  function next() {
    var line = all("[data-part=awaited] li").filter(function (one) { return !one.hidden; })[0];
    var there = line ? line.querySelector("button") : document.querySelector("[data-part=there] h2");
    there.tabIndex = line ? 0 : -1;
    there.focus({ preventScroll: true });
  }

  function keep(answer) {
    if (!window.caches || !answer.ok || answer.redirected) return;
    var files = all("link[rel=stylesheet], script[src]").map(function (one) { return one.getAttribute("href") || one.getAttribute("src"); });
    caches.open("presences").then(function (cache) {
      cache.put(path, answer);
      return cache.keys().then(function (known) {
        var had = known.map(function (one) { return new URL(one.url).pathname; });
        had.forEach(function (one) { if (one.indexOf("/assets/") === 0 && files.indexOf(one) < 0) cache.delete(one); });
        return cache.addAll(files.filter(function (one) { return had.indexOf(one) < 0; }));
      });
    }).catch(function () {});
  }

  document.addEventListener("pointerdown", function (event) { finger = { x: event.clientX, y: event.clientY }; }, true);
  document.addEventListener("submit", function (event) {
    var form = event.target, action = form.getAttribute("action") || "", found;
    if (form.getAttribute("role") === "search" && form.querySelector("#recherche-personne")) {
      var typed = form.querySelector("input").value.trim(), digits = typed.replace(/\s/g, "");
      if (/^\d{8}$/.test(digits) || (failed === "offline" || !navigator.onLine)) {
        event.preventDefault();
        if (/^\d{8}$/.test(digits)) tap({ card: digits, name: words.card.replace("{n}", digits), adds: true });
        else if (typed) { var queue = read(); hold(queue, typed, words.later); write(queue); show(); }
        form.reset();
      }
      return;
    }
    if (action.indexOf(path + "/") !== 0) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (/\/carte$/.test(action)) {
      var number = /(\d{8})$/.exec(form.elements.number.value.replace(/\s/g, ""));
      if (!number) { say(words.badCard); form.elements.number.setAttribute("aria-invalid", "true"); return; }
      form.elements.number.removeAttribute("aria-invalid");
      form.reset();
      tap({ card: number[1], name: words.card.replace("{n}", number[1]), adds: true });
      return;
    }
    // The row goes with the first of two quick taps, and the next person's comes under the finger.
    var still = Math.abs(finger.x - last.x) + Math.abs(finger.y - last.y) < 20;
    if (still && Date.now() - tapped < 500) return;
    tapped = Date.now();
    last = finger;
    var name = form.querySelector(".sr").textContent.trim();
    if ((found = /\/(\d+)\/retirer$/.exec(action))) tap({ person: +found[1], name: name, adds: false });
    else if (/\/ajouter$/.test(action)) tap({ person: +form.elements.resident_id.value, role: form.elements.role.value, name: name, adds: true });
    next();
  }, true);
  one("[data-forget]").addEventListener("click", function () {
    var queue = read();
    queue.held = [];
    write(queue);
    show();
  });
  addEventListener("online", function () { pause = AGAIN; send(); });
  addEventListener("hashchange", leaving);
  addEventListener("storage", function (event) { if (event.key === KEY) show(); });
  document.addEventListener("visibilitychange", function () { if (!document.hidden) send(); });
  // Brought here by the button to sign out, which would lose what waits.
  function leaving() {
    if (location.hash !== "#parti") return;
    if (read().taps.length) failed = "leaving";
    show();
    send();
  }
  if (!navigator.onLine && read().taps.length) failed = "offline";
  show();
  leaving();
  if (navigator.serviceWorker) navigator.serviceWorker.register(words.worker).catch(function () {});
  if (read().taps.length) send();
  else if (window.caches) fetch(path).then(keep, function () {});
})();
