// A form leaves once, and warns before its words are lost.
(function () {
  document.querySelectorAll("form[data-once]").forEach(function (form) {
    var dirty = false;
    form.addEventListener("input", function () { dirty = true; });
    form.addEventListener("submit", function (event) {
      if (form.dataset.sent) { event.preventDefault(); return; }
      form.dataset.sent = "1";
      dirty = false;
      if (event.submitter) event.submitter.setAttribute("aria-busy", "true");
    });
    if ("guard" in form.dataset) addEventListener("beforeunload", function (event) { if (dirty) event.preventDefault(); });
    // Back from the browser's memory: the form may leave again.
    addEventListener("pageshow", function () {
      delete form.dataset.sent;
      form.querySelectorAll("[aria-busy]").forEach(function (b) { b.removeAttribute("aria-busy"); });
    });
  });
  var summary = document.querySelector("[data-focus]");
  if (summary) summary.focus();
})();
