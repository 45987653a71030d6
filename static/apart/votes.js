// A ballot says how much is left to tick or to stick.
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
})();
