// A ballot says how much is left to tick or to stick, and moves its ranks without a whole new page.
(function () {
  document.querySelectorAll("[data-allow]").forEach(function (group) {
    var note = group.querySelector(".left"), all = Number(group.dataset.allow);
    function show() {
      var used = 0;
      group.querySelectorAll("input:checked, select").forEach(function (box) { used += Number(box.value); });
      var left = all - used, words = left > 0 ? note.dataset.left : left ? note.dataset.over : note.dataset.none;
      note.textContent = words.replace("{n}", Math.abs(left));
      note.classList.toggle("over", left < 0);
      note.hidden = false;
    }
    group.addEventListener("change", show);
    show();
  });
  // The server moves the option, as it does without a script; only the list is replaced.
  document.addEventListener("click", function (event) {
    var button = event.target.closest(".ranking button[name]");
    if (!button || !window.fetch) return;
    event.preventDefault();
    var form = button.form, list = button.closest(".ranking"), body = new FormData(form);
    body.append(button.name, button.value);
    list.setAttribute("aria-busy", "true");
    fetch(form.action, { method: "POST", body: new URLSearchParams(body) }).then(function (answer) {
      if (!answer.ok) throw answer;
      return answer.text();
    }).then(function (text) {
      var fresh = new DOMParser().parseFromString(text, "text/html").querySelector(".ranking");
      list.replaceWith(fresh);
      var same = '.ranking button[value="' + button.value + '"]:not([disabled])';
      var next = document.querySelector(same + '[name="' + button.name + '"]') || document.querySelector(same);
      if (next) next.focus();
    }).catch(function () {
      var kept = document.createElement("input");
      kept.type = "hidden"; kept.name = button.name; kept.value = button.value;
      form.append(kept); form.submit();
    });
  });
})();
