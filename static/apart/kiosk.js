// A shared tablet: closes after someone who has left, and helps fingers type digits.
(function () {
  // A page brought back from the browser's memory belongs to nobody.
  addEventListener("pageshow", function (event) {
    if (event.persisted) { document.documentElement.hidden = true; location.reload(); }
  });

  var box = document.querySelector(".countdown"), leave = document.getElementById("terminer");
  if (box && leave) {
    var idle = box.dataset.idle * 1000, warning = box.dataset.warning * 1000;
    var said = box.querySelector("[data-said]"), left = box.querySelector("[data-left]");
    var seen = Date.now(), told = seen, gone = false, spoken = 0;

    function over() {
      if (gone) return;
      gone = true;
      leave.submit();
    }
    function here(now) {
      seen = Date.now();
      if (!now && seen - told < 10000) return;
      told = seen;
      fetch(box.dataset.stay, { method: "POST", body: new FormData(leave), redirect: "manual" })
        .then(function (answer) { if (answer.status !== 204) over(); }, function () {});
    }
    function tick() {
      var rest = Math.ceil((seen + idle - Date.now()) / 1000), warned = rest * 1000 <= warning;
      if (rest <= 0) { over(); return; }
      box.hidden = !warned;
      left.textContent = rest;
      if (!warned) { spoken = 0; said.textContent = ""; return; }
      var step = rest <= 10 ? 10 : 30;
      if (spoken !== step) { spoken = step; said.textContent = said.dataset.said.replace("{n}", rest); }
    }
    ["pointerdown", "keydown", "wheel", "touchmove"].forEach(function (name) {
      addEventListener(name, function () { here(!box.hidden); tick(); }, { passive: true });
    });
    document.addEventListener("visibilitychange", tick);
    setInterval(tick, 500);
    tick();
  }

  var keypad = document.querySelector(".keypad");
  if (!keypad) return;
  var fields = Array.prototype.slice.call(document.querySelectorAll("[data-digits]"));
  var field = fields.find(function (one) { return !one.value; }) || fields[0];
  keypad.hidden = false;
  fields.forEach(function (one) {
    // Our own digits are larger than those of the system, and leave the page in sight.
    if (matchMedia("(pointer: coarse)").matches) one.inputMode = "none";
    one.addEventListener("focus", function () { field = one; });
  });
  field.focus();
  keypad.addEventListener("click", function (event) {
    var button = event.target.closest("button");
    if (!button) return;
    if ("erase" in button.dataset) field.value = field.value.slice(0, -1);
    else if (field.value.length < +field.dataset.digits) field.value += button.dataset.digit;
    var next = fields[fields.indexOf(field) + 1];
    if (next && field.value.length >= +field.dataset.digits) next.focus(); else field.focus();
  });
})();
