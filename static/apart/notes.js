// What one writes is saved while one writes; when it cannot be, it stays on the device.
(function () {
  var PAUSE = 2000, AGAIN = 10000;
  function memory(act) { try { return act(localStorage); } catch (_refused) { return null; } }
  // As the server keeps it: without the blanks around.
  function plain(text) { return text.replace(/\r\n/g, "\n").trim(); }
  document.querySelectorAll("[data-autosave]").forEach(function (form) {
    var box = form.querySelector("textarea:not([readonly])"), said = form.querySelector("[data-said]");
    var version = form.querySelector("input[type=hidden][name$=version]");
    var address = form.dataset.autosave, key = "notes:" + address, timer, leaving = false, asked = false, stopped = false;
    function say(word) { said.textContent = form.dataset[word] || word; }
    function beside(word, text) {
      var other = document.createElement("textarea");
      other.className = "input";
      other.readOnly = true;
      other.rows = 6;
      other.value = text;
      other.setAttribute("aria-label", form.dataset[word]);
      said.after(other);
      say(word);
    }
    // This part alone, with the token of the whole.
    function typed() {
      var data = new FormData(), all = new FormData(form.closest("form"));
      all.forEach(function (value, name) {
        if (name === "csrf_token" || form.querySelector('[name="' + name + '"]')) data.append(name, value);
      });
      return data;
    }
    function later(pause) { clearTimeout(timer); timer = setTimeout(save, pause); }
    function save() {
      if (stopped) return;
      if (leaving) { asked = true; return; }
      var text = box.value;
      leaving = true;
      say("saving");
      fetch(address, { method: "POST", body: typed(), headers: { "X-Autosave": "1" } })
        .then(function (answer) {
          if (answer.status >= 500) throw new Error("not saved");
          // A page, where saving answers in two words: whoever writes is known no longer.
          if (!/json/.test(answer.headers.get("content-type"))) { stopped = true; say("out"); return; }
          return answer.json().then(function (told) { kept(answer.status, told, text); });
        })
        .catch(function () { say("offline"); later(AGAIN); })
        .finally(function () { leaving = false; if (asked) { asked = false; later(0); } });
    }
    function kept(status, told, text) {
      if (status === 200) {
        version.value = told.version;
        if (box.value === text) { memory(function (m) { m.removeItem(key); }); say("saved"); }
      } else if (status === 409 && told.text !== undefined) {
        // Whoever writes reads both, and decides: nothing more is sent without them.
        stopped = true;
        version.value = told.version;
        beside("other", told.text);
      } else { say(told.message); }
    }
    var found = memory(function (m) { return JSON.parse(m.getItem(key)); });
    if (found && plain(found.text) === plain(box.value)) { memory(function (m) { m.removeItem(key); }); }
    else if (found) {
      if (found.version === version.value) { box.value = found.text; say("found"); later(PAUSE); }
      else { beside("mine", found.text); memory(function (m) { m.removeItem(key); }); }
    }
    form.addEventListener("input", function () {
      var draft = JSON.stringify({ text: box.value, version: version.value });
      memory(function (m) { m.setItem(key, draft); });
      later(PAUSE);
    });
    form.closest("form").addEventListener("submit", function () { clearTimeout(timer); });
    addEventListener("online", function () { if (memory(function (m) { return m.getItem(key); })) later(0); });
  });
})();
